// A mail's text while it is written: what was changed, over what template and names make of the rest.
import type { MailText } from "@/shared/ipc";

/** What was changed over what the book says: subject and body each follow template and names until changed themselves. */
export function overText(told: MailText, mine: MailText | null): MailText {
  if (mine === null) return told;
  const body = mine.bodyFollows ? told : mine;
  return { ...mine, subject: mine.subjectFollows ? told.subject : mine.subject, before: body.before, hasLink: body.hasLink, after: body.after };
}
