// Dates, numbers, money and names of countries in the person's language, all by Intl.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

const LOCALES: Record<string, string> = { en: "en-GB", de: "de-DE" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Formats of one language. All take what Rust sends: RFC 3339 in UTC, `YYYY-MM-DD`, `YYYY-MM`. */
export interface Format {
  locale: string;
  number: (value: number) => string;
  /** `125%` of 1.25. */
  percent: (value: number) => string;
  /** Two decimals, no currency. */
  amount: (value: number) => string;
  money: (value: number, currency: string) => string;
  /** `24 Nov 2026`. */
  date: (iso: string) => string;
  /** `24 Nov` in this year, with the year in another. */
  shortDate: (iso: string) => string;
  /** `Tuesday, 24 November 2026`. */
  longDate: (iso: string) => string;
  /** `10:32`. */
  time: (iso: string) => string;
  dateTime: (iso: string) => string;
  /** A moment in the past, as short as it stays clear: `10:32`, `yesterday 18:04`, `Mon 16:40`, `9 Nov`. */
  moment: (iso: string) => string;
  /** Like `moment`, with *today* said. */
  day: (iso: string) => string;
  /** `in 9 hours`, `15 days ago`. */
  relative: (iso: string) => string;
  /** Whole days between then and now, never below 0. */
  daysSince: (iso: string) => number;
  /** `Nov` of `2026-11`. */
  month: (yearMonth: string) => string;
  /** `November 2026` of `2026-11`. */
  fullMonth: (yearMonth: string) => string;
  /** `Nov 2026` of a moment. */
  monthOf: (iso: string) => string;
  /** `day` as it stands alone: *Today*. */
  dayAlone: (iso: string) => string;
  country: (code: string) => string;
  language: (code: string) => string;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Days from one calendar day to another; by noon, so that summer time does not count. */
function calendarDays(from: Date, to: Date): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY);
}

/** A date without a time belongs to the person's own day, not to UTC's. */
function read(iso: string): Date {
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T12:00:00`) : new Date(iso);
}

function safely(format: Intl.DisplayNames, code: string): string {
  try {
    return format.of(code) ?? code;
  } catch {
    return code;
  }
}

function onceAsked<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** The formats of a language. `now` is read at each call, so that a long-open page does not lie. */
export function createFormat(language: string, now: () => Date = () => new Date()): Format {
  const locale = LOCALES[language] ?? "en-GB";
  const german = locale === "de-DE";
  // Each is made when it is first asked for: to make them all costs more than the page that is opened with.
  const percent = onceAsked(() => new Intl.NumberFormat(locale, { style: "percent" }));
  const number = onceAsked(() => new Intl.NumberFormat(locale));
  const amount = onceAsked(() => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
  const dates = (options: Intl.DateTimeFormatOptions) => onceAsked(() => new Intl.DateTimeFormat(locale, options));
  const date = dates(german ? { day: "2-digit", month: "2-digit", year: "numeric" } : { day: "numeric", month: "short", year: "numeric" });
  const short = dates(german ? { day: "2-digit", month: "2-digit" } : { day: "numeric", month: "short" });
  const long = dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const time = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const weekday = dates({ weekday: "short" });
  const monthShort = dates({ month: "short" });
  const monthLong = dates({ month: "long", year: "numeric" });
  const monthYear = dates({ month: "short", year: "numeric" });
  const relative = onceAsked(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  const always = onceAsked(() => new Intl.RelativeTimeFormat(locale, { numeric: "always" }));
  const countries = onceAsked(() => new Intl.DisplayNames(locale, { type: "region" }));
  const languages = onceAsked(() => new Intl.DisplayNames(locale, { type: "language" }));
  const monies = new Map<string, Intl.NumberFormat>();
  const moneyOf = (currency: string) => {
    const known = monies.get(currency) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
    monies.set(currency, known);
    return known;
  };

  const shortDate = (iso: string) => {
    const then = read(iso);
    return then.getFullYear() === now().getFullYear() ? short().format(then) : date().format(then);
  };
  const day = (iso: string) => {
    const days = calendarDays(now(), read(iso));
    return days === 0 || days === -1 || days === 1 ? relative().format(days, "day") : shortDate(iso);
  };
  const moment = (iso: string) => {
    const then = read(iso);
    const days = calendarDays(now(), then);
    const clock = time().format(then);
    if (days === 0) return clock;
    if (days === -1) return `${relative().format(-1, "day")} ${clock}`;
    if (days < 0 && days > -7) return `${weekday().format(then)} ${clock}`;
    return shortDate(iso);
  };
  const relativeTo = (iso: string) => {
    const difference = read(iso).getTime() - now().getTime();
    const size = Math.abs(difference);
    if (size < HOUR) return always().format(Math.trunc(difference / MINUTE) || Math.sign(difference), "minute");
    if (size < 36 * HOUR) return always().format(Math.trunc(difference / HOUR), "hour");
    return relative().format(calendarDays(now(), read(iso)), "day");
  };

  return {
    locale,
    number: (value) => number().format(value),
    percent: (value) => percent().format(value),
    amount: (value) => amount().format(value),
    money: (value, currency) => (currency === "" ? amount().format(value) : moneyOf(currency).format(value)),
    date: (iso) => date().format(read(iso)),
    shortDate,
    longDate: (iso) => long().format(read(iso)),
    time: (iso) => time().format(read(iso)),
    dateTime: (iso) => `${date().format(read(iso))}, ${time().format(read(iso))}`,
    moment,
    day,
    relative: relativeTo,
    daysSince: (iso) => Math.max(0, -calendarDays(now(), read(iso))),
    month: (yearMonth) => monthShort().format(read(`${yearMonth}-15`)),
    fullMonth: (yearMonth) => monthLong().format(read(`${yearMonth}-15`)),
    monthOf: (iso) => monthYear().format(read(iso)),
    dayAlone: (iso) => day(iso).replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(locale)),
    country: (code) => (code === "" ? "" : safely(countries(), code)),
    language: (code) => (code === "" ? "" : safely(languages(), code)),
  };
}

const formats = new Map<string, Format>();

/** The formats of the language on screen. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const known = formats.get(language) ?? createFormat(language);
    formats.set(language, known);
    return known;
  }, [language]);
}
