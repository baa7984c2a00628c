// An address or a number that is longer than its place goes on in the next line where it has a joint, not within a word.
import { Fragment } from "react";

/** Behind an @, a dot, a slash or a dash that has letters on both sides. */
const JOINT = /(?<=[^\s][@./_-])(?=[^\s])/u;

/** The text as it is, with places where it may be broken. */
export function Breakable({ text }: { text: string }) {
  return text.split(JOINT).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
