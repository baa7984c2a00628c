// Entry of the reveal window: it shows one password and knows no other page.
import { createRoot } from "react-dom/client";
import { RevealProviders } from "@/app/Providers";
import { prepareHost } from "@/app/prepareHost";
import { RevealWindow } from "@/features/setup-info";

// No top-level await: WebKit stops there for good when chunks import each other.
void prepareHost().then(() => {
  const address = new URLSearchParams(window.location.search);
  const root = document.getElementById("root");
  if (!root) return;
  createRoot(root).render(
    <RevealProviders address={address}>
      <RevealWindow onboardingId={address.get("onboarding") ?? ""} />
    </RevealProviders>,
  );
});
