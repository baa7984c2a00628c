// The reveal window: the password comes on a press, goes on a press, and nothing of it stays.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it, vi } from "vitest";
import { createI18n, type ScreenLanguage } from "@/shared/i18n";
import { CommandError, createQueryClient, setHost, type Commands, type ErrorCode, type KeyPlace, type RevealedPassword, type SetupInfoState } from "@/shared/ipc";
import { createFake } from "@/shared/ipc/fake";
import sharedDe from "@/shared/texts.de.json";
import sharedEn from "@/shared/texts.en.json";
import { Announcer, LASTS_MS, ThemeRoot } from "@/shared/ui";
import { FewStyles } from "@/test/FewStyles";
import { RevealWindow } from "./reveal";
import de from "./texts.de.json";
import en from "./texts.en.json";

const PASSWORD = "Vad7!Kelpo";

function show(change: Partial<Commands> = {}, language: ScreenLanguage = "en", state: SetupInfoState = "showing", keyPlace: KeyPlace = "keychain") {
  const fake = createFake();
  const revealPassword = vi.fn<Commands["revealPassword"]>().mockResolvedValue({ userName: "admin@x.onmicrosoft.com", password: PASSWORD });
  const copyPassword = vi.fn<Commands["copyPassword"]>().mockResolvedValue(null);
  const closeReveal = vi.fn<Commands["closeReveal"]>();
  const printReveal = vi.fn<Commands["printReveal"]>().mockResolvedValue(null);
  const revealSubject: Commands["revealSubject"] = async () => {
    if (state !== "showing") throw new CommandError({ code: "not_allowed", fields: [] });
    const { info } = await fake.commands.revealSubject("o1");
    return { info: { ...info, userName: "admin@x.onmicrosoft.com", customerName: "X", mailLanguage: "de" }, keyPlace };
  };
  // What this window has no permission for fails here as it does in the app.
  const setupInfo: Commands["setupInfo"] = () => Promise.reject(new Error("setup_info not allowed on window reveal"));
  setHost({ ...fake, commands: { ...fake.commands, setupInfo, revealSubject, revealPassword, copyPassword, closeReveal, printReveal, ...change } });
  const resources = { en: { "setup-info": en, shared: sharedEn }, de: { "setup-info": de, shared: sharedDe } };
  render(
    <QueryClientProvider client={createQueryClient(() => undefined)}>
      <I18nextProvider i18n={createI18n(resources, language)}>
        <ThemeRoot theme="light">
          <Announcer>
            <RevealWindow onboardingId="o1" />
          </Announcer>
        </ThemeRoot>
      </I18nextProvider>
    </QueryClientProvider>,
    { wrapper: FewStyles },
  );
  return { revealPassword, copyPassword, closeReveal, printReveal };
}

async function findings(): Promise<string[]> {
  const result = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ").slice(0, 400)}`);
}

