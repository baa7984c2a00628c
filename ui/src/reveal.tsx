// Entry of the reveal window: it shows one password and knows no other page.
import { createRoot } from "react-dom/client";
import { Providers } from "@/app/Providers";
import { prepareHost } from "@/app/prepareHost";
import { RevealWindow } from "@/features/setup-info";

await prepareHost();
const onboardingId = new URLSearchParams(window.location.search).get("onboarding") ?? "";
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <Providers>
      <RevealWindow onboardingId={onboardingId} />
    </Providers>,
  );
}
