// Entry of the reveal window: it shows one password and knows no other page.
import { createRoot } from "react-dom/client";
import { RevealProviders } from "@/app/Providers";
import { prepareHost } from "@/app/prepareHost";
import { RevealWindow } from "@/features/setup-info";

await prepareHost();
const address = new URLSearchParams(window.location.search);
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <RevealProviders address={address}>
      <RevealWindow onboardingId={address.get("onboarding") ?? ""} />
    </RevealProviders>,
  );
}
