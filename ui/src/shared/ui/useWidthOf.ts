// How wide an element is laid out, followed as the window changes.
import { useLayoutEffect, useState, type RefObject } from "react";

/** Its width in pixels; `first` until it is measured. */
export function useWidthOf(element: RefObject<HTMLElement | null>, first: number): number {
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) return undefined;
    const measure = () => {
      // Without a layout, as in tests, nothing has a width.
      if (measured.clientWidth > 0) setWidth(measured.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return width;
}
