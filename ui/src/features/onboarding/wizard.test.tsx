// The wizard as a person meets it: typing, errors, steps, Submit, Cancel; by keyboard, in both languages, without a
// finding of axe.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import { CommandError, type Commands, type DraftView, type Host, type SaveDraftRequest, type SavedDraft } from "@/shared/ipc";
import { withCustomer } from "./draft/FormContext";
import { fakeHost, showPage } from "./testkit";

/** Rust's side, as small as it can be: it finds a missing name and a wrong postal code. */
function problemsOf(content: SaveDraftRequest["content"]) {
  const problems = [];
  if (content.customer.companyName === "") problems.push({ field: "customer.companyName", key: "required", expected: "" });
  if (content.customer.postalCode === "80765") problems.push({ field: "customer.postalCode", key: "postalCodeWriteAs", expected: "80-765" });
  return problems;
}

async function begin(change: (commands: Commands) => Partial<Commands> = () => ({})): Promise<{ host: Host; draft: DraftView; saves: SaveDraftRequest[] }> {
  const saves: SaveDraftRequest[] = [];
  const host = fakeHost((commands) => ({
    getDraft: async (id) => {
      const view = structuredClone(await commands.getDraft(id));
      view.check.problems = problemsOf(view.content);
      return view;
    },
    saveDraft: async (request): Promise<SavedDraft> => {
      // Not always the last: a draft of an earlier test, whose disk was full, is tried again by itself.
      saves.push(request);
      const answer = structuredClone(await commands.saveDraft(request));
      answer.check.problems = problemsOf(answer.content);
      return answer;
    },
    ...change(commands),
  }));
  const resellers = await host.commands.listResellers({ search: "", partnership: ["active"], sort: "name", descending: false });
  const reseller = resellers.rows.find((row) => row.takesCustomers);
  if (reseller === undefined) throw new Error("the sample book has an active reseller");
  const draft = await host.commands.startCustomerDraft(reseller.id);
  return { host, draft, saves };
}

/** A form that is filled in, at a step. */
async function filled(host: Host, draft: DraftView, step: "customer" | "subscriptions" | "review", lines: SaveDraftRequest["content"]["lines"] = []): Promise<void> {
  const content = withCustomer(draft.content, {
    companyName: "Zielony Port Sp. z o.o.",
    country: "PL",
    domainPrefix: "zielonyport",
    domainPrefixTouched: true,
    addressLine1: "ul. Długie Ogrody 14",
    postalCode: "80-765",
    city: "Gdańsk",
    firstName: "Agnieszka",
    lastName: "Wróbel",
    email: "a.wrobel@zielonyport.example",
    language: "pl",
    culture: "pl-PL",
    signerFirstName: "Marek",
    signerLastName: "Zieliński",
    signerEmail: "m.zielinski@zielonyport.example",
  });
  await host.commands.saveDraft({ id: draft.id, revision: draft.revision, step, focus: "", content: { ...content, lines } });
}

async function firstLine(host: Host) {
  const catalogue = await host.commands.catalogue("PL", "commercial");
  const base = catalogue.offers.find((offer) => offer.addons.length > 0 && offer.plans.some((plan) => plan.cycle === "monthly"));
  const plan = base?.plans.find((each) => each.term === "P1Y") ?? base?.plans[0];
  if (base === undefined || plan === undefined) throw new Error("the sample catalogue has a product with add-ons");
  const line = { line: 1, productId: base.productId, skuId: base.skuId, term: plan.term, cycle: plan.cycle, quantity: 18, baseLine: null, customEnd: null };
  return { base, line };
}

async function findings(): Promise<string[]> {
  // Colours are looked at in the real window; jsdom paints nothing.
  const result = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ").slice(0, 400)}`);
}

