// Connect with an existing customer: the invitation for a reseller relationship.
export { ConnectPage } from "./ConnectPage";
