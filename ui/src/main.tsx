// Entry of the main window.
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { prepareHost } from "@/app/prepareHost";

// No top-level await: WebKit stops there for good when chunks import each other.
void prepareHost().then(() => {
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<App />);
});