describe("step 1", () => {
  it("saves what is typed, and keeps the place of the focus", async () => {
    const { host, draft, saves } = await begin();
    const user = userEvent.setup();
    showPage(`/draft/${draft.id}`, { host });
    const name = await screen.findByRole("textbox", { name: "Company name" });
    await waitFor(() => {
      expect(document.activeElement, "a new draft begins at the name").toBe(name);
    });
    await user.type(name, "Nordlicht GmbH");
    await waitFor(() => {
      expect(saves.some((one) => one.focus === "customer.companyName" && one.content.customer.companyName === "Nordlicht GmbH")).toBe(true);
    });
    expect(await screen.findByText(/^Draft saved \d\d:\d\d$/u)).toBeDefined();
  });

  it("opens again at the field where it was left", async () => {
    const { host, draft } = await begin();
    await host.commands.saveDraft({ id: draft.id, revision: draft.revision, step: "customer", focus: "customer.signerEmail", content: withCustomer(draft.content, { companyName: "A", country: "DE" }) });
    showPage(`/draft/${draft.id}`, { host });
    await waitFor(() => {
      expect((document.activeElement as HTMLElement | null)?.dataset.field).toBe("customer.signerEmail");
    });
  });

  it("says an error at its field once that is left, and not before", async () => {
    const { host, draft } = await begin();
    const user = userEvent.setup();
    await filled(host, draft, "customer");
    showPage(`/draft/${draft.id}`, { host });
    const code = await screen.findByRole("textbox", { name: "Postal code" });
    await user.clear(code);
    await user.type(code, "80765");
    await waitFor(() => {
      expect(screen.queryByText("Write it as 80-765")).toBeNull();
    });
    await user.tab();
    expect(await screen.findByText("Write it as 80-765")).toBeDefined();
  });

  it("sums up all problems on Next, with the focus on the first", async () => {
    const { host, draft } = await begin();
    const user = userEvent.setup();
    showPage(`/draft/${draft.id}`, { host });
    await user.click(await screen.findByRole("button", { name: "Next: Subscriptions" }));
    const summary = await screen.findByTestId("error-summary");
    expect(summary.getAttribute("role")).toBe("alert");
    await waitFor(() => {
      expect((document.activeElement as HTMLElement | null)?.dataset.field).toBe("customer.companyName");
    });
    within(summary).getByRole("button", { name: "Company name" }).click();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("New customer");
  });

  it("tells the contact's fields from the signer's by their group", async () => {
    const { host, draft } = await begin();
    showPage(`/draft/${draft.id}`, { host, language: "de" });
    const contact = await screen.findByRole("group", { name: "Kontakt" });
    const signer = screen.getByRole("group", { name: "Microsoft-Kundenvereinbarung" });
    for (const name of ["Vorname", "Nachname", "E-Mail", "Telefon"]) {
      expect(within(contact).getAllByRole("textbox", { name }).length).toBe(1);
      expect(within(signer).getAllByRole("textbox", { name }).length).toBe(1);
    }
  });

  it("says when the disk is full and keeps what was typed", async () => {
    const { host, draft } = await begin(() => ({
      saveDraft: () => Promise.reject(new CommandError({ code: "disk_full", fields: [] })),
    }));
    const user = userEvent.setup();
    showPage(`/draft/${draft.id}`, { host });
    await user.type(await screen.findByRole("textbox", { name: "Company name" }), "Nordlicht");
    expect((await screen.findByText(/the disk is full/u)).textContent).toContain("Not saved");
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Company name" }).value).toBe("Nordlicht");
  });
});

