// The design system: one place for what all pages are made of.
export { Announcer, useAnnounce, type Announce } from "./Announcer";
export { ChartCard, type ChartCardProps, type ChartTable } from "./ChartCard";
export { DataList, type Column, type DataListProps, type ListSelection } from "./DataList";
export { EmptyState, ErrorState, LoadingRows, type WayOn } from "./EmptyState";
export { FactList, type Fact } from "./FactList";
export { FormField, type FormFieldProps } from "./FormField";
export { PageFrame, type PageFrameProps } from "./PageFrame";
export { PrintSheet } from "./PrintSheet";
export { LASTS_MS, useLasting } from "./useLasting";
export { useWidthOf } from "./useWidthOf";
export { SidePanel, type SidePanelProps } from "./SidePanel";
export { StateBadge, StateIcon, type VisualState } from "./StateBadge";
export { SubmitButton, type SubmitButtonProps } from "./SubmitButton";
export { MOMENT_MS, useStood } from "./useStood";
export { LOW, SMALL, ThemeRoot, own, useMedia, useResolvedTheme, useWidth, useWorkspaceColour, type ThemeName } from "./theme";
