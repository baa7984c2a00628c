// Subscriptions after their order: page, actions, decisions at the end of terms, support contacts in bulk.
export { EndingPage } from "./EndingPage";
export { SubscriptionPage } from "./SubscriptionPage";
export { SupportPage } from "./SupportPage";
