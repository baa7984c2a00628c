// Settings: language, theme, workspace, about.
export { SettingsPage } from "./SettingsPage";
