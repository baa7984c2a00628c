// The outbox: every operation with its state, what it waits for, and its history.
export { DifferencePage } from "./DifferencePage";
export { EditCustomerPage } from "./EditCustomerPage";
export { OutboxPage } from "./OutboxPage";
export { useOperationName } from "./words";
