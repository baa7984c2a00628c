// The reveal window: the password comes on a press, goes on a press, and nothing of it stays.
import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it, vi } from "vitest";
import { createI18n, type ScreenLanguage } from "@/shared/i18n";
import { CommandError, createQueryClient, setHost, type Commands, type SetupInfoState } from "@/shared/ipc";
import { createFake } from "@/shared/ipc/fake";
import sharedDe from "@/shared/texts.de.json";
import sharedEn from "@/shared/texts.en.json";
import { Announcer, ThemeRoot } from "@/shared/ui";
import { FewStyles } from "@/test/FewStyles";
import { RevealWindow } from "./reveal";
import de from "./texts.de.json";
import en from "./texts.en.json";

const PASSWORD = "Vad7!Kelpo";

function show(change: Partial<Commands> = {}, language: ScreenLanguage = "en", state: SetupInfoState = "showing") {
  const fake = createFake();
  const revealPassword = vi.fn<Commands["revealPassword"]>().mockResolvedValue({ userName: "admin@x.onmicrosoft.com", password: PASSWORD });
  const copyPassword = vi.fn<Commands["copyPassword"]>().mockResolvedValue(null);
  const closeReveal = vi.fn<Commands["closeReveal"]>();
  const printReveal = vi.fn<Commands["printReveal"]>().mockResolvedValue(null);
  const revealSubject: Commands["revealSubject"] = async () => {
    if (state !== "showing") throw new CommandError({ code: "not_allowed", fields: [] });
    return { ...(await fake.commands.revealSubject("o1")), userName: "admin@x.onmicrosoft.com", customerName: "X", mailLanguage: "de" };
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
