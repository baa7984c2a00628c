// Settings: language, theme, workspace, about.
export { RecoveryCode } from "./RecoveryCode";
export { SettingsPage } from "./SettingsPage";
