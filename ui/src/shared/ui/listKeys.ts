// Which row a key leads to, as a plain function.

export type ListKey = "ArrowDown" | "ArrowUp" | "Home" | "End" | "PageDown" | "PageUp";

const PAGE = 12;

/** Index of the row that `key` leads to from `index`; undefined when the key does not move. */
export function nextRow(key: ListKey, index: number, count: number): number | undefined {
  const last = count - 1;
  const moves: Record<ListKey, number> = {
    ArrowDown: Math.min(last, index + 1),
    ArrowUp: Math.max(0, index - 1),
    Home: 0,
    End: last,
    PageDown: Math.min(last, index + PAGE),
    PageUp: Math.max(0, index - PAGE),
  };
  return Object.hasOwn(moves, key) ? moves[key] : undefined;
}
