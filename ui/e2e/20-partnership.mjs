// A partnership request: link pasted and checked, the mail to the letter, the link put back, states over a restart.
import { expect, expectSame, pause, waitFor } from "./lib/wait.mjs";
import { isFile, readLink, readMessage } from "./lib/mail.mjs";
import { Person } from "./lib/person.mjs";
import { mailsOpened } from "./lib/world.mjs";

const link = "https://partner.microsoft.com/commerce/invitations/7f3c?a=1&b=%C3%A4#oben";
const customerLink = "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=0b6f3c52-9a55-4b1e-8f0f-3f7f9b8f2a11&msppId=0&DAP=false#/BillingAccounts/partner-invitation";
const subject = `Partnerschaft & "Grüße" #1 für Öller + Söhne? 100 %`;
const before = `Guten Tag Frau Öller,\n\n„Äpfel & Birnen“ <b>kosten</b> 1 + 1 = 2 €; siehe #3?\n'Und so weiter'`;
const after = "Danke,\n\n\tIhr Ärger & Co. 😀";

export default {
  title: "a partnership request: the mail to the letter, never without its link, and what becomes of it",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await person.goTo("resellers");
    await driver.click("button", "Request a partnership");
    await driver.find("heading", "First, your personalised link");

    // The other kind is recognised and refused, and so is whatever does not lead to Microsoft.
    for (const [wrong, why] of [[customerLink, "This link invites customers, not resellers."], ["http://partner.microsoft.com/x", "must begin with https://"], ["https://partner.microsoft.com.evil.example/x", "must lead to Microsoft"]]) {
      await driver.fill("Link for resellers", wrong);
      await driver.sees(why);
    }
    await driver.fill("Link for resellers", link);
    await driver.sees("A link for resellers, at partner.microsoft.com");
    await driver.click("button", "Keep the link");
    await driver.gone("heading", "First, your personalised link");

    await driver.fill("Company", "Öller & Söhne IT");
    await driver.fill("Contact", "Kaja Öller");
    await driver.choose("Country", "Germany");
    await driver.fill("To", "kaja.oeller+it@oeller.example");
    await put(driver, "Subject", subject);
    await put(driver, "Text before the link", before);
    await put(driver, "Text after the link", after);
    const body = `${before}\n\n${link}\n\n${after}`;
    await saved(driver);

    // Without the link nothing leaves; one press puts it back where it stood.
    await driver.click("button", "Remove the link");
    await driver.sees("The personalised link is missing.");
    for (const name of ["Open in email", "Copy to clipboard"]) {
      const button = await driver.find("button", name);
      expect((await driver.attribute(button, "aria-disabled")) === "true", `${name} can be pressed without the link`);
    }
    await driver.press("Control+Enter");
    await pause(600);
    expectSame(mailsOpened(driver.world), [], "a mail left without its link");
    await driver.click("button", "Put the link back");
    await driver.gone("button", "Put the link back");
    await saved(driver);

    await driver.click("button", "Open in email");
    const first = await nextMail(driver, 0);
    expectSame(readLink(first), { to: "kaja.oeller+it@oeller.example", subject, body }, "the mail link");
    await driver.sees("the book notes it as opened");

    // Exactly as long as a link may be, then one character more.
    await put(driver, "Text after the link", `${after}${"x".repeat(1800 - first.length)}`);
    await saved(driver);
    await driver.click("button", "Open in email");
    const longest = await nextMail(driver, 1);
    expect(longest.length === 1800 && longest.startsWith("mailto:"), `the longest link has ${longest.length} characters`);
    const more = `${after}${"x".repeat(1801 - first.length)}`;
    await put(driver, "Text after the link", more);
    await driver.sees("It will open as an unsent message in a file.");
    await saved(driver);
    await driver.click("button", "Open in email");
    const file = await nextMail(driver, 2);
    expect(isFile(file) && file.endsWith(".eml"), `too long, and opened as ${file.slice(0, 60)}`);
    await driver.sees("Opened as an unsent message.");
    const message = readMessage(file);
    expectSame({ to: message.to, subject: message.subject, body: message.body }, { to: "kaja.oeller+it@oeller.example", subject, body: `${before}\n\n${link}\n\n${more}` }, "the unsent message");
    expect(message.headers["x-unsent"] === "1", "the message is no draft");

    // The copied text is the same.
    await driver.click("button", "Copy to clipboard");
    await driver.sees("The text is on the clipboard.");
    await driver.click("button", "Invite several");
    await driver.find("heading", "Invite several resellers");
    expectSame(await driver.paste("textbox", "List"), `${before}\n\n${link}\n\n${more}`, "the copied text");
    await driver.click("button", "Cancel");

    // It is a draft until Done, also over a restart; then it stands as requested.
    await person.goTo("resellers");
    await person.openRow(0, /Öller/);
    await driver.kill();
    await driver.start();
    await driver.find("link", person.words.nav.resellers, { timeout: 20_000 });
    await person.goTo("resellers");
    await openReseller(person);
    await driver.click("button", "Continue the draft");
    expectSame(await driver.valueOf(await driver.find("textbox", "Subject")), subject, "the subject after a restart");
    await driver.click("button", "Done");
    await driver.find("heading", person.words.nav.resellers);
    await driver.find("button", "Remind");
    await driver.sees("Requested");
    await driver.restart();
    await driver.find("link", person.words.nav.resellers, { timeout: 20_000 });
    await person.goTo("resellers");
    await openReseller(person);
    await driver.click("button", "Mark as sent");
    await driver.gone("button", "Mark as sent");

    // A reminder is a mail of its own; a no is recorded.
    await driver.click("button", "Remind");
    await driver.find("heading", "Remind of the partnership request");
    expect((await driver.valueOf(await driver.find("textbox", "Subject"))).startsWith("Reminder:"), "the reminder has another subject");
    await driver.click("button", "Done");
    await driver.find("heading", person.words.nav.resellers);
    await driver.click("button", "Declined");
    await driver.find("button", "Request again");
    expectSame(mailsOpened(driver.world).length, 3, "mails opened in all");
  },
};

async function openReseller(person) {
  await person.driver.fill("Search resellers", "oeller", { leave: false });
  await person.openRow(0, /Öller/);
}

async function nextMail(driver, index) {
  return waitFor("the mail program", () => mailsOpened(driver.world)[index]);
}

async function saved(driver) {
  await pause(350);
  await driver.sees("Draft saved");
}

/** Puts a text with line breaks into a field at once, as pasting does. */
async function put(driver, name, text) {
  const field = await driver.find("textbox", name);
  await driver.session.run(
    `function (e, text) {
      const kind = e.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
      e.focus();
      Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(e, text);
      e.dispatchEvent(new Event("input", { bubbles: true }));
    }`,
    field,
    text,
  );
}
