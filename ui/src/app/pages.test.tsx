// Every page in both languages, in its four states, without a violation of axe.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

const PAGES = [
  { route: "/home", en: "Home", de: "Start" },
  { route: "/resellers", en: "Indirect resellers", de: "Indirekte Vertriebspartner" },
  { route: "/customers", en: "Customers", de: "Kunden" },
  { route: "/outbox", en: "Outbox", de: "Ausgang" },
  { route: "/catalogue", en: "Catalogue", de: "Katalog" },
  { route: "/settings", en: "Settings", de: "Einstellungen" },
];

describe.each(["en", "de"] as const)("pages in %s", (language) => {
  it.each(PAGES)("shows $route and its place in the rail", async (page) => {
    openWindow(page.route, { language });
    await headed(page[language]);
    const link = await screen.findByRole("link", { name: page[language] });
    expect(link.getAttribute("aria-current")).toBe("page");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expectAccessible();
  });

  it.each(PAGES.filter((page) => page.route !== "/settings"))("shows $route with an empty book", async (page) => {
    openWindow(page.route, { language, empty: true });
    await headed(page[language]);
    await waitFor(() => {
      expect(document.querySelector("h2")).not.toBeNull();
    });
    await expectAccessible();
  });

  it("shows the first start, and the way to a live workspace", async () => {
    const { user } = openWindow("/", { language, start: "first_start" });
    await headed(language === "en" ? "Welcome to Channelbook" : "Willkommen bei Channelbook");
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: language === "en" ? "Connect to Partner Center" : "Mit Partner Center verbinden" }));
    await headed(language === "en" ? "Connect to Partner Center" : "Mit Partner Center verbinden");
    await user.click(await screen.findByRole("button", { name: language === "en" ? "Sign in in the browser" : "Im Browser anmelden" }));
    expect(await screen.findByText(language === "en" ? "Fill this in." : "Füllen Sie dieses Feld aus.")).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: language === "en" ? "Back" : "Zurück" }));
    await headed(language === "en" ? "Welcome to Channelbook" : "Willkommen bei Channelbook");
  });

  it("opens a reseller, a customer and an operation", async () => {
    const { user } = openWindow("/resellers", { language });
    await user.click(await screen.findByText("Hansen IT GmbH"));
    expect(await screen.findByRole("button", { name: language === "en" ? "Add new customer" : "Neuen Kunden hinzufügen" })).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole("link", { name: language === "en" ? "Customers" : "Kunden" }));
    await user.click(await screen.findByText("Bergmann Optik GmbH"));
    expect(await screen.findByRole("button", { name: language === "en" ? "Add subscription" : "Abonnement hinzufügen" })).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole("link", { name: language === "en" ? "Outbox" : "Ausgang" }));
    await user.click(await screen.findByRole("button", { name: language === "en" ? /Create customer.*postal code/ : /Kunden anlegen.*Postleitzahl/ }));
    const panel = await screen.findByRole("complementary");
    expect(await within(panel).findByRole("button", { name: language === "en" ? "Mend" : "Berichtigen" })).toBeTruthy();
    await expectAccessible();
  });
});

describe("start problems", () => {
  const problems = ["key_missing", "wrong_key", "corrupt", "locked", "disk_full", "read_only", "newer_schema", "keychain_missing", "unsafe_folder", "other"];
  it.each(problems)("has a page for %s with a way out", async (start) => {
    openWindow("/", { start });
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
    expect(screen.getAllByRole("listitem")).toHaveLength(2);
    await expectAccessible();
  });
});

describe("a slow keychain", () => {
  it.each(["en", "de"] as const)("is said to be what the book waits for (%s)", async (language) => {
    openWindow("/", { start: "waiting", language });
    expect(await screen.findByRole("status", { name: language === "en" ? "Waiting for this computer's keychain" : "Der Schlüsselbund dieses Rechners wird erwartet" })).toBeTruthy();
    await expectAccessible();
  });
});

describe("errors and loading", () => {
  it.each([
    ["/home", "home"],
    ["/resellers", "listResellers"],
    ["/customers", "listCustomers"],
    ["/outbox", "listOperations"],
    ["/catalogue", "catalogue"],
  ] as const)("says why %s could not be read, and offers it again", async (route, command) => {
    openWindow(route, { failing: [command] });
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
    expect(screen.getByText("This could not be read")).toBeTruthy();
    await expectAccessible();
  });

  it("shows skeleton rows only after a while", async () => {
    openWindow("/resellers", { hanging: ["listResellers"] });
    await headed("Indirect resellers");
    expect(screen.queryByLabelText("Loading")).toBeNull();
    expect(await screen.findByLabelText("Loading")).toBeTruthy();
    await expectAccessible();
  });
});
