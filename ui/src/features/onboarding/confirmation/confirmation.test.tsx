// The confirmation: live and offline, on hold and in need of attention, and the hand-over of the setup info.
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import type { Commands, ConfirmationView, Host, JourneyLine, OperationRow, SetupInfoState, Topic } from "@/shared/ipc";
import { blankCheck, fakeHost, showPage } from "../testkit";

const OPERATION: OperationRow = {
  id: "op1",
  onboardingId: "o1",
  sessionId: null,
  sessionName: "",
  kind: "create_cart",
  state: "on_hold",
  customerId: "c1",
  customerName: "Tischlerei Brandt GmbH",
  lines: 3,
  licences: 26,
  product: "",
  change: null,
  autoRenew: null,
  target: "",
  waitsFor: "review",
  after: null,
  customerHint: "",
  customerEntered: null,
  notBefore: null,
  hold: "customer_under_review",
  holdSince: null,
  attention: null,
  setupInfoWaits: false,
  updatedAt: "2026-11-24T09:32:00Z",
};

function line(step: JourneyLine["step"], state: JourneyLine["state"], change: Partial<JourneyLine> = {}): JourneyLine {
  return { step, state, at: state === "done" ? "2026-11-24T09:32:04Z" : null, detail: "", operation: null, ...change };
}

function view(secret: SetupInfoState, change: Partial<ConfirmationView> = {}): ConfirmationView {
  return {
    onboardingId: "o1",
    purpose: "new_customer",
    customerId: "c1",
    customerName: "Tischlerei Brandt GmbH",
    resellerId: "r1",
    resellerName: "Hansen IT GmbH",
    journey: [line("create_customer", "done", { detail: "tischlereibrandt.onmicrosoft.com" }), line("keep_setup_info", "done"), line("record_agreement", "done"), line("place_order", "done")],
    setupInfo: {
      onboardingId: "o1",
      state: secret,
      signInAddress: "https://admin.microsoft.com",
      userName: "admin@tischlereibrandt.onmicrosoft.com",
      customerName: "Tischlerei Brandt GmbH",
      since: null,
      agreementAddress: "https://admin.microsoft.com/agreement",
      resellerName: "Hansen IT GmbH",
      mailLanguage: "en",
      resellerMailLanguage: "de",
      partnerCenterAddress: "https://partner.microsoft.com/dashboard",
      entraAddress: "https://entra.microsoft.com",
      resetRole: "Privileged Authentication Administrator",
    },
    order: blankCheck().order,
    cancellableUntil: "2026-12-01T09:32:09Z",
    renewsAt: "2027-11-24T00:00:00Z",
    offline: false,
    ...change,
  };
}

