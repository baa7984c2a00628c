// A date as the person writes it, and as the draft keeps it. What can't be read stays as typed: Rust then says what
// would be right, and nothing typed is lost.

/** `24.11.2026`, `24/11/2026`, `24 Nov 2026`, `2026-11-24` → `2026-11-24`; anything else unchanged. */
export function dateFromText(text: string, locale: string): string {
  const typed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(typed);
  if (iso) return compose(iso[1], iso[2], iso[3]) ?? typed;
  const numbers = /^(\d{1,2})[./\s-]+(\d{1,2})[./\s-]+(\d{4})$/u.exec(typed);
  if (numbers) return compose(numbers[3], numbers[2], numbers[1]) ?? typed;
  const words = /^(\d{1,2})\.?\s+(\p{L}+)\.?\s+(\d{4})$/u.exec(typed);
  if (words) {
    const month = monthNumber(words[2] ?? "", locale);
    return (month === undefined ? undefined : compose(words[3], String(month), words[1])) ?? typed;
  }
  return typed;
}

/** A calendar day of the picker. */
export function isoOfDay(day: Date): string {
  return compose(String(day.getFullYear()), String(day.getMonth() + 1), String(day.getDate())) ?? "";
}

/** The day of `2026-11-24`; none for text that is no date. */
export function dayOfIso(iso: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(iso);
  return parts ? new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) : null;
}

function compose(year: string | undefined, month: string | undefined, day: string | undefined): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const right = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return right ? date.toISOString().slice(0, 10) : undefined;
}

function monthNumber(word: string, locale: string): number | undefined {
  const typed = word.toLowerCase();
  if (typed.length < 3) return undefined;
  for (const language of [locale, "en-GB", "de-DE"]) {
    const names = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
    for (let month = 0; month < 12; month += 1) {
      if (names.format(new Date(Date.UTC(2026, month, 15))).toLowerCase().startsWith(typed)) return month + 1;
    }
  }
  return undefined;
}
