// What the window shows before a book is open.
export { FirstStart } from "./FirstStart";
export { StartProblemPage } from "./StartProblemPage";
export { UnlockPage } from "./UnlockPage";
export { WaitingForKey } from "./WaitingForKey";
