// Connecting a live workspace to Partner Center, and its sign-in.
export { ConnectWorkspace } from "./ConnectWorkspace";
export { LiveBars } from "./LiveBars";
export { SignInSection } from "./SignInSection";
export { Workspaces } from "./Workspaces";
