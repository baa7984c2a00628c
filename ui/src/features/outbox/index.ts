// The outbox: every operation with its state, what it waits for, and its history.
export { EditCustomerPage } from "./EditCustomerPage";
export { OutboxPage } from "./OutboxPage";
export { useOperationName } from "./words";
