// The pages of a request over a fake book: the link that can't be left out, hand-over, lists, settings, and axe.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

const WORDS = {
  en: { request: "Request a partnership", remove: "Remove the link", back: "Put the link back", open: "Open in email", copy: "Copy to clipboard", done: "Done", missing: "The personalised link is missing.", first: "First, your personalised link", keep: "Keep the link", link: /^Link for resellers/, several: "Invite several", list: "List", queue: "Open one after another", next: "Open next in email" },
  de: { request: "Partnerschaft anfordern", remove: "Link entfernen", back: "Link wieder einsetzen", open: "In E-Mail öffnen", copy: "In Zwischenablage kopieren", done: "Fertig", missing: "Der personalisierte Link fehlt.", first: "Zuerst Ihr personalisierter Link", keep: "Link behalten", link: /^Link für Vertriebspartner/, several: "Mehrere einladen", list: "Liste", queue: "Nacheinander öffnen", next: "Nächste in E-Mail öffnen" },
};

async function begun(language: "en" | "de", options = {}) {
  const window_ = openWindow("/resellers", { language, ...options });
  const w = WORDS[language];
  await window_.user.click(await screen.findByRole("button", { name: w.request }));
  await headed(w.request);
  return { ...window_, w };
}

/** Pasted and not typed: each letter would draw the page anew. Places are found by their path, which is quick. */
async function fill(user: ReturnType<typeof openWindow>["user"]) {
  for (const [field, text] of [["form.company", "Fjordnet AS"], ["form.email", "ingrid@fjordnet.example"]] as const) {
    await user.click(await waitFor(() => place(field)));
    await user.paste(text);
  }
  await user.selectOptions(place("form.country"), "NO");
}

function place(field: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-field="${field}"]`);
  if (!found) throw new Error(`no field ${field}`);
  return found;
}

const greyed = (name: string) => screen.getByRole("button", { name }).getAttribute("aria-disabled");

describe.each(["en", "de"] as const)("a request in %s", (language) => {
  it("can't leave without its link, and gets it back with one press", async () => {
    const { user, w, host } = await begun(language);
    await fill(user);
    await waitFor(() => {
      expect(greyed(w.open)).not.toBe("true");
    });
    await user.click(screen.getByRole("button", { name: w.remove }));
    // Seen, and said.
    expect(await screen.findAllByText(w.missing)).toHaveLength(2);
    expect([greyed(w.open), greyed(w.copy)]).toEqual(["true", "true"]);
    const back = screen.getByRole("button", { name: w.back });
    expect(document.activeElement).toBe(back);
    await expectAccessible();
    await user.click(back);
    await waitFor(() => {
      expect(greyed(w.open)).not.toBe("true");
    });
    await user.click(screen.getByRole("button", { name: w.open }));
    await waitFor(() => {
      expect(document.querySelector('[data-handed="opened"]')).not.toBeNull();
    });
    await user.click(screen.getByRole("button", { name: w.done }));
    await headed(language === "en" ? "Indirect resellers" : "Indirekte Vertriebspartner");
    const listed = await host.commands.listResellers({ search: "Fjordnet AS", partnership: ["requested"], sort: "name", descending: false });
    expect(listed.rows.map((row) => row.name)).toContain("Fjordnet AS");
  });

  it("asks for the link where there is none, and refuses the other kind", async () => {
    const { user, w } = await begun(language, { withoutLink: true });
    expect(await screen.findByRole("heading", { name: w.first })).toBeTruthy();
    await expectAccessible();
    const field = screen.getByRole("textbox", { name: w.link });
    await user.click(field);
    await user.paste("https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=1");
    expect(await screen.findByText(language === "en" ? /This link invites customers/ : /Dieser Link lädt Kunden ein/)).toBeTruthy();
    expect(greyed(w.keep)).toBe("true");
    await user.clear(field);
    await user.paste("https://partner.microsoft.com/commerce/invitations/1");
    await waitFor(() => {
      expect(greyed(w.keep)).not.toBe("true");
    });
    await user.click(screen.getByRole("button", { name: w.keep }));
    await waitFor(() => {
      expect(screen.queryByRole("heading", { name: w.first })).toBeNull();
    });
  });

  it("tells when no mail program took it, and offers the text", async () => {
    const { user, w } = await begun(language, { noMailProgram: true });
    await fill(user);
    await waitFor(() => {
      expect(greyed(w.open)).not.toBe("true");
    });
    await user.click(screen.getByRole("button", { name: w.open }));
    await waitFor(() => {
      expect(document.querySelector('[data-handed="no_program"]')).not.toBeNull();
    });
    await expectAccessible();
  });

  it("shows every bad row of a list before anything is written, then opens one after another", async () => {
    const { user, w } = await begun(language);
    await user.click(await screen.findByRole("button", { name: w.several }));
    const field = await screen.findByRole("textbox", { name: w.list });
    await user.click(field);
    await user.paste("Company;Contact;E-mail;Country\nEins GmbH;Kaja;eins@b.example;DE\nZwei GmbH;;zwei;DE\nDrei GmbH;;drei@b.example;DE");
    const write = await screen.findByRole("button", { name: /^(Write 2 drafts|2 Entwürfe schreiben)$/ });
    expect(document.querySelectorAll("[data-bad-row]")).toHaveLength(1);
    await expectAccessible();
    await user.click(write);
    await headed(w.queue);
    await user.click(await screen.findByRole("button", { name: w.next }));
    await waitFor(() => {
      expect(document.querySelectorAll('[data-queue="opened"]')).toHaveLength(1);
    });
    await expectAccessible();
  });
});

describe("settings of invitations", () => {
  it("refuse a template without its link, and bring the original back", async () => {
    const { user } = openWindow("/settings");
    const section = await screen.findByRole("region", { name: "Invitation links and templates" });
    const body = await within(section).findByRole("textbox", { name: "Text of the template" });
    const original = (body as HTMLTextAreaElement).value;
    await user.clear(body);
    await user.type(body, "Nothing");
    expect(await within(section).findByText(/Without it nobody can accept/)).toBeTruthy();
    expect(within(section).getByRole("button", { name: "Keep the template" }).getAttribute("aria-disabled")).toBe("true");
    await user.click(within(section).getByRole("button", { name: "Reset to the original" }));
    expect((within(section).getByRole("textbox", { name: "Text of the template" }) as HTMLTextAreaElement).value).toBe(original);
    await expectAccessible();
  });
});
