// The switches that play the day in a practice workspace.
export { PracticePanel } from "./PracticePanel";
