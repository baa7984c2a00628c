// Customers: the end customers and their subscriptions.
export { CustomersPage } from "./CustomersPage";
