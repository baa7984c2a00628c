// Setup info's own window: the one place where a password reaches a screen.
export { RevealWindow } from "./reveal";