describe("Next", () => {
  it("ignores the second click of a double click that lands on the next step", async () => {
    const { host, draft } = await begin();
    await filled(host, draft, "customer");
    showPage(`/draft/${draft.id}`, { host });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Next: Subscriptions" }));
    await screen.findByRole("heading", { name: "New subscription" });
    fireEvent.click(screen.getByRole("button", { name: "Next: Review" }), { detail: 2 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(screen.getByRole("heading", { name: "New subscription" })).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Next: Review" }), { detail: 1 });
    expect(await screen.findByRole("heading", { name: "Review" })).toBeDefined();
  });
});

describe("step 2", () => {
  it("adds a product, takes its licences, and totals what Rust says", async () => {
    const { host, draft, saves } = await begin();
    const user = userEvent.setup();
    await filled(host, draft, "subscriptions");
    showPage(`/draft/${draft.id}`, { host });
    const add = (await screen.findAllByRole("button", { name: /^Add / }))[0];
    if (add === undefined) throw new Error("the first tab has a product");
    const title = (add.getAttribute("aria-label") ?? "").replace("Add ", "");
    await user.click(add);
    const card = await screen.findByRole("region", { name: title });
    const licences = within(card).getByRole("spinbutton", { name: "Licences" });
    await waitFor(() => {
      expect(document.activeElement, "the focus goes on where one goes on").toBe(licences);
    });
    await user.clear(licences);
    await user.type(licences, "18");
    await waitFor(() => {
      expect(saves.some((one) => one.content.lines[0]?.quantity === 18)).toBe(true);
    });
    const panel = screen.getByRole("complementary", { name: "Order" });
    expect(await within(panel).findByText(/^18 licences ×/u)).toBeDefined();
    await user.click(within(card).getByRole("button", { name: `Remove ${title} from the order` }));
    await waitFor(() => {
      expect(saves.at(-1)?.content.lines).toEqual([]);
    });
  });

  it.each([["3.7", 0], ["zwölf", 0], ["", 0], ["99999999", 99_999_999]])("keeps what was typed as licences, wrong as it is, also to the next step and back: “%s”", async (typed, counted) => {
    const { host, draft, saves } = await begin();
    const user = userEvent.setup();
    await filled(host, draft, "subscriptions");
    showPage(`/draft/${draft.id}`, { host });
    const add = (await screen.findAllByRole("button", { name: /^Add / }))[0];
    if (add === undefined) throw new Error("the first tab has a product");
    await user.click(add);
    const licences = await screen.findByRole<HTMLInputElement>("spinbutton", { name: "Licences" });
    await user.clear(licences);
    if (typed !== "") await user.type(licences, typed);
    await user.tab();
    expect(licences.value).toBe(typed);
    await waitFor(() => {
      expect(saves.some((one) => one.content.lines[0]?.quantity === counted)).toBe(true);
    });
    // Away and back: nothing was put right behind the person's back.
    await user.click(screen.getByRole("button", { name: "New customer" }));
    await screen.findByRole("textbox", { name: "City" });
    await user.click(screen.getByRole("button", { name: "Next: Subscriptions" }));
    expect((await screen.findByRole<HTMLInputElement>("spinbutton", { name: "Licences" })).value).toBe(typed);
  });

  it("leads from a problem of a line to its card, and lets a product go that is gone", async () => {
    const { host, draft, saves } = await begin((commands) => ({
      saveDraft: async (request) => {
        saves.push(request);
        const answer = structuredClone(await commands.saveDraft(request));
        answer.check.problems = request.content.lines.map(({ line }) => ({ field: `lines.${String(line)}.sku`, key: "productGone", expected: "" }));
        return answer;
      },
    }));
    const user = userEvent.setup();
    const { base, line } = await firstLine(host);
    await filled(host, draft, "subscriptions", [line]);
    showPage(`/draft/${draft.id}`, { host });
    await user.selectOptions(await screen.findByRole("combobox", { name: "Reseller of record (incentives)" }), "None");
    await user.click(await screen.findByRole("button", { name: "Next: Review" }));
    const card = await screen.findByRole("region", { name: base.title });
    await waitFor(() => {
      expect(card.contains(document.activeElement), "the card of the line has the focus").toBe(true);
    });
    expect(within(card).getByText(/no longer in the catalogue/u)).toBeDefined();
    const panel = screen.getByRole("complementary", { name: "Order" });
    await user.click(within(panel).getByRole("button", { name: `Remove ${base.title} from the order` }));
    expect(await within(panel).findByText(/Nothing in the order yet/u)).toBeDefined();
  });

  it("says that without a reseller of record no incentive is earned", async () => {
    const { host, draft } = await begin();
    const user = userEvent.setup();
    await filled(host, draft, "subscriptions");
    showPage(`/draft/${draft.id}`, { host });
    await user.selectOptions(await screen.findByRole("combobox", { name: "Reseller of record (incentives)" }), "None");
    expect(await screen.findByText("Without a reseller of record no incentive is earned.")).toBeDefined();
  });

  it("goes back by its stepper without losing anything", async () => {
    const { host, draft } = await begin();
    const user = userEvent.setup();
    await filled(host, draft, "subscriptions");
    showPage(`/draft/${draft.id}`, { host });
    await user.click(await screen.findByRole("button", { name: "New customer" }));
    expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "City" })).value).toBe("Gdańsk");
    expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
  });
});

