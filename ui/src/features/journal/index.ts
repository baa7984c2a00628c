// The journal: what happened to the book.
export { ChainBar } from "./ChainBar";
export { JournalPage } from "./JournalPage";
