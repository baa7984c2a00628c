// What does not fit and ends in an ellipsis is told whole: under the pointer, and for what the keyboard has led to. One
// tip for the whole window, which looks whether a text is cut at all; screen readers have the whole text anyway. Fluent's
// Tooltip would be one for each cell of a list, and takes the Escape that is meant for the panel around it.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useLayoutEffect, useRef, useState } from "react";

/** Milliseconds: the pointer rests sooner than a focus that moves on. */
const POINTER_RESTS = 300;
const FOCUS_RESTS = 900;
/** As far up as a text that is cut can hold what the pointer is on. */
const LEVELS = 4;
/** Pixels between a text and its tip, and between a tip and the edge of the window. */
const GAP = 6;

const useStyles = makeStyles({
  tip: {
    position: "fixed",
    zIndex: 1000,
    boxSizing: "border-box",
    maxWidth: "min(360px, calc(100vw - 12px))",
    padding: "4px 11px 6px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    boxShadow: tokens.shadow16,
    overflowWrap: "anywhere",
    whiteSpace: "pre-line",
    pointerEvents: "none",
  },
});

/** Whether a text ends in an ellipsis here. */
function isCut(element: Element): boolean {
  return element.scrollWidth > element.clientWidth && getComputedStyle(element).textOverflow === "ellipsis";
}

function cutAround(element: Element): Element | undefined {
  let one: Element | null = element;
  for (let level = 0; one !== null && level < LEVELS; level += 1, one = one.parentElement) {
    if (isCut(one)) return one;
  }
  return undefined;
}

/** The texts that are cut within, each once, in their order. */
function cutInside(element: Element): string[] {
  const cut = [element, ...element.querySelectorAll("*")].filter(isCut).map((one) => one.textContent.trim());
  return [...new Set(cut)].filter((text) => text !== "");
}

interface Tip {
  place: DOMRect;
  text: string;
}

/** Stands once in the window. */
export function CutTip() {
  const styles = useStyles();
  const [tip, setTip] = useState<Tip>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let on: Element | undefined;
    const hide = () => {
      clearTimeout(timer);
      on = undefined;
      setTip(undefined);
    };
    const show = (element: Element, text: () => string, after: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const said = element.isConnected ? text() : "";
        if (said !== "") setTip({ place: element.getBoundingClientRect(), text: said });
      }, after);
    };
    const onPointer = (event: PointerEvent) => {
      const cut = event.target instanceof Element ? cutAround(event.target) : undefined;
      if (cut === on) return;
      hide();
      on = cut;
      if (cut) show(cut, () => (isCut(cut) ? cut.textContent.trim() : ""), POINTER_RESTS);
    };
    const onFocus = (event: FocusEvent) => {
      hide();
      const held = event.target;
      if (held instanceof Element && held.matches("a, button, [role='row'], [role='option']") && held.matches(":focus-visible")) show(held, () => cutInside(held).join("\n"), FOCUS_RESTS);
    };
    const starts = ["keydown", "pointerdown", "wheel", "scroll"] as const;
    for (const name of starts) window.addEventListener(name, hide, { capture: true, passive: true });
    window.addEventListener("blur", hide);
    document.addEventListener("pointerover", onPointer);
    document.addEventListener("focusin", onFocus);
    return () => {
      clearTimeout(timer);
      for (const name of starts) window.removeEventListener(name, hide, { capture: true });
      window.removeEventListener("blur", hide);
      document.removeEventListener("pointerover", onPointer);
      document.removeEventListener("focusin", onFocus);
    };
  }, []);
  // Below its text, or above where there is no room; never beside the window.
  useLayoutEffect(() => {
    const shown = box.current;
    if (shown === null || tip === undefined) return;
    const { width, height } = shown.getBoundingClientRect();
    const below = tip.place.bottom + GAP;
    shown.style.top = `${String(below + height > window.innerHeight - GAP ? Math.max(GAP, tip.place.top - GAP - height) : below)}px`;
    shown.style.left = `${String(Math.max(GAP, Math.min(tip.place.left, window.innerWidth - GAP - width)))}px`;
  }, [tip]);
  if (tip === undefined) return null;
  return (
    <div ref={box} className={styles.tip} aria-hidden data-cut-tip>
      {tip.text}
    </div>
  );
}
