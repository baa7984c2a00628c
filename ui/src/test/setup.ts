// What jsdom lacks and every screen needs.
import { afterEach } from "vitest";
import { cleanup } from "@testing-library/react";

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
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
})) as unknown as typeof window.matchMedia;

// Virtual lists ask for the size of their scroll area; without one they would show no row.
Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, get: () => 720 });
Object.defineProperty(HTMLElement.prototype, "offsetWidth", { configurable: true, get: () => 1000 });

afterEach(cleanup);
