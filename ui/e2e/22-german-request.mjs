// A request in German by keyboard alone, on a machine without a mail program; then another template in Settings.
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, expectSame, pause, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { mailsOpened } from "./lib/world.mjs";

/** English words that no German sentence holds. */
const english = /\b(the|your|with|from|are|has|and|of|this|customers?|settings|cancel|back|next|waiting|subject)\b/i;

export default {
  title: "a request in German by keyboard alone, without a mail program",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    const person = new Person(driver, "de");
    const { words: w } = person;
    await driver.find("button", w.tryItOut, { timeout: 20_000 });
    // Nobody opens mails here: neither the journey's program nor one that happens to be installed.
    const nothing = path.join(driver.world.root, "no-programs");
    mkdirSync(nothing);
    for (const shared of ["glib-2.0", "icons", "fonts", "mime"]) {
      if (existsSync(`/usr/share/${shared}`)) symlinkSync(`/usr/share/${shared}`, path.join(nothing, shared));
    }
    rmSync(path.join(driver.world.env.XDG_DATA_HOME, "applications"), { recursive: true });
    rmSync(path.join(driver.world.env.XDG_CONFIG_HOME, "mimeapps.list"));
    driver.world.env.XDG_DATA_DIRS = nothing;
    await driver.restart();
    await tabTo(driver, "button", w.tryItOut);
    await driver.press("Enter");
    await driver.find("heading", w.nav.home, { timeout: 20_000 });

    await driver.press("Control+2");
    await driver.find("heading", w.nav.resellers);
    await tabTo(driver, "button", "Partnerschaft anfordern");
    await driver.press("Enter");
    await driver.find("heading", "Zuerst Ihr personalisierter Link");
    await check(driver, "the draft without a link");
    await tabTo(driver, "button", "Übungslink verwenden");
    await driver.press("Enter");
    await driver.sees("Ein Link für Vertriebspartner, bei partner.microsoft.com");
    await tabTo(driver, "button", "Link behalten");
    await driver.press("Enter");
    await driver.gone("button", "Link behalten");

    await type(driver, "Firma", "Bjørnstad Nettverk AS");
    await type(driver, "Ansprechpartner", "Ståle Bjørnstad");
    await tabTo(driver, "combobox", "Land");
    await driver.keys("Norwegen");
    await waitFor("the country to be chosen", () => driver.session.run("function () { return document.activeElement.value === 'NO' }"));
    await type(driver, "An", "stale@bjornstad.example");

    // Backspace before the first letter behind the link takes the link away; the way back has the focus.
    await tabTo(driver, "textbox", "Text nach dem Link");
    await driver.session.run("function () { document.activeElement.setSelectionRange(0, 0) }");
    await driver.press("Backspace");
    await driver.sees("Der personalisierte Link fehlt.");
    await waitFor("the focus on the way back", async () => (await driver.focused()).name === "Link wieder einsetzen");
    await check(driver, "the draft without its link");
    await driver.press("Enter");
    await driver.gone("button", "Link wieder einsetzen");
    await waitFor("the focus behind the link", async () => (await driver.focused()).name === "Text nach dem Link");
    await pause(500);
    await driver.sees("Entwurf gespeichert");
    await check(driver, "the complete draft");

    await driver.press("Control+Enter");
    await driver.sees("Kein E-Mail-Programm hat die Nachricht angenommen.");
    await check(driver, "without a mail program");
    expectSame(mailsOpened(driver.world), [], "mails opened");
    expect(!(await driver.text()).includes("geöffnet "), "what nobody took is noted as opened");
    await tabTo(driver, "button", "In Zwischenablage kopieren");
    await driver.press("Enter");
    await driver.sees("Der Text ist in der Zwischenablage.");
    await tabTo(driver, "button", "Fertig");
    await driver.press("Enter");
    await driver.find("heading", w.nav.resellers);
    await driver.find("button", "Erinnern");
    await driver.sees("Angefordert");

    // Another template: refused without its link, shown before it is kept, followed by the next draft, and reset.
    await driver.press("Control+6");
    await driver.find("heading", "Einladungslinks und Vorlagen");
    await driver.fill("Betreff der Vorlage", "Zusammenarbeit mit {provider}");
    const text = await driver.find("textbox", "Text der Vorlage");
    const original = await driver.valueOf(text);
    await put(driver, text, original.replace("{link}", ""));
    await driver.sees("Ohne ihn kann niemand annehmen.");
    const keep = await driver.find("button", "Vorlage behalten");
    expect((await driver.attribute(keep, "aria-disabled")) === "true", "a template without its link can be kept");
    await put(driver, text, original);
    await driver.sees("Zusammenarbeit mit Nordhafen Distribution GmbH");
    await driver.click("button", "Vorlage behalten");
    await driver.sees("von Ihnen geändert");
    await driver.press("Control+2");
    await driver.find("heading", w.nav.resellers);
    await driver.click("button", "Partnerschaft anfordern");
    await waitFor("the template in the draft", async () => (await driver.valueOf(await driver.find("textbox", "Betreff"))) === "Zusammenarbeit mit Nordhafen Distribution GmbH");
    await driver.press("Control+6");
    await driver.click("button", "Auf das Original zurücksetzen");
    await driver.sees("wie mitgeliefert");
    expectSame(await driver.valueOf(await driver.find("textbox", "Betreff der Vorlage")), "Partnerschaftsanfrage von {provider}", "the original");
  },
};

/** In German, and without a violation of axe. */
async function check(driver, where) {
  await driver.settled();
  expectSame(await driver.axe(), [], `axe, ${where}`);
  const text = await driver.session.run(`function () {
    const copy = document.querySelector("main").cloneNode(true);
    for (const foreign of copy.querySelectorAll("option, textarea, [lang='en'], [data-link-piece]")) foreign.remove();
    return [copy.innerText ?? copy.textContent, ...[...copy.querySelectorAll("[aria-label], [placeholder], [title]")].flatMap((e) => [e.getAttribute("aria-label"), e.getAttribute("placeholder"), e.getAttribute("title")])].filter(Boolean).join("\\n");
  }`);
  const line = text.split("\n").find((each) => english.test(each));
  expect(line === undefined, `${where} says in English: ${line}`);
}

async function tabTo(driver, role, name, presses = 90) {
  const passed = [];
  for (let press = 0; press < presses; press += 1) {
    const focused = await driver.focused();
    if (focused.role === role && focused.name.replace(/\s*\*$/, "") === name) return;
    passed.push(`${focused.role} "${focused.name}"`);
    await driver.press("Tab");
  }
  throw new Error(`Tab does not lead to ${role} ${name}; it led through ${passed.join(", ")}`);
}

async function type(driver, name, text) {
  await tabTo(driver, "textbox", name);
  await driver.press("Control+A");
  await driver.keys(text);
}

async function put(driver, field, text) {
  await driver.session.run(
    `function (e, text) {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(e, text);
      e.dispatchEvent(new Event("input", { bubbles: true }));
    }`,
    field,
    text,
  );
}
