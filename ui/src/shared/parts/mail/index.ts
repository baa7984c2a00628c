// The mail page: what invitations of resellers and of customers share.
export { GrowingText } from "./GrowingText";
export { LinkField, useLinkCheck } from "./LinkField";
export { LinkPiece, shortLink } from "./LinkPiece";
export { MailDraftEditor, lacksLink, shownText, type MailDraftEditorProps } from "./MailDraftEditor";
export { MailPage, type MailFact, type MailPageProps } from "./MailPage";
export { DiscardDraft } from "./DiscardDraft";
export { SavedNote } from "./SavedNote";
