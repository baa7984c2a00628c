// What only the book knows of a customer or a reseller.
export { Block } from "./Block";
export { KeptTags } from "./KeptTags";
export { KeptLine, KeptNote } from "./KeptText";
