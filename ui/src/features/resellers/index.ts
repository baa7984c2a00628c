// Indirect resellers: the partners who sell to the customer.
export { ResellersPage } from "./ResellersPage";
