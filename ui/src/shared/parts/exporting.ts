// What every file that is written out of the book needs: the words of the language on screen, and the day in its name.
import type { ExportWord } from "@/shared/ipc";

/** Texts as they stand in a language's file. */
export type Texts = string | { [key: string]: Texts };

/** All texts below a key, each with its whole key, as Rust looks them up. */
export function flat(texts: Texts | undefined, key: string): ExportWord[] {
  if (texts === undefined) return [];
  if (typeof texts === "string") return [{ key, text: texts }];
  return Object.entries(texts).flatMap(([name, inner]) => flat(inner, `${key}.${name}`));
}

/** Today by the person's own calendar, `YYYY-MM-DD`. */
export function fileDay(now = new Date()): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
