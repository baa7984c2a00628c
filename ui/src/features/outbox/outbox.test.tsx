// The outbox as a person meets it: each thing that needs attention offers what leads on, and says why.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Host, ProfileView } from "@/shared/ipc";
import { expectAccessible, headed, openWindow } from "@/test/render";

const operation = (number: number) => `0192e000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const DIFFERENCE = operation(14);
const PRICE = operation(15);
const PARTIAL = operation(16);
const FOUND = operation(17);

async function openPanel(id: string, name: RegExp) {
  const opened = openWindow(`/outbox?operation=${id}`);
  return { ...opened, panel: await screen.findByRole("complementary", { name }) };
}

async function dialogTitled(title: RegExp | string): Promise<HTMLElement> {
  const dialog = await screen.findByRole("alertdialog");
  expect(within(dialog).getAllByText(title).length).toBeGreaterThan(0);
  dialog.removeAttribute("aria-hidden");
  return dialog;
}

describe("in a narrow window", () => {
  it("opens an operation in the list's place, and gives its row the focus back", async () => {
    const { user } = openWindow("/outbox");
    await headed("Outbox");
    const [row] = await waitFor(() => {
      const rows = [...document.querySelectorAll<HTMLElement>("[data-operation]")];
      expect(rows.length).toBeGreaterThan(0);
      return rows;
    });
    const id = row?.dataset.operation;
    row?.focus();
    await user.keyboard("{Enter}");
    const back = await screen.findByRole("button", { name: "Back to the outbox" });
    expect(screen.queryByRole("tablist")).toBeNull();
    expect(document.activeElement?.closest("aside")).not.toBeNull();
    await expectAccessible();
    await user.click(back);
    await screen.findByRole("tablist");
    expect((document.activeElement as HTMLElement | null)?.dataset.operation).toBe(id);
    // Escape is the same way back.
    await user.keyboard("{Enter}");
    await screen.findByRole("button", { name: "Back to the outbox" });
    await user.keyboard("{Escape}");
    await screen.findByRole("tablist");
    expect((document.activeElement as HTMLElement | null)?.dataset.operation).toBe(id);
  });
});

describe("what needs attention", () => {
  it("shows both prices before anything is approved again, and sends what was seen", async () => {
    const { user, host, panel } = await openPanel(PRICE, /Młyn/);
    const approve = vi.spyOn(host.commands, "approveOperationAgain");
    await within(panel).findByText("Approved and now");
    expect(panel.textContent).toMatch(/€4,860.00 approved, €5,346.00 now/);
    expect(panel.textContent).toMatch(/€5,580.00/);
    await user.click(within(panel).getByRole("button", { name: "Approve again" }));
    expect(approve).toHaveBeenCalledWith(PRICE, "seen");
    await expectAccessible();
  });

  it("keeps each line of a partial order apart and asks before the rest is left", async () => {
    const { user, host, panel } = await openPanel(PARTIAL, /Augen/);
    const giveUp = vi.spyOn(host.commands, "giveUpRest");
    const rest = vi.spyOn(host.commands, "orderRest");
    expect(within(panel).getByText("Ordered")).toBeTruthy();
    expect(within(panel).getByText("The number of licences is not accepted (code 800066)")).toBeTruthy();
    expect(within(panel).queryByRole("button", { name: "Cancel operation" })).toBeNull();
    await user.click(within(panel).getByRole("button", { name: "Leave the rest" }));
    const question = await dialogTitled(/./);
    await user.click(within(question).getByRole("button", { name: "Keep it" }));
    expect(giveUp).not.toHaveBeenCalled();
    const order = await within(panel).findByRole("button", { name: "Order the rest" });
    fireEvent.click(order);
    fireEvent.click(order);
    await waitFor(() => { expect(rest).toHaveBeenCalled(); });
    expect(rest).toHaveBeenCalledTimes(1);
    expect(rest).toHaveBeenCalledWith(PARTIAL, "seen");
  });

  it("links what was found, and quotes the correlation id of every attempt", async () => {
    const { user, host, panel } = await openPanel(FOUND, /Deichgraf/);
    const link = vi.spyOn(host.commands, "linkOperation");
    const copy = vi.spyOn(host.commands, "copyText");
    expect(within(panel).queryByRole("button", { name: "Send again" })).toBeNull();
    await user.click(within(panel).getByRole("button", { name: /^This is ours: Microsoft 365 Business Premium/ }));
    expect(link).toHaveBeenCalledWith(FOUND, "a3f19c2b7e50");
    await user.click(within(panel).getByRole("button", { name: "Copy: Correlation id of attempt 1" }));
    expect(copy).toHaveBeenCalledWith("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed");
  });

  it("warns of the very same lines, and asks before an order found is said to be not ours", async () => {
    const { user, host, panel } = await openPanel(FOUND, /Deichgraf/);
    const disown = vi.spyOn(host.commands, "disownOrder");
    expect(within(panel).getByText(/It has exactly the lines that you approved/)).toBeTruthy();
    await user.click(within(panel).getByRole("button", { name: /^Not ours: Microsoft 365 Business Premium/ }));
    const question = await dialogTitled("Is this order not yours?");
    expect(within(question).getByText(/Nothing is ordered by this/)).toBeTruthy();
    await user.click(within(question).getByRole("button", { name: "Go back" }));
    expect(disown).not.toHaveBeenCalled();
    // What is behind a question comes back once that has gone.
    await user.click(await within(panel).findByRole("button", { name: /^Not ours: Microsoft 365 Business Premium/ }));
    await user.click(within(await dialogTitled("Is this order not yours?")).getByRole("button", { name: "Not ours" }));
    expect(disown).toHaveBeenCalledWith(FOUND, "a3f19c2b7e50");
  });
});

describe("a difference", () => {
  async function openDifference() {
    const opened = await openPanel(DIFFERENCE, /Seehotel/);
    await opened.user.click(within(opened.panel).getByRole("button", { name: "Compare and decide" }));
    await waitFor(() => {
      expect(document.querySelector("h1")?.textContent).toMatch(/What is right for Seehotel/);
    });
    return opened;
  }

  it("shows three values with dates, decides nothing for the person, and sends the decision", async () => {
    const { user, host } = await openDifference();
    const resolve = vi.spyOn(host.commands, "resolveDifference");
    expect(screen.getAllByRole("columnheader")).toHaveLength(5);
    expect(screen.getByText("Changed on both sides")).toBeTruthy();
    const happens = () => within(screen.getByRole("list", { name: "What will happen" })).getAllByRole("listitem").map((one) => one.textContent);
    expect(happens()).toEqual(["Last name: still to be chosen", "Phone is sent to Partner Center as +49 431 555 019", "Address line 1 is taken into this book as Hafenstraße 7"]);
    await user.click(screen.getByRole("button", { name: "Save decision" }));
    expect(await screen.findByText("Decide on: Last name.")).toBeTruthy();
    expect(document.activeElement?.getAttribute("type")).toBe("radio");
    expect(resolve).not.toHaveBeenCalled();
    await user.click(screen.getByRole("radio", { name: "Last name, Partner Center: Neumann" }));
    expect(happens()[0]).toBe("Last name is taken into this book as Neumann");
    expect(screen.getByText("3 of 3 chosen")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Save decision" }));
    expect(resolve).toHaveBeenCalledWith(DIFFERENCE, [
      { field: "lastName", value: "Neumann" },
      { field: "phone", value: "+49 431 555 019" },
      { field: "addressLine1", value: "Hafenstraße 7" },
    ]);
    await headed("Outbox");
  });

  it("is accessible, and Escape leads back to the operation", async () => {
    const { user } = await openDifference();
    await expectAccessible();
    await user.keyboard("{Escape}");
    await headed("Outbox");
    expect(await screen.findByRole("complementary", { name: /Seehotel/ })).toBeTruthy();
  });

  it("takes all of one side with one press, and what is typed beside them", async () => {
    const { user, host } = await openDifference();
    const resolve = vi.spyOn(host.commands, "resolveDifference");
    await user.click(screen.getByRole("button", { name: "Take all mine" }));
    const other = screen.getByRole("textbox", { name: "Other value for Phone" });
    await user.clear(other);
    await user.type(other, "+49 1");
    await user.click(screen.getByRole("button", { name: "Save decision" }));
    expect(resolve.mock.calls[0]?.[1].map((one) => one.value)).toEqual(["Marxen-Lüders", "+49 1", "Strandweg 4"]);
  });

  it("that is settled meanwhile says so and leads back", async () => {
    const { user } = openWindow(`/outbox/difference/${PRICE}`);
    expect(await screen.findByText("Nothing to decide here")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Back to the outbox" }));
    await headed("Outbox");
  });
});

describe("editing a customer", () => {
  it("says at the field what is wrong, keeps what was typed, and leads to the outbox", async () => {
    const { user, host } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    const id = (await host.commands.listCustomers({ search: "augen", resellerIds: [], countries: [], states: [], renewsIn: "", sort: "name", descending: false, limit: 5, after: "" })).rows[0]?.id ?? "";
    window.location.hash = `#/customers/${id}/edit`;
    await headed("Edit customer");
    const city = await screen.findByRole("textbox", { name: "City" });
    const phone = screen.getByRole("textbox", { name: "Phone" });
    await user.clear(city);
    await user.clear(phone);
    await user.type(phone, "+49 431 1");
    await user.click(screen.getByRole("button", { name: "Submit" }));
    await waitFor(() => {
      expect(document.activeElement).toBe(city);
    });
    expect(city.getAttribute("aria-invalid")).toBe("true");
    expect((phone as HTMLInputElement).value).toBe("+49 431 1");
    await expectAccessible();
    await user.type(city, "Plön");
    await user.click(screen.getByRole("button", { name: "Submit" }));
    await headed("Outbox");
  });

  const rowAlone = (view: ProfileView, reading: boolean): ProfileView => ({
    ...view, known: false, whole: false, reading, readAt: null,
    fields: view.fields.map((one) => (one.field.startsWith("address") || one.field === "postalCode" ? { ...one, value: "" } : one)),
  });

  async function customerOf(host: Host): Promise<ProfileView> {
    const page = await host.commands.listCustomers({ search: "augen", resellerIds: [], countries: [], states: [], renewsIn: "", sort: "name", descending: false, limit: 5, after: "" });
    return host.commands.customerProfile(page.rows[0]?.id ?? "");
  }

  it("does not open half-filled: it waits for an address that is being read", async () => {
    const { host } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    const whole = await customerOf(host);
    let now = rowAlone(whole, true);
    vi.spyOn(host.commands, "customerProfile").mockImplementation(() => Promise.resolve(now));
    window.location.hash = `#/customers/${whole.customerId}/edit`;
    await screen.findByText(/is being read from Partner Center/);
    expect(screen.queryByRole("textbox", { name: "Last name" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Submit" })).toBeNull();
    await expectAccessible();
    now = whole;
    // Any write tells its topics; this one touches customers.
    await host.commands.changeCustomerProfile(whole.customerId, []);
    const line = await screen.findByRole("textbox", { name: "Address line 1" });
    expect((line as HTMLInputElement).value).toBe("Strandweg 4");
  });

  it("says offline that the address is not known, and sends nothing for a field that nobody knew or typed", async () => {
    const { user, host } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    const whole = await customerOf(host);
    vi.spyOn(host.commands, "customerProfile").mockResolvedValue(rowAlone(whole, false));
    const change = vi.spyOn(host.commands, "changeCustomerProfile");
    window.location.hash = `#/customers/${whole.customerId}/edit`;
    await screen.findByText(/does not know this customer's address yet/);
    await user.type(await screen.findByRole("textbox", { name: "Address line 1" }), "Strandweg 5");
    await user.click(screen.getByRole("button", { name: "Submit" }));
    await waitFor(() => { expect(change).toHaveBeenCalled(); });
    const told = change.mock.calls[0]?.[1].map((one) => one.field) ?? [];
    expect(told).toContain("addressLine1");
    expect(told).not.toContain("postalCode");
  });

  it("warns of a new review where the name or the address becomes another one, and nowhere else", async () => {
    const { user, host } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    const known = await customerOf(host);
    window.location.hash = `#/customers/${known.customerId}/edit`;
    const warned = () => document.querySelectorAll("[data-review]").length;
    const phone = await screen.findByRole("textbox", { name: "Phone" });
    expect(warned()).toBe(0);
    await user.type(phone, "7");
    await user.type(screen.getByRole("textbox", { name: "Last name" }), "-Lund");
    expect(warned()).toBe(0);
    const city = screen.getByRole("textbox", { name: "City" });
    await user.type(city, "x");
    expect(warned()).toBe(1);
    expect(screen.getByText(/can restart Microsoft's account review/).closest("fieldset")).toBe(city.closest("fieldset"));
    await expectAccessible();
    await user.type(city, "{Backspace} ");
    expect(warned()).toBe(0);
    await user.type(screen.getByRole("textbox", { name: "Company name" }), "x");
    expect(warned()).toBe(1);
  });

  it("warns of a new review by a change that waits, before anything is typed", async () => {
    const { host } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    const known = await customerOf(host);
    const waits = { ...known, operationId: "o", state: "waiting" as const, fields: known.fields.map((one) => (one.field === "city" ? { ...one, value: "Plön" } : one)) };
    vi.spyOn(host.commands, "customerProfile").mockResolvedValue(waits);
    window.location.hash = `#/customers/${known.customerId}/edit`;
    expect(await screen.findByText(/can restart Microsoft's account review/)).toBeTruthy();
  });

  it("lets the person type at once who does not want to wait", async () => {
    const { user, host } = openWindow("/customers");
    await screen.findByText("Augenzentrum Förde");
    const whole = await customerOf(host);
    vi.spyOn(host.commands, "customerProfile").mockResolvedValue(rowAlone(whole, true));
    window.location.hash = `#/customers/${whole.customerId}/edit`;
    await user.click(await screen.findByRole("button", { name: "Don't wait, type it in" }));
    await screen.findByRole("textbox", { name: "Address line 1" });
  });
});

describe("sessions", () => {
  it("have heads of their own, which lead to the review; narrowed down to one there is none", async () => {
    const { user } = openWindow("/outbox", { session: true });
    await headed("Outbox");
    const head = await screen.findByRole("heading", { name: "Partner day Kiel", level: 2 });
    expect(screen.getAllByRole("heading", { name: "Without a session", level: 2 })).not.toHaveLength(0);
    expect(head.parentElement?.textContent).toMatch(/7 operations/);
    const customer = screen.getByRole("heading", { name: "Tischlerei Brandt GmbH", level: 3 });
    expect(head.compareDocumentPosition(customer) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Review session: Partner day Kiel" }));
    await headed("Partner day Kiel");
    await user.click(screen.getByRole("button", { name: "Outbox" }));
    await headed("Outbox");
    await screen.findByRole("heading", { name: "Tischlerei Brandt GmbH", level: 2 });
    expect(screen.queryByRole("heading", { name: "Without a session" })).toBeNull();
  });
});