describe("the reveal window", () => {
  it("asks for the password only on a press, and hides it again", async () => {
    const { revealPassword } = show();
    const user = userEvent.setup();
    await screen.findByText("admin@x.onmicrosoft.com");
    expect(revealPassword).not.toHaveBeenCalled();
    expect(document.body.innerHTML).not.toContain(PASSWORD);
    await user.click(screen.getByRole("button", { name: "Show password" }));
    expect(await screen.findByText(PASSWORD)).toBeDefined();
    expect(revealPassword).toHaveBeenCalledWith("o1");
    await user.click(screen.getByRole("button", { name: "Hide password" }));
    expect(document.body.innerHTML).not.toContain(PASSWORD);
  });

  it("puts the password on paper only on a press, in the customer's language, and takes it out of the page afterwards", async () => {
    const { printReveal } = show();
    const user = userEvent.setup();
    await screen.findByText("admin@x.onmicrosoft.com");
    expect((screen.getByRole("combobox", { name: "Language of the sheet" }) as HTMLSelectElement).value, "the customer's own").toBe("de");
    await user.click(screen.getByRole("button", { name: "Print sheet with password" }));
    await waitFor(() => {
      expect(printReveal).toHaveBeenCalledTimes(1);
    });
    const sheet = document.querySelector("[data-print-sheet]");
    expect(sheet?.textContent).toContain(PASSWORD);
    expect(sheet?.textContent).toContain("Ihr Microsoft-Konto");
    expect(sheet?.getAttribute("lang")).toBe("de");
    expect(screen.queryByTestId("password")?.textContent, "it stays masked on screen").not.toContain(PASSWORD);
    act(() => {
      window.dispatchEvent(new Event("afterprint"));
    });
    expect(document.documentElement.innerHTML).not.toContain(PASSWORD);
  });

  it("takes it out of the page also where the system does not say that printing is over", async () => {
    const { printReveal } = show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Print sheet with password" }));
    await waitFor(() => {
      expect(printReveal).toHaveBeenCalledTimes(1);
    });
    window.dispatchEvent(new Event("focus"));
    await waitFor(() => {
      expect(document.documentElement.innerHTML).not.toContain(PASSWORD);
    }, { timeout: 8000 });
  });

  it("copies through the host, and says when it leaves the clipboard", async () => {
    const { copyPassword, revealPassword } = show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Copy" }));
    expect(copyPassword).toHaveBeenCalledWith("o1");
    expect(revealPassword).not.toHaveBeenCalled();
    expect((await screen.findAllByText("Copied. It leaves the clipboard after 30 seconds.")).length).toBeGreaterThan(0);
  });

  it.each([
    ["en", "Show password", /^Waiting for this computer's keychain\. Perhaps it asks for its password/u],
    ["de", "Kennwort anzeigen", /^Der Schlüsselbund dieses Rechners wird erwartet\. Vielleicht fragt er nach seinem Kennwort/u],
  ] as const)("says that it waits for the keychain, asks it once, and goes on by itself (%s)", async (language, button, words) => {
    let answer: ((revealed: RevealedPassword) => void) | undefined;
    const revealPassword = vi.fn<Commands["revealPassword"]>().mockReturnValue(new Promise((resolve) => { answer = resolve; }));
    const { copyPassword, printReveal } = show({ revealPassword }, language);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: button }));
    expect(screen.queryByTestId("keychain-wait"), "nothing flickers").toBeNull();
    expect((await screen.findByTestId("keychain-wait", {}, { timeout: 5000 })).textContent).toMatch(words);
    await waitFor(() => { expect(screen.getAllByRole("status").some((each) => words.test(each.textContent)), "it is said aloud").toBe(true); });
    expect(await findings()).toEqual([]);
    for (const each of screen.getAllByRole("button").slice(0, 2)) await user.click(each);
    expect(revealPassword, "no second question while one is open").toHaveBeenCalledTimes(1);
    expect(copyPassword).not.toHaveBeenCalled();
    expect(printReveal).not.toHaveBeenCalled();
    act(() => { answer?.({ userName: "admin@x.onmicrosoft.com", password: PASSWORD }); });
    expect(await screen.findByText(PASSWORD)).toBeDefined();
    expect(screen.queryByTestId("keychain-wait")).toBeNull();
  });

  it("says nothing of a keychain where there is none", async () => {
    show({ copyPassword: () => new Promise(() => undefined) }, "en", "showing", "passphrase");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Copy" }));
    await new Promise((resolve) => { setTimeout(resolve, LASTS_MS * 2); });
    expect(document.body.textContent).not.toMatch(/keychain/u);
  });

  it.each([
    ["keychain_unavailable", "Show password", /keychain did not give the key to the password\. Unlock the keychain, then try again/u],
    ["keychain_unavailable", "Copy", /keychain did not give the key/u],
    ["key_file_unavailable", "Show password", /^The encrypted file beside the book/u],
    ["internal", "Show password", /^It could not be opened/u],
  ] satisfies [ErrorCode, string, RegExp][])("says what to do when %s, and the next press may bring it", async (code, button, words) => {
    const refuse = () => Promise.reject(new CommandError({ code, fields: [] }));
    const revealPassword = vi.fn<Commands["revealPassword"]>().mockImplementationOnce(refuse).mockResolvedValue({ userName: "", password: PASSWORD });
    show({ revealPassword, copyPassword: refuse });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: button }));
    expect((await screen.findByText(words)).closest("[role='alert']"), "it is said aloud").not.toBeNull();
    expect(await findings()).toEqual([]);
    if (button === "Copy") return;
    await user.click(screen.getByRole("button", { name: button }));
    expect(await screen.findByText(PASSWORD)).toBeDefined();
    expect(screen.queryByText(words)).toBeNull();
  });

  it("closes by its button and by Esc", async () => {
    const { closeReveal } = show({ closeReveal: vi.fn<Commands["closeReveal"]>().mockResolvedValue(undefined as never) });
    expect(closeReveal).not.toHaveBeenCalled();
    const user = userEvent.setup();
    const close = vi.spyOn(window, "close").mockReturnValue();
    await user.click(await screen.findByRole("button", { name: "Close" }));
    await user.keyboard("{Escape}");
    expect(close, "Rust closes it").not.toHaveBeenCalled();
  });

  it.each(["destroyed", "not_yet", "unavailable"] as const)("has nothing to show when it is %s", async (state) => {
    show({}, "en", state);
    expect(await screen.findByText("There is no password to show")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Show password" })).toBeNull();
  });

  it("says so when it is gone by the time of the press", async () => {
    show({ revealPassword: () => Promise.reject(new CommandError({ code: "not_allowed", fields: [] })) });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Show password" }));
    expect(await screen.findByText("There is no password to show")).toBeDefined();
  });

  it.each(["en", "de"] as const)("has no finding of axe in %s", async (language) => {
    show({}, language);
    const user = userEvent.setup();
    expect(await findings()).toEqual([]);
    await user.click(await screen.findByRole("button", { name: language === "de" ? "Kennwort anzeigen" : "Show password" }));
    await screen.findByText(PASSWORD);
    expect(await findings()).toEqual([]);
  });
});
