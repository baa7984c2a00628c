// The sizes that everything on screen can take, in percent, and which key asks for which.
const SIZES: readonly number[] = [80, 90, 100, 110, 125, 150, 175, 200];

/** The size as designed. */
export const AS_DESIGNED = 100;

/** The next larger size; the same where there is none. */
export function larger(zoom: number): number {
  return SIZES.find((size) => size > zoom) ?? zoom;
}

/** The next smaller size; the same where there is none. */
export function smaller(zoom: number): number {
  return SIZES.findLast((size) => size < zoom) ?? zoom;
}

/** What a key asks for: with Ctrl or Cmd, plus makes larger, minus smaller, 0 as designed. Nothing for any other key. */
export function zoomOfKey(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">, zoom: number): number | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  // Without Shift, the key of the plus says "=" on many keyboards.
  if (event.key === "+" || event.key === "=") return larger(zoom);
  if (event.key === "-" || event.key === "_") return smaller(zoom);
  return event.key === "0" ? AS_DESIGNED : undefined;
}
