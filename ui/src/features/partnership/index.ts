// Request a partnership: one by one, or several from a list.
export { InvitePage } from "./InvitePage";
export { QueuePage } from "./QueuePage";
export { RequestPage } from "./RequestPage";
