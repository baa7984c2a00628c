// What jsdom lacks and every screen needs.
import { afterEach } from "vitest";
import { cleanup, configure } from "@testing-library/react";

class NoResize {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
}

globalThis.ResizeObserver ??= NoResize as unknown as typeof ResizeObserver;
globalThis.IntersectionObserver ??= NoResize as unknown as typeof IntersectionObserver;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.scrollTo ??= () => undefined;
// A window of 1000 pixels, as wide as its elements below, in light.
window.matchMedia ??= ((query: string) => ({
  matches: Number(/^\(min-width: (\d+)px\)$/.exec(query)?.[1] ?? Infinity) <= 1000,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
})) as unknown as typeof window.matchMedia;

// Virtual lists ask for the size of their scroll area, and of each row; without them they would show no row.
const height = {
  configurable: true,
  get(this: HTMLElement) {
    return "scroll" in this.dataset ? 720 : 34;
  },
};
const width = { configurable: true, get: () => 1000 };
for (const name of ["offsetHeight", "clientHeight"]) Object.defineProperty(HTMLElement.prototype, name, height);
for (const name of ["offsetWidth", "clientWidth"]) Object.defineProperty(HTMLElement.prototype, name, width);
// Fluent's keeper of the focus takes an element without a place for one that can't be seen: a dialog would get no focus,
// and after a quarter of a second be hidden like the page behind it.
Object.defineProperty(HTMLElement.prototype, "offsetParent", { configurable: true, get(this: HTMLElement) { return this.parentElement; } });
HTMLBodyElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 1000, 720);
// The charts measure their labels and the length of paths; jsdom draws nothing.
const svg = SVGElement.prototype as unknown as { getBBox?: () => DOMRect; getComputedTextLength?: () => number };
svg.getBBox ??= () => new DOMRect(0, 0, 40, 12);
svg.getComputedTextLength ??= () => 40;
HTMLCanvasElement.prototype.getContext = (() => null) as typeof HTMLCanvasElement.prototype.getContext;

// A failed look-up says what it looked for; the whole page would hide that.
configure({ getElementError: (message) => new Error(message ?? "not found"), asyncUtilTimeout: 20_000 });

afterEach(cleanup);
