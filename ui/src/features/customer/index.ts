// A customer in depth: what Partner Center knows of it, what it has, and what only the book knows.
export { CustomerPage } from "./CustomerPage";
