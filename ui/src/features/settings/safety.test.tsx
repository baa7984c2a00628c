// Recovery code, backups and the restored book on the settings page, in both languages.
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

const CODE = "7K3QM-0Z9WD-4TTBX-R8VHN-2CJ5P-EYFGA-16SQW";

describe("recovery code", () => {
  it("is shown once and counts when it was typed back", async () => {
    const { user } = openWindow("/settings");
    await headed("Settings");
    expect(await screen.findByText("No recovery code is set up. Without one, a lost keychain means a lost book.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Set up a recovery code" }));
    await user.click(await screen.findByRole("button", { name: "Show the code" }));
    expect(await screen.findByText(CODE)).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "I have written it down" }));
    expect(screen.queryByText(CODE)).toBeNull();
    const field = await screen.findByRole("textbox", { name: /Recovery code/ });
    await user.type(field, "nonsense");
    await user.click(screen.getByRole("button", { name: "Set up" }));
    expect(await screen.findByText(/This is not a whole recovery code/)).toBeTruthy();
    await user.clear(field);
    await user.click(field);
    await user.paste(CODE);
    await user.click(screen.getByRole("button", { name: "Set up" }));
    expect(await screen.findByText(/^Set up on /)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Make a new recovery code", hidden: true })).toBeTruthy();
  });
});

describe.each([
  ["en", /passphrase means a lost book/u, /you no longer know the passphrase/u, /keychain/u],
  ["de", /Passphrase auch das Buch verloren/u, /Passphrase nicht mehr wissen/u, /Schlüsselbund/u],
] as const)("recovery code of a book under a passphrase, in %s", (language, without, what, other) => {
  it("says what it is good for there, and nothing of a keychain", async () => {
    openWindow("/settings", { language, passphrase: true });
    expect(await screen.findByText(without)).toBeTruthy();
    expect(screen.getByText(what)).toBeTruthy();
    const section = screen.getByText(without).closest("section") as HTMLElement;
    expect(within(section).queryByText(other)).toBeNull();
  });
});

describe("backups", () => {
  it("are listed, made on a press, and restored after one question", async () => {
    const { user } = openWindow("/settings");
    const table = await screen.findByRole("table", { name: "Backups" });
    expect(within(table).getAllByRole("row")).toHaveLength(5);
    await user.click(screen.getByRole("button", { name: "Back up now" }));
    expect(await within(table).findAllByRole("row")).toHaveLength(6);
    await user.click(within(table).getAllByRole("button", { name: /^Restore:/ })[1] as HTMLElement);
    const dialog = await screen.findByRole("alertdialog", { hidden: true });
    expect(within(dialog).getByText(/The present book is moved aside/)).toBeTruthy();
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Restore", hidden: true }));
    await headed("Settings");
  });

  it("ask for the recovery code when no key fits", async () => {
    const { user } = openWindow("/settings");
    await user.click(await screen.findByRole("button", { name: "Restore from a file…" }));
    const dialog = await screen.findByRole("alertdialog", { hidden: true });
    await user.click(within(dialog).getByRole("button", { name: "Restore", hidden: true }));
    await user.type(await within(dialog).findByRole("textbox", { name: /Recovery code/, hidden: true }), CODE);
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Restore", hidden: true }));
    await headed("Settings");
  });
});

describe.each(["en", "de"] as const)("restored book in %s", (language) => {
  it("says what is held and releases it", async () => {
    const { user } = openWindow("/settings", { language, restored: true });
    const list = await screen.findByRole("list", { name: language === "en" ? "Held onboardings" : "Ruhende Onboardings" });
    expect(within(list).getAllByRole("listitem")).toHaveLength(3);
    await expectAccessible();
    await user.click(within(list).getByRole("button", { name: language === "en" ? /^Release: it is this order/ : /^Freigeben: Es ist dieser Auftrag/ }));
    expect(await within(list).findAllByRole("listitem")).toHaveLength(2);
  });
});

describe("a book of a newer version", () => {
  it.each([
    ["en", /last opened by a newer Channelbook/],
    ["de", /zuletzt von einem neueren Channelbook geöffnet/],
  ] as const)("says on every page why nothing can be changed (%s)", async (language, words) => {
    openWindow("/customers", { language, readOnly: true });
    expect(await screen.findByText(words)).toBeTruthy();
    await expectAccessible();
  });
});

describe("the start", () => {
  it("offers a passphrase where there is no keychain", async () => {
    const { user } = openWindow("/", { start: "first_start", failing: ["tryItOut"], failure: "keychain_unavailable" });
    await user.click(await screen.findByRole("button", { name: "Try it out" }));
    await user.click(await screen.findByText("Choose a passphrase"));
    await user.type((await screen.findAllByLabelText(/^Passphrase/))[0] as HTMLElement, "kurz");
    await user.click(screen.getByText("Try it out with a passphrase"));
    expect(await screen.findByText("At least 12 characters, blanks not counted.")).toBeTruthy();
    await expectAccessible();
    await user.keyboard("{Escape}");
  });

  it("asks for the passphrase and tells a wrong one", async () => {
    const { user } = openWindow("/", { start: "unlock" });
    await headed("Unlock your book");
    await user.type(screen.getByLabelText(/^Passphrase/), "falsch");
    await user.click(screen.getByRole("button", { name: "Unlock" }));
    expect(await screen.findByText(/This passphrase does not open the book/)).toBeTruthy();
    await expectAccessible();
  });

  it.each(["key_missing", "wrong_key"])("takes the recovery code for %s", async (start) => {
    const { user } = openWindow("/", { start });
    await user.type(await screen.findByLabelText("Recovery code"), CODE);
    await user.click(screen.getByRole("button", { name: "Open with the code" }));
    expect(await screen.findByRole("link", { name: "Home" })).toBeTruthy();
  });

  it("offers the backups for a damaged book", async () => {
    openWindow("/", { start: "corrupt" });
    expect(await screen.findByRole("table", { name: "Backups" })).toBeTruthy();
    await expectAccessible();
  });
});
