// In a browser (development, pictures, tests) a fake stands in for Rust; a shipped build does not contain it.
import { setHost } from "@/shared/ipc";

export async function prepareHost(): Promise<void> {
  if (import.meta.env.MODE !== "fake") return;
  const { createFake } = await import("@/shared/ipc/fake");
  const options = new URLSearchParams(window.location.search);
  setHost(
    createFake({
      language: options.get("language") === "de" ? "de" : "en",
      theme: options.get("theme") === "dark" ? "dark" : options.get("theme") === "high_contrast" ? "high_contrast" : "light",
      start: options.get("start") ?? "ready",
      readOnly: options.has("readOnly"),
      restored: options.has("restored"),
      session: options.has("session"),
      connection: options.get("connection") ?? undefined,
      ...(options.has("live") ? { workspace: "live" as const } : {}),
      trouble: options.get("trouble") ?? undefined,
      syncing: options.has("syncing"),
      step: options.get("step") ?? undefined,
    }),
  );
}
