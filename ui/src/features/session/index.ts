// Onboarding sessions: begun and ended from the top bar, reviewed, checked, released and reported.
export { ReportPage } from "./ReportPage";
export { ReviewPage } from "./ReviewPage";
export { SessionControl } from "./SessionControl";
export { SessionsPage } from "./SessionsPage";
