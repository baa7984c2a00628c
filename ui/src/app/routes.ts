// Addresses of pages, and which of them the rail shows.
import {
  BookOpenFilled,
  BookOpenRegular,
  BuildingMultipleFilled,
  BuildingMultipleRegular,
  HandshakeFilled,
  HandshakeRegular,
  HomeFilled,
  HomeRegular,
  SendFilled,
  SendRegular,
  SettingsFilled,
  SettingsRegular,
  type FluentIcon,
} from "@fluentui/react-icons";

export type RailName = "home" | "resellers" | "customers" | "outbox" | "catalogue" | "settings";

/** Items of the rail in their order; Ctrl/Cmd and the number lead there. */
export const RAIL: { name: RailName; path: string; icon: FluentIcon; selected: FluentIcon }[] = [
  { name: "home", path: "/home", icon: HomeRegular, selected: HomeFilled },
  { name: "resellers", path: "/resellers", icon: HandshakeRegular, selected: HandshakeFilled },
  { name: "customers", path: "/customers", icon: BuildingMultipleRegular, selected: BuildingMultipleFilled },
  { name: "outbox", path: "/outbox", icon: SendRegular, selected: SendFilled },
  { name: "catalogue", path: "/catalogue", icon: BookOpenRegular, selected: BookOpenFilled },
  { name: "settings", path: "/settings", icon: SettingsRegular, selected: SettingsFilled },
];

/** The rail's item that a page belongs to: the wizard belongs to Customers. */
export function railOf(path: string): RailName | undefined {
  if (path.startsWith("/draft/") || path.startsWith("/confirmation/") || path.startsWith("/subscriptions/")) return "customers";
  if (path.startsWith("/session/") || path === "/sessions") return "outbox";
  if (path === "/journal") return "settings";
  return RAIL.find((item) => path === item.path || path.startsWith(`${item.path}/`))?.name;
}

/** The wizard needs the width: there the rail shows icons only. */
export function isWizard(path: string): boolean {
  return path.startsWith("/draft/") || path.startsWith("/confirmation/");
}

/** A page that may be restored at the next start. */
export function isRoute(path: string): boolean {
  return /^\/(home|resellers|resellers\/[\w-]+|customers\/connect\/[\w-]+|resellers\/request\/[\w-]+|resellers\/invite(\/[\w-]+)?|customers|customers\/support|customers\/ending|customers\/[\w-]+|subscriptions\/[\w-]+|journal|outbox|sessions|session\/[\w-]+(\/report)?|catalogue|settings|draft\/[\w-]+|confirmation\/[\w-]+)(\?[^#]*)?$/.test(path);
}
