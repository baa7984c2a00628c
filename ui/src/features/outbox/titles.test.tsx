// Products that a change names by their key are told by their titles, in both languages.
import { render, screen } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it } from "vitest";
import { createI18n } from "@/shared/i18n";
import sharedDe from "@/shared/texts.de.json";
import sharedEn from "@/shared/texts.en.json";
import { Changes } from "./Changes";
import de from "./texts.de.json";
import en from "./texts.en.json";

const titles = [
  { key: "CFQ7TTC0LDPB:0001", title: "Exchange, Plan $& 1" },
  { key: "CFQ7TTC0LH16:0001", title: "Microsoft 365 Business Premium" },
  { key: "4800002", title: "Rheinblick Systemhaus" },
];
const changes = [
  { field: "nextTerm", before: "", after: "50 × CFQ7TTC0LDPB:0001, P1Y, monthly" },
  { field: "product", before: "CFQ7TTC0LH16:0001", after: "CFQ7TTC0UNKNOWN:0002" },
  { field: "supportContact", before: "unknown", after: "4800002" },
];

describe.each([
  ["en", "50 × Exchange, Plan $& 1, 1 year, monthly", "Not read before"],
  ["de", "50 × Exchange, Plan $& 1, 1 Jahr, monatlich", "Noch nicht gelesen"],
] as const)("titles in %s", (language, planned, contact) => {
  it("stand in place of keys; what has none stays as it is written", () => {
    const resources = { en: { outbox: en, shared: sharedEn }, de: { outbox: de, shared: sharedDe } };
    render(
      <I18nextProvider i18n={createI18n(resources, language)}>
        <Changes changes={changes} titles={titles} />
      </I18nextProvider>,
    );
    expect(document.body.textContent).not.toContain("LDPB");
    for (const value of [planned, "Microsoft 365 Business Premium", "CFQ7TTC0UNKNOWN:0002", "Rheinblick Systemhaus", contact]) expect(screen.getByText(value)).toBeTruthy();
  });
});