describe("step 3", () => {
  it("sends what was reviewed, once, however often it is pressed", async () => {
    const submit = vi.fn<Commands["submitDraft"]>();
    const { host, draft } = await begin((commands) => {
      submit.mockImplementation(commands.submitDraft);
      return { submitDraft: submit };
    });
    const user = userEvent.setup();
    const { line } = await firstLine(host);
    await filled(host, draft, "review", [line]);
    showPage(`/draft/${draft.id}`, { host });
    const button = await screen.findByRole("button", { name: "Submit" });
    await screen.findByRole("heading", { name: "People" });
    const { hash } = await host.commands.reviewDraft(draft.id);
    await user.dblClick(button);
    expect(await screen.findByRole("heading", { level: 1, name: "Confirmation" })).toBeDefined();
    expect(submit.mock.calls).toEqual([[draft.id, hash, []]]);
  });

  it("says so when it has changed meanwhile", async () => {
    const submit = vi.fn<Commands["submitDraft"]>().mockRejectedValue(new CommandError({ code: "review_changed", fields: [] }));
    const { host, draft } = await begin(() => ({ submitDraft: submit }));
    const user = userEvent.setup();
    await filled(host, draft, "review");
    showPage(`/draft/${draft.id}`, { host });
    await screen.findByRole("heading", { name: "People" });
    await screen.findByRole("button", { name: "Submit" });
    const primary = document.querySelectorAll<HTMLElement>("[data-primary]");
    expect(primary.length, "Ctrl/Cmd+Enter, which the frame listens for, has one act to do").toBe(1);
    await user.click(primary[0] as HTMLElement);
    expect((await screen.findByText(/Something has changed since you reviewed it/u)).closest('[role="alert"]')).not.toBeNull();
    expect(submit).toHaveBeenCalledTimes(1);
  });

  it("leads back to the step of a block", async () => {
    const { host, draft } = await begin();
    const user = userEvent.setup();
    await filled(host, draft, "review");
    showPage(`/draft/${draft.id}`, { host });
    await user.click(await screen.findByRole("button", { name: "Edit Order" }));
    expect(await screen.findByRole("searchbox")).toBeDefined();
  });
});

describe("Cancel", () => {
  it("asks one question, gives the focus back, and discards the whole on yes", async () => {
    const discard = vi.fn<Commands["discardDraft"]>();
    const { host, draft } = await begin((commands) => {
      discard.mockImplementation(commands.discardDraft);
      return { discardDraft: discard };
    });
    const user = userEvent.setup();
    await filled(host, draft, "review");
    showPage(`/draft/${draft.id}`, { host });
    const cancel = await screen.findByRole("button", { name: "Cancel" });
    await user.click(cancel);
    const dialog = await screen.findByRole("alertdialog", { hidden: true });
    expect(await findings()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Keep working", hidden: true }));
    await waitFor(() => {
      expect(screen.queryByRole("alertdialog", { hidden: true })).toBeNull();
    });
    expect(discard).not.toHaveBeenCalled();
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    await user.click(await screen.findByRole("button", { name: "Discard", hidden: true }));
    expect(await screen.findByTestId("elsewhere")).toBeDefined();
    expect(discard).toHaveBeenCalledWith(draft.id);
  });
});

describe("Add subscription", () => {
  it("begins with the catalogue and has three steps", async () => {
    const { host } = await begin();
    const customers = await host.commands.listCustomers({ search: "", resellerIds: [], countries: [], states: [], renewsIn: "", sort: "name", descending: false, after: "", limit: 5 });
    const draft = await host.commands.startSubscriptionDraft(customers.rows[0]?.id ?? "");
    showPage(`/draft/${draft.id}`, { host });
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("New subscription");
    expect(within(screen.getByRole("navigation", { name: "Steps" })).getAllByRole("listitem").length).toBe(3);
    expect(screen.queryByRole("button", { name: "Back" })).toBeNull();
  });
});

describe.each(["en", "de"] as const)("without a finding of axe in %s", (language) => {
  it.each(["customer", "subscriptions", "review"] as const)("step %s", async (step) => {
    const { host, draft } = await begin();
    const { base, line } = await firstLine(host);
    await filled(host, draft, step, [line]);
    showPage(`/draft/${draft.id}`, { host, language });
    await screen.findByRole("heading", { level: 1 });
    if (step === "subscriptions") {
      await userEvent.setup().click(await screen.findByRole("button", { name: base.title }));
      await screen.findByRole("region", { name: base.title });
    }
    await act(() => new Promise((done) => setTimeout(done, 50)));
    expect(await findings()).toEqual([]);
  });
});
