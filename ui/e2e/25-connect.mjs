// An existing customer invited for a reseller and the provider: the mail that the program got equals the draft to the
// letter, the customer stands as requested, and is recognised when it accepts.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { Person } from "./lib/person.mjs";
import { mailsOpened } from "./lib/world.mjs";

const company = "Werft Holm & Söhne #1";
const address = "aenne@werft-holm.example";

export default {
  title: "an existing customer invited by mail and recognised when it accepts",
  async run({ open }) {
    const driver = await open();
    const person = new Person(driver);
    await person.tryItOut();
    await person.goTo("customers");
    await driver.click("button", "Connect with an existing customer");
    await driver.find("heading", "Connect with an existing customer");
    await driver.choose("Invited for", /Rheinblick/);
    await driver.fill("Company", company);
    await driver.fill("Contact", "Änne Holm");
    await driver.fill("Domain", "werftholm.onmicrosoft.com");
    await driver.fill("To", address);
    await driver.fill("Subject", "Partnerschaft: „Holm & Söhne“ #1?");
    expectSame(JSON.stringify(await driver.axe()), "[]", "violations that axe finds");
    await driver.click("button", "Open in email");
    const uri = await waitFor("the mail program to be asked", () => mailsOpened(driver.world)[0]);
    const mail = new URL(uri);
    expectSame(decodeURIComponent(mail.pathname), address, "the recipient");
    const fields = [...mail.search.slice(1).split("&")].map((pair) => pair.split("="));
    expectSame(fields.map(([name]) => name).join(" "), "subject body", "fields of the mail");
    expectSame(decodeURIComponent(fields[0][1]), "Partnerschaft: „Holm & Söhne“ #1?", "the subject");
    const body = decodeURIComponent(fields[1][1]);
    expect(body.includes("invType=IndirectResellerRelationship&partnerId="), `the link for both is in the body: ${body}`);
    expect(body.includes("&msppId=4871206&indirectCSPId="), "with the reseller's PartnerID");
    expect(body.includes("DAP=false#/BillingAccounts/partner-invitation"), "its fragment is whole");

    await driver.click("button", "Done");
    await driver.find("heading", "Customers");
    await driver.find("list", "Invited customers");
    await driver.sees(/requested .*With Rheinblick Systemhaus GmbH/);
    await driver.kill();
    await driver.start();
    await driver.find("link", "Customers", { timeout: 20_000 });
    await person.goTo("customers");
    await driver.find("list", "Invited customers");

    await driver.click("button", person.words.practice);
    await driver.find("dialog", null);
    await driver.click("button", `${company} accepts the invitation`);
    await driver.sees(/It is seen at the next sync/);
    await driver.press("Escape");
    await driver.gone("dialog", null);
    await driver.gone("list", "Invited customers", { timeout: 20_000 });
    await driver.fill("Search customers", "werft holm", { leave: false });
    await driver.find("row", /Werft Holm & Söhne #1.*Rheinblick/);
  },
};
