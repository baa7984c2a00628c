// Entry of the main window.
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { prepareHost } from "@/app/prepareHost";

await prepareHost();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
