// The outbox: every operation with its state, what it waits for, and its history.
export { OutboxPage } from "./OutboxPage";
