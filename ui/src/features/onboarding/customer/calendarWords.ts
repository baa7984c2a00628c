// Names of months and days for Fluent's calendar, by Intl: the calendar itself knows English only.
import type { DatePickerProps } from "@fluentui/react-datepicker-compat";
import type { Format } from "@/shared/i18n";
import { isoOfDay } from "./dateText";

type Formatter = NonNullable<DatePickerProps["dateTimeFormatter"]>;

/** Both languages begin the week on Monday (English dates are British). */
export const MONDAY = 1;

/** A Sunday, with which the calendar's list of days begins. */
const SUNDAY = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;

export interface CalendarWords {
  strings: { months: string[]; shortMonths: string[]; days: string[]; shortDays: string[] };
  formatter: Formatter;
}

/** Words of the language that the format writes. */
export function calendarWords(format: Format): CalendarWords {
  const named = (options: Intl.DateTimeFormatOptions, times: number[]) => {
    const names = new Intl.DateTimeFormat(format.locale, { ...options, timeZone: "UTC" });
    return times.map((time) => names.format(new Date(time)));
  };
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 15));
  const days = Array.from({ length: 7 }, (_, day) => SUNDAY + day * DAY);
  const strings = {
    months: named({ month: "long" }, months),
    shortMonths: named({ month: "short" }, months),
    days: named({ weekday: "long" }, days),
    shortDays: named({ weekday: "short" }, days).map((name) => name.slice(0, 2)),
  };
  return {
    strings,
    formatter: {
      formatDay: (day) => String(day.getDate()),
      formatMonth: (day) => strings.months[day.getMonth()] ?? "",
      formatYear: (day) => String(day.getFullYear()),
      formatMonthDayYear: (day) => format.longDate(isoOfDay(day)),
      formatMonthYear: (day) => `${strings.months[day.getMonth()] ?? ""} ${String(day.getFullYear())}`,
    },
  };
}
