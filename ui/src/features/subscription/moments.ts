// Moments as the trade counts them: in the person's zone and in UTC, and how far off by the trade's clock.
import { useMemo } from "react";
import { useFormat, useTranslation, type Format } from "@/shared/i18n";
import { useTrade } from "@/shared/parts/clock";

export interface Moments {
  /** `12 Mar 2027, 00:00`. */
  local: (iso: string) => string;
  /** `12 Mar 2027`. */
  date: (iso: string) => string;
  /** `11 Mar 2027, 23:00 UTC`. */
  utc: (iso: string) => string;
  /** `in 9 hours`. */
  relative: (iso: string) => string;
}

export function useMoments(): Moments {
  const format: Format = useFormat();
  const trade = useTrade().format;
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const day = language === "de" ? ({ day: "2-digit", month: "2-digit", year: "numeric" } as const) : ({ day: "numeric", month: "short", year: "numeric" } as const);
    const date = new Intl.DateTimeFormat(format.locale, { ...day, timeZone: "UTC" });
    const time = new Intl.DateTimeFormat(format.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
    return {
      local: format.dateTime,
      date: format.date,
      utc: (iso) => `${date.format(new Date(iso))}, ${time.format(new Date(iso))} UTC`,
      relative: trade.relative,
    };
  }, [format, language, trade]);
}
