// The list of the app: dense rows, sort heads, rows that open, and thousands of rows without a pause.
//
// A treegrid: Tab reaches it once, arrows move inside, → and ← open and close a row, Enter opens or acts. Where rows can
// be chosen, Space chooses, Shift with an arrow goes on choosing, Ctrl+A takes all and Escape none.
import { Checkbox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular, CheckboxCheckedFilled, CheckboxUncheckedRegular, ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { nextRow, type ListKey } from "./listKeys";
import { SMALL, own, useWidth } from "./theme";

/** A column; `from` is the width class of the window from which it is shown. */
export interface Column<Row, Sort extends string = string> {
  key: string;
  head: string;
  /** A grid track, for example `minmax(160px, 2fr)`. */
  width: string;
  end?: boolean;
  from?: 960 | 1280 | 1600;
  sort?: Sort;
  render: (row: Row) => ReactNode;
}

/** Rows that are chosen, for something that is done to many at once. */
export interface ListSelection<Row> {
  has: (row: Row) => boolean;
  /** All of the list are chosen, some or none. */
  all: boolean | "mixed";
  onAll: (on: boolean) => void;
  onRow: (row: Row, on: boolean) => void;
  /** From one row to another, by their numbers. */
  onRange: (from: number, to: number) => void;
  /** Says of the box at the head what it does, and of each row's. */
  allLabel: string;
  rowLabel: (row: Row) => string;
}

export interface DataListProps<Row, Sort extends string> {
  label: string;
  /** All rows; a list of any size gives `source` instead. */
  rows?: readonly Row[];
  /** Rows by their number, of which only those that can be seen are held. */
  source?: { count: number; at: (index: number) => Row | undefined; show: (from: number, to: number) => void };
  rowKey: (row: Row) => string;
  columns: readonly Column<Row, Sort>[];
  rowHeight: number;
  /** All rows there are, when more can be fetched. */
  total?: number;
  sort?: { by: Sort; descending: boolean };
  onSort?: (by: Sort) => void;
  /** What an open row shows; without it rows do not open. */
  expanded?: (row: Row) => ReactNode;
  open?: string;
  onOpen?: (key: string | undefined) => void;
  /** The last rows came near. */
  onEnd?: () => void;
  /** Row to show and to hold the focus when the list appears. */
  reveal?: string;
  /** Number of a row to go to; a new object goes there again. */
  goTo?: { row: number };
  /** A letter was typed on a row. */
  onLetter?: (letter: string) => void;
  /** With it, rows can be chosen. */
  selection?: ListSelection<Row>;
}

const useStyles = makeStyles({
  grid: { flex: "1 1 0", minHeight: 0, overflowY: "auto", overflowX: "hidden", margin: "0 -28px", padding: "0 28px 28px", "@media (max-width: 1099px)": { margin: "0 -24px", padding: "0 24px 24px" }, [SMALL]: { margin: "0 -16px", padding: "0 16px 16px" } },
  head: {
    position: "sticky",
    top: 0,
    zIndex: 1,
    display: "grid",
    alignItems: "center",
    columnGap: "12px",
    "@media (min-width: 1560px)": { columnGap: "16px" },
    height: "32px",
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  headCell: { minWidth: 0, whiteSpace: "nowrap" },
  end: { textAlign: "end", justifyContent: "flex-end" },
  sortButton: {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    border: "none",
    padding: "4px 0",
    font: "inherit",
    color: "inherit",
    backgroundColor: "transparent",
    cursor: "pointer",
    borderRadius: tokens.borderRadiusSmall,
    ":hover": { color: tokens.colorNeutralForeground1, textDecorationLine: "underline" },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
  sorted: { color: tokens.colorNeutralForeground1 },
  item: { position: "absolute", top: 0, left: 0, right: 0 },
  row: {
    display: "grid",
    alignItems: "center",
    columnGap: "12px",
    "@media (min-width: 1560px)": { columnGap: "16px" },
    boxSizing: "border-box",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    cursor: "default",
    ":hover": { backgroundColor: own.channelbookRow },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px", borderRadius: tokens.borderRadiusMedium },
  },
  coming: { height: "10px", width: "40%", marginInlineStart: "44px", borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralStencil1 },
  openRow: { backgroundColor: own.channelbookRow },
  cell: { minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  chosenRow: { backgroundColor: tokens.colorSubtleBackgroundSelected },
  box: { display: "inline-flex", justifyContent: "center", alignItems: "center", alignSelf: "stretch", fontSize: "18px", color: tokens.colorNeutralStrokeAccessible, cursor: "pointer" },
  boxOn: { color: tokens.colorCompoundBrandBackground },
  headBox: { marginInlineStart: "-7px" },
  chevron: { display: "inline-flex", justifyContent: "center", fontSize: "16px", color: tokens.colorNeutralForeground2 },
  inside: {
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: "16px 16px 20px 44px",
    [SMALL]: { padding: "12px 8px 16px" },
  },
});

const NONE: readonly never[] = [];
const byNumber = (index: number) => index;

const ACTS = "[data-box], a, button, input, select, textarea, [role='button'], [role='combobox'], [role='menuitem']";

function focusables(inside: HTMLElement): HTMLElement[] {
  return [...inside.querySelectorAll<HTMLElement>("a[href], button:not([disabled]), input, [tabindex]:not([tabindex='-1'])")];
}

/** See the head of this file. */
export function DataList<Row, Sort extends string = string>(props: DataListProps<Row, Sort>) {
  const { label, rowKey, columns, rowHeight, total, sort, onSort, expanded, open, onOpen, onEnd, reveal, goTo, onLetter, source, selection } = props;
  const rows = props.rows ?? NONE;
  const count = source?.count ?? rows.length;
  const at = source?.at ?? ((index: number) => rows[index]);
  const styles = useStyles();
  const width = useWidth();
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => columns.filter((column) => column.from === undefined || column.from <= width), [columns, width]);
  const [active, setActive] = useState(0);
  /** The row of `active` shall have the focus as soon as it is there. */
  const wanted = useRef(false);
  /** A letter was typed: the row that it leads to shall have the focus. */
  const lettered = useRef(false);
  /** Where choosing from one row to another begins. */
  const anchor = useRef(0);
  const current = Math.min(active, Math.max(0, count - 1));

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // Of a list of any size all places would be reckoned anew whenever a page comes: there the number is the key.
    getItemKey: source === undefined ? (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    } : byNumber,
    scrollPaddingStart: 33,
    // A fling through a list of any size draws each row anew: few beside those that are seen.
    overscan: source === undefined ? 12 : 6,
    initialRect: { width: 1000, height: 720 },
    scrollMargin: 33,
    // The row that holds the focus stays in the page, or the focus would fall out of the list.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current])].filter((index) => index < count).sort((a, b) => a - b),
  });
  const items = virtual.getVirtualItems();
  // All rows are equally high but those that opened: only these are measured, since asking for a height makes the engine
  // lay out the page anew for each row that comes.
  const [measured, setMeasured] = useState<ReadonlySet<string>>(new Set());
  if (open !== undefined && !measured.has(open)) setMeasured(new Set([...measured, open]));

  const lastShown = items.at(-1)?.index ?? 0;
  const range = virtual.range;
  const { startIndex, endIndex } = range ?? { startIndex: 0, endIndex: 0 };
  const show = source?.show;
  useEffect(() => {
    show?.(startIndex, endIndex);
  }, [show, startIndex, endIndex]);
  useEffect(() => {
    if (onEnd && rows.length > 0 && lastShown >= rows.length - 30) onEnd();
  }, [lastShown, rows.length, onEnd]);

  const scrollTo = virtual.scrollToIndex;
  const revealAt = reveal === undefined ? -1 : rows.findIndex((row) => rowKey(row) === reveal);
  useEffect(() => {
    if (goTo === undefined) return;
    wanted.current ||= lettered.current;
    lettered.current = false;
    setActive(goTo.row);
    scrollTo(goTo.row, { align: "start" });
  }, [goTo, scrollTo]);
  useEffect(() => {
    if (revealAt < 0) return;
    setActive(revealAt);
    scrollTo(revealAt, { align: "center" });
  }, [revealAt, scrollTo]);

  // Before the browser hears the next key: a place whose row is still read takes the focus for it, and hands it on when
  // the row is there. Otherwise a key pressed meanwhile would be heard by nobody, or be reckoned from the row before.
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const holder = document.activeElement;
    // Whoever went on to another part of the page stays there.
    if (holder !== null && holder !== document.body && scroller.current?.contains(holder) !== true) {
      wanted.current = false;
      return;
    }
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${String(current)}"] > [role="row"][tabindex]`);
    if (row === null || row === undefined) return;
    wanted.current = row.getAttribute("aria-busy") === "true";
    if (holder !== row) row.focus({ preventScroll: true });
  });

  // What opens is brought into view whole, or as far as it fits, when it has been measured.
  useEffect(() => {
    if (open === undefined) return undefined;
    const frame = requestAnimationFrame(() => {
      scroller.current?.querySelector("[data-inside]")?.scrollIntoView({ block: "nearest" });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [open]);

  const go = (to: number) => {
    wanted.current = true;
    setActive(to);
    scrollTo(to);
  };

  const toggle = (key: string) => onOpen?.(open === key ? undefined : key);

  /** A key on a row; without `key` its row is still read, and a key can only lead on from it. */
  const onRowKey = (event: KeyboardEvent<HTMLElement>, index: number, key: string | undefined) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    if (selection && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
      event.preventDefault();
      selection.onAll(true);
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const row = at(index);
    if (selection && row !== undefined && event.key === " ") {
      event.preventDefault();
      anchor.current = index;
      selection.onRow(row, !selection.has(row));
      return;
    }
    if (selection && event.key === "Escape" && selection.all !== false) {
      event.preventDefault();
      selection.onAll(false);
      return;
    }
    const move = nextRow(event.key as ListKey, index, count);
    if (move !== undefined) {
      event.preventDefault();
      if (selection && event.shiftKey) selection.onRange(Math.min(index, move), Math.max(index, move));
      go(move);
      return;
    }
    if (onLetter && /^\p{L}$/u.test(event.key)) {
      event.preventDefault();
      lettered.current = true;
      onLetter(event.key);
      return;
    }
    if (!expanded || key === undefined) return;
    if (event.key === "ArrowRight") {
      event.preventDefault();
      if (open !== key) onOpen?.(key);
      else {
        const inside = event.currentTarget.parentElement?.querySelector<HTMLElement>("[data-inside]");
        if (inside) focusables(inside)[0]?.focus();
      }
    } else if (event.key === "ArrowLeft" && open === key) {
      event.preventDefault();
      onOpen?.(undefined);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      toggle(key);
    }
  };

  const onInsideKey = (event: KeyboardEvent<HTMLElement>, index: number) => {
    if (event.key !== "ArrowLeft" && event.key !== "Escape") return;
    if ((event.target as HTMLElement).matches("input, textarea, [role='combobox']")) return;
    event.preventDefault();
    go(index);
  };

  const onRowClick = (event: MouseEvent<HTMLElement>, index: number, key: string) => {
    if ((event.target as HTMLElement).closest(ACTS) !== null) return;
    setActive(index);
    // A selection of text is no click.
    if (expanded && (window.getSelection()?.toString() ?? "") === "") toggle(key);
  };

  const onBoxClick = (event: MouseEvent<HTMLElement>, index: number, row: Row) => {
    event.stopPropagation();
    setActive(index);
    if (event.shiftKey) selection?.onRange(Math.min(anchor.current, index), Math.max(anchor.current, index));
    else selection?.onRow(row, !selection.has(row));
    anchor.current = index;
  };

  const tracks = `${selection ? "24px " : ""}${expanded ? "20px " : ""}${shown.map((column) => column.width).join(" ")}`;
  const grid = { gridTemplateColumns: tracks };

  return (
    <div ref={scroller} className={styles.grid} role="treegrid" aria-label={label} aria-rowcount={(total ?? count) + 1} aria-multiselectable={selection ? true : undefined} data-scroll>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={styles.head} style={grid}>
          {selection && (
            <span role="columnheader" className={styles.headBox}>
              <Checkbox checked={selection.all} aria-label={selection.allLabel} onChange={(_event, data) => { selection.onAll(data.checked !== false && selection.all !== true); }} />
            </span>
          )}
          {expanded && <span role="presentation" />}
          {shown.map((column) => {
            const sorted = column.sort !== undefined && sort?.by === column.sort;
            return (
              <span
                key={column.key}
                role="columnheader"
                aria-sort={column.sort === undefined ? undefined : sorted ? (sort.descending ? "descending" : "ascending") : "none"}
                className={mergeClasses(styles.headCell, column.end && styles.end, sorted && styles.sorted)}
              >
                {column.sort === undefined ? (
                  column.head
                ) : (
                  <button type="button" className={styles.sortButton} onClick={() => column.sort !== undefined && onSort?.(column.sort)}>
                    {column.head}
                    {sorted && (sort.descending ? <ArrowDownRegular aria-hidden /> : <ArrowUpRegular aria-hidden />)}
                  </button>
                )}
              </span>
            );
          })}
        </div>
      </div>
      <div role="rowgroup" style={{ position: "relative", height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = at(item.index);
          if (row === undefined) {
            // Its page comes within a blink; the place is kept meanwhile.
            return (
              <div key={item.key} role="presentation" data-index={item.index} className={styles.item} style={{ transform: `translateY(${String(item.start - 33)}px)` }}>
                <div
                  role="row"
                  aria-level={1}
                  aria-rowindex={item.index + 2}
                  aria-busy
                  tabIndex={item.index === current ? 0 : -1}
                  className={styles.row}
                  style={{ height: rowHeight }}
                  onKeyDown={(event) => {
                    onRowKey(event, item.index, undefined);
                  }}
                  onFocus={() => {
                    wanted.current = true;
                    setActive(item.index);
                  }}
                >
                  <span role="gridcell" aria-colspan={shown.length + (selection ? 1 : 0)} className={styles.coming} />
                </div>
              </div>
            );
          }
          const key = rowKey(row);
          const chosen = selection?.has(row) ?? false;
          const isOpen = expanded !== undefined && open === key;
          return (
            <div
              key={key}
              role="presentation"
              ref={measured.has(key) ? virtual.measureElement : undefined}
              data-index={item.index}
              className={styles.item}
              style={{ transform: `translateY(${String(item.start - 33)}px)` }}
            >
              <div
                role="row"
                aria-level={1}
                aria-rowindex={item.index + 2}
                aria-expanded={expanded ? isOpen : undefined}
                aria-selected={selection ? chosen : undefined}
                tabIndex={item.index === current ? 0 : -1}
                className={mergeClasses(styles.row, isOpen && styles.openRow, chosen && styles.chosenRow)}
                style={{ ...grid, height: rowHeight }}
                onKeyDown={(event) => {
                  onRowKey(event, item.index, key);
                }}
                onClick={(event) => {
                  onRowClick(event, item.index, key);
                }}
                onFocus={() => {
                  setActive(item.index);
                }}
              >
                {selection && (
                  <span role="gridcell" className={styles.box} data-box onClick={(event) => { onBoxClick(event, item.index, row); }}>
                    <span role="checkbox" aria-checked={chosen} aria-label={selection.rowLabel(row)} tabIndex={-1} className={mergeClasses(styles.chevron, chosen && styles.boxOn)}>
                      {chosen ? <CheckboxCheckedFilled aria-hidden /> : <CheckboxUncheckedRegular aria-hidden />}
                    </span>
                  </span>
                )}
                {expanded && (
                  <span role="presentation" className={styles.chevron}>
                    {isOpen ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
                  </span>
                )}
                {shown.map((column) => {
                  const content = column.render(row);
                  return (
                    <span key={column.key} role="gridcell" className={mergeClasses(styles.cell, column.end && styles.end)}>
                      {content}
                    </span>
                  );
                })}
              </div>
              {isOpen && (
                <div role="row" aria-level={2} tabIndex={-1}>
                  <div
                    role="gridcell"
                    aria-colspan={shown.length + (selection ? 1 : 0)}
                    data-inside
                    className={styles.inside}
                    onKeyDown={(event) => {
                      onInsideKey(event, item.index);
                    }}
                  >
                    {expanded(row)}
                  </div>
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