/** A host whose confirmation can be changed while one looks. */
function hostWith(first: ConfirmationView, change: Partial<Commands> = {}): { host: Host; become: (next: ConfirmationView) => void } {
  let now = first;
  const listeners = new Set<(topics: Topic[]) => void>();
  const host = fakeHost(() => ({ confirmation: () => Promise.resolve(now), ...change }));
  return {
    host: {
      ...host,
      onDataChanged: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    become: (next) => {
      now = next;
      for (const listener of listeners) listener(["outbox", "setup_info"]);
    },
  };
}

async function findings(): Promise<string[]> {
  const result = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ").slice(0, 400)}`);
}

describe("online", () => {
  it("ticks the steps off as they are done", async () => {
    const under = [line("create_customer", "sending"), line("record_agreement", "waiting"), line("place_order", "waiting")];
    const { host, become } = hostWith(view("not_yet", { journey: under }));
    showPage("/confirmation/o1", { host });
    expect(await screen.findByText("Creating the customer")).toBeDefined();
    expect(screen.getByRole("heading", { name: "It is being sent" })).toBeDefined();
    become(view("sealed"));
    expect(await screen.findByText("Order placed")).toBeDefined();
    expect(screen.getByRole("heading", { name: "The customer is created" })).toBeDefined();
    expect(await screen.findByRole("button", { name: "Reveal" })).toBeDefined();
  });

  it("says what it is on hold for, and what needs attention, each with the way there", async () => {
    const held = line("place_order", "on_hold", { operation: OPERATION });
    const { host, become } = hostWith(view("sealed", { journey: [line("create_customer", "done"), held] }));
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    expect(await screen.findByText(/Microsoft reviews the new account/u)).toBeDefined();
    const refused = line("create_customer", "needs_attention", { operation: { ...OPERATION, state: "needs_attention", attention: "domain_taken" } });
    become(view("not_yet", { journey: [refused] }));
    expect(await screen.findByText(/The domain prefix is taken/u)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Open in outbox" }));
    expect(await screen.findByTestId("elsewhere")).toBeDefined();
  });
});

describe("an order whose cart is made and that waits", () => {
  const between = (change: Partial<OperationRow>) => [line("create_customer", "done"), line("place_order", "sending", { operation: { ...OPERATION, kind: "checkout_cart", hold: null, ...change } })];

  it("says what it waits for, and only of a lost answer that it was lost", async () => {
    const { host, become } = hostWith(view("sealed", { journey: between({ state: "waiting", waitsFor: "sign_in" }) }));
    showPage("/confirmation/o1", { host });
    expect(await screen.findByText("Waits until you sign in")).toBeDefined();
    expect(screen.queryByText(/answer was lost/u)).toBeNull();
    become(view("sealed", { journey: between({ state: "waiting", waitsFor: "turn" }) }));
    await waitFor(() => { expect(screen.queryByText("Waits until you sign in")).toBeNull(); });
    expect(screen.queryByText(/answer was lost/u)).toBeNull();
    become(view("sealed", { journey: between({ state: "sending", waitsFor: "sign_in" }) }));
    expect(await screen.findByText(/^The answer was lost/u)).toBeDefined();
  });
});

describe("the setup info", () => {
  it("never holds the password, and reveals it in a window of its own", async () => {
    const beginReveal = vi.fn<Commands["beginReveal"]>().mockResolvedValue(null);
    const revealPassword = vi.fn<Commands["revealPassword"]>();
    const { host } = hostWith(view("sealed"), { beginReveal, revealPassword });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    await user.click(await screen.findByRole("button", { name: "Reveal" }));
    expect(beginReveal).toHaveBeenCalledWith("o1");
    expect(revealPassword).not.toHaveBeenCalled();
  });

  it("is asked for once while its window is being opened", async () => {
    const beginReveal = vi.fn<Commands["beginReveal"]>().mockReturnValue(new Promise(() => undefined));
    const { host } = hostWith(view("sealed"), { beginReveal });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    await user.dblClick(await screen.findByRole("button", { name: "Reveal" }));
    await user.click(screen.getByRole("button", { name: "Reveal" }));
    expect(beginReveal).toHaveBeenCalledTimes(1);
  });

  it("can't be noted before it was revealed, and says so", async () => {
    const acknowledge = vi.fn<Commands["acknowledgeSetupInfo"]>();
    const { host, become } = hostWith(view("sealed"), { acknowledgeSetupInfo: acknowledge });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    const box = await screen.findByRole("checkbox", { name: "I have noted the user name and password" });
    expect((box as HTMLInputElement).disabled).toBe(true);
    const done = screen.getByRole("button", { name: "Done" });
    expect(done.getAttribute("aria-disabled")).toBe("true");
    for (const each of [box, done]) {
      expect(document.getElementById(each.getAttribute("aria-describedby") ?? "")?.textContent).toContain("Reveal it first");
    }
    await user.click(box);
    await user.click(done);
    expect(acknowledge).not.toHaveBeenCalled();
    become(view("showing"));
    await waitFor(() => {
      expect((box as HTMLInputElement).disabled).toBe(false);
    });
  });

  it("is destroyed only after it was said to be noted", async () => {
    const acknowledge = vi.fn<Commands["acknowledgeSetupInfo"]>();
    const { host, become } = hostWith(view("showing"), { acknowledgeSetupInfo: acknowledge });
    acknowledge.mockImplementation(() => {
      const next = view("destroyed");
      become(next);
      return Promise.resolve(next.setupInfo as NonNullable<typeof next.setupInfo>);
    });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    const done = await screen.findByRole("button", { name: "Done" });
    expect(done.getAttribute("aria-disabled")).toBe("true");
    const reason = document.getElementById(done.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent, "a disabled button gives its reason").toContain("Done destroys the password");
    await user.click(done);
    expect(acknowledge).not.toHaveBeenCalled();
    await user.click(screen.getByRole("checkbox", { name: "I have noted the user name and password" }));
    await user.click(screen.getByRole("button", { name: "Done" }));
    const gone = await screen.findByRole("heading", { name: "The password is destroyed" });
    await waitFor(() => {
      expect(document.activeElement).toBe(gone);
    });
    expect(acknowledge).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole("button", { name: "Done" }));
    expect(await screen.findByTestId("elsewhere")).toBeDefined();
  });

  it("copies the user name, and offers the mail's text where there is no mail program", async () => {
    const copyText = vi.fn<Commands["copyText"]>().mockResolvedValue(null);
    const openSetupMail = vi.fn<Commands["openSetupMail"]>().mockResolvedValue({ opened: false, to: "a@b.example", subject: "Your new tenant", body: "Hello" });
    const { host } = hostWith(view("sealed"), { copyText, openSetupMail });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    await user.click(await screen.findByRole("button", { name: "Copy admin user account name" }));
    expect(copyText).toHaveBeenCalledWith("admin@tischlereibrandt.onmicrosoft.com");
    await user.click(screen.getByRole("button", { name: "Open in email" }));
    const dialog = await screen.findByRole("dialog");
    expect(openSetupMail).toHaveBeenCalledWith("o1", "en");
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Copy text" }));
    expect(copyText).toHaveBeenLastCalledWith("Your new tenant\n\nHello");
  });
});

describe("the hand-over", () => {
  it("writes to the customer in the customer's language, or in the one that is chosen", async () => {
    const openSetupMail = vi.fn<Commands["openSetupMail"]>().mockResolvedValue({ opened: true, to: "", subject: "", body: "" });
    const shown = view("sealed");
    const { host } = hostWith({ ...shown, setupInfo: shown.setupInfo && { ...shown.setupInfo, mailLanguage: "de" } }, { openSetupMail });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    await user.click(await screen.findByRole("button", { name: "Open in email" }));
    expect(openSetupMail).toHaveBeenLastCalledWith("o1", "de");
    await user.selectOptions(screen.getByRole("combobox", { name: "Language for the customer" }), "en");
    await user.click(screen.getByRole("button", { name: "Open in email" }));
    expect(openSetupMail).toHaveBeenLastCalledWith("o1", "en");
  });

  it("prints a sheet with a line for the password, from this window without the password", async () => {
    const printPage = vi.fn<Commands["printPage"]>().mockResolvedValue(null);
    const beginReveal = vi.fn<Commands["beginReveal"]>().mockResolvedValue(null);
    const { host } = hostWith(view("sealed"), { printPage, beginReveal });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    await user.click(await screen.findByRole("button", { name: "Print hand-over sheet" }));
    const dialog = await screen.findByRole("dialog");
    expect((within(dialog).getByRole("radio", { name: "An empty line to write it on by hand" }) as HTMLInputElement).checked).toBe(true);
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Print" }));
    await waitFor(() => {
      expect(printPage).toHaveBeenCalledTimes(1);
    });
    const sheet = document.querySelector("[data-print-sheet]");
    expect(sheet?.textContent).toContain("admin@tischlereibrandt.onmicrosoft.com");
    expect(sheet?.textContent).toContain("Your Microsoft account");
    expect(beginReveal).not.toHaveBeenCalled();
  });

  it("leaves printing the password to the protected window", async () => {
    const printPage = vi.fn<Commands["printPage"]>().mockResolvedValue(null);
    const beginReveal = vi.fn<Commands["beginReveal"]>().mockResolvedValue(null);
    const { host } = hostWith(view("sealed"), { printPage, beginReveal });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    await user.click(await screen.findByRole("button", { name: "Print hand-over sheet" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("radio", { name: "Printed on the sheet" }));
    await user.click(within(dialog).getByRole("button", { name: "Open the window" }));
    expect(beginReveal).toHaveBeenCalledWith("o1");
    expect(printPage).not.toHaveBeenCalled();
  });

  it("leads to a new password afterwards: who may, where, and a mail to the reseller in its language", async () => {
    const openResetMail = vi.fn<Commands["openResetMail"]>().mockResolvedValue({ opened: true, to: "", subject: "", body: "" });
    const { host } = hostWith(view("destroyed"), { openResetMail });
    const user = userEvent.setup();
    showPage("/confirmation/o1", { host });
    expect(await screen.findByRole("heading", { name: "Who can set a new password" })).toBeDefined();
    expect(screen.getAllByText(/Privileged Authentication Administrator/u).length).toBe(2);
    expect(screen.getByText("https://partner.microsoft.com/dashboard")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Ask the reseller by email" }));
    expect(openResetMail).toHaveBeenCalledWith("o1", "de");
  });
});

describe.each(["en", "de"] as const)("without a finding of axe in %s", (language) => {
  const offline = view("not_yet", { offline: true, journey: [line("create_customer", "waiting"), line("record_agreement", "waiting"), line("place_order", "waiting")] });
  const held = view("sealed", { journey: [line("create_customer", "done"), line("place_order", "on_hold", { operation: OPERATION })] });
  it.each([
    ["done", view("sealed")],
    ["on hold", held],
    ["offline", offline],
    ["destroyed", view("destroyed")],
    ["unavailable", view("unavailable")],
    ["an added subscription", view("sealed", { purpose: "add_subscription", setupInfo: null })],
  ])("%s", async (_name, shown) => {
    const { host } = hostWith(shown);
    showPage("/confirmation/o1", { host, language });
    await screen.findByRole("heading", { level: 1 });
    expect(await findings()).toEqual([]);
  });

  it.each([true, false])("in a session says what it waits for, offline or not", async (isOffline) => {
    const operation = { ...OPERATION, hold: "session_not_released" as const };
    const journey = [line("create_customer", "on_hold", { operation }), line("record_agreement", "waiting"), line("place_order", "waiting")];
    const { host } = hostWith(view("not_yet", { offline: isOffline, journey }));
    showPage("/confirmation/o1", { host, language });
    const words = language === "de" ? "Gespeichert. Es wird gesendet, sobald die Sitzung freigegeben ist" : "Saved. It will be sent when the session is released";
    expect(await screen.findByRole("heading", { name: words })).toBeDefined();
  });

  it("offline says that it is saved", async () => {
    const { host } = hostWith(offline);
    showPage("/confirmation/o1", { host, language });
    const saved = language === "de" ? "Gespeichert. Es wird gesendet, sobald Sie online sind" : "Saved. It will be sent when you are online";
    expect(await screen.findByRole("heading", { name: saved })).toBeDefined();
    expect(screen.queryByRole("complementary")).toBeNull();
  });
});
