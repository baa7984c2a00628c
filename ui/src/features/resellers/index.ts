// Indirect resellers: the partners who sell to the customer.
export { PlacePage } from "./PlacePage";
export { RepairPage } from "./RepairPage";
export { ResellerPage } from "./ResellerPage";
export { ResellersPage } from "./ResellersPage";
