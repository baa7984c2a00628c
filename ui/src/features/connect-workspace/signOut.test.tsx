// Signing out where the token can't be taken away at once, or at all.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FakeOptions } from "@/shared/ipc/fake";
import { LASTS_MS } from "@/shared/ui";
import { expectAccessible, openWindow } from "@/test/render";

const WORDS = {
  en: { out: "Sign out", waits: /^Waiting for this computer's keychain/u, keychain: /^The keychain of this computer did not answer/u, file: /^The encrypted file beside the book/u },
  de: { out: "Abmelden", waits: /^Der Schlüsselbund dieses Rechners wird erwartet/u, keychain: /^Der Schlüsselbund dieses Computers hat nicht geantwortet/u, file: /^Die verschlüsselte Datei neben dem Buch/u },
};

async function signOut(options: FakeOptions) {
  const { user } = openWindow("/settings", { workspace: "live", ...options });
  const words = WORDS[options.language === "de" ? "de" : "en"];
  await user.click(await screen.findByRole("button", { name: words.out }));
  const dialog = await screen.findByRole("alertdialog");
  await user.click(within(dialog).getByRole("button", { name: words.out }));
  return { user, dialog, words };
}

describe.each(["en", "de"] as const)("signing out (%s)", (language) => {
  it("says that it waits for the keychain", async () => {
    const { dialog, words } = await signOut({ language, hanging: ["signOut"] });
    expect(await within(dialog).findByText(words.waits, {}, { timeout: 5000 })).toBeTruthy();
    await expectAccessible();
  });

  it("says in the dialog that the keychain did not answer", async () => {
    const { dialog, words } = await signOut({ language, failing: ["signOut"], failure: "keychain_unavailable" });
    expect((await within(dialog).findByText(words.keychain)).closest("[role='alert']")).not.toBeNull();
    await expectAccessible();
  });

  it("speaks of no keychain where the book opens with a passphrase", async () => {
    const { dialog, words } = await signOut({ language, passphrase: true, failing: ["signOut"], failure: "key_file_unavailable" });
    expect(await within(dialog).findByText(words.file)).toBeTruthy();
    expect(dialog.textContent).not.toMatch(/keychain|Schlüsselbund/u);
    await expectAccessible();
  });

  it("does not even while it lasts", async () => {
    const { dialog } = await signOut({ language, passphrase: true, hanging: ["signOut"] });
    await new Promise((resolve) => { setTimeout(resolve, LASTS_MS * 2); });
    expect(dialog.textContent).not.toMatch(/keychain|Schlüsselbund/u);
    await waitFor(() => { expect(dialog.isConnected).toBe(true); });
  });
});
