// The drafts in a real mail program: Thunderbird is the system's mail program, *Open in email* is pressed in the app, and
// what stands in the compose window is taken as a picture and, saved there as a draft, compared to the letter.
//
//   apt-get install --no-install-recommends thunderbird
//   node ui/e2e/in-thunderbird.mjs [folder for the pictures]
//
// No journey of CI: it needs 600 MB more. What was seen is in src-tauri/decisions/0022.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { Driver, projectFolder } from "./driver.mjs";
import { isFile, readLink, readMessage } from "./lib/mail.mjs";
import { Person } from "./lib/person.mjs";
import { expectSame, waitFor } from "./lib/wait.mjs";
import { activateWindow, mailsOpened, pressKeys, startChild, windowPicture } from "./lib/world.mjs";

const pictures = path.resolve(process.argv[2] ?? path.join(projectFolder, "target/thunderbird"));
const link = "https://partner.microsoft.com/commerce/invitations/7f3c?a=1&b=%C3%A4#oben";
const subject = `Partnerschaft & "Grüße" #1 für Öller + Söhne? 100 %`;
const before = `Guten Tag Frau Öller,\n\n„Äpfel & Birnen“ <b>kosten</b> 1 + 1 = 2 €; siehe #3?\n'Und so weiter'`;
const after = "Danke,\n\nIhr Ärger & Co. 😀";
const longer = `${after}\n\n${"Noch ein Satz über Größe, Maß und Übermut. ".repeat(60).trim()}`;
const to = "kaja.oeller+it@oeller.example";

/** One account that leads nowhere (without one nothing can be written), no first-start pages, no network. */
const prefs = {
  "mail.accountmanager.accounts": "account1,account2",
  "mail.accountmanager.defaultaccount": "account2",
  "mail.accountmanager.localfoldersserver": "server1",
  "mail.account.account1.server": "server1",
  "mail.server.server1.type": "none",
  "mail.server.server1.hostname": "Local Folders",
  "mail.server.server1.userName": "nobody",
  "mail.server.server1.name": "Local Folders",
  "mail.account.account2.server": "server2",
  "mail.account.account2.identities": "id1",
  "mail.server.server2.type": "pop3",
  "mail.server.server2.hostname": "localhost",
  "mail.server.server2.port": 9,
  "mail.server.server2.userName": "jana",
  "mail.server.server2.name": "jana",
  "mail.server.server2.login_at_startup": false,
  "mail.server.server2.check_new_mail": false,
  "mail.identity.id1.fullName": "Jana Petersen",
  "mail.identity.id1.useremail": "jana@nordhafen.example",
  "mail.identity.id1.valid": true,
  "mail.identity.id1.compose_html": false,
  "mail.identity.id1.smtpServer": "smtp1",
  "mail.identity.id1.draft_folder": "mailbox://nobody@Local%20Folders/Drafts",
  "mail.smtpservers": "smtp1",
  "mail.smtp.defaultserver": "smtp1",
  "mail.smtpserver.smtp1.hostname": "localhost",
  "mail.smtpserver.smtp1.port": 9,
  "mail.provider.suppress_dialog_on_startup": true,
  "mail.shell.checkDefaultClient": false,
  "mail.rights.version": 1,
  "mail.compose.autosave": false,
  "mailnews.start_page.enabled": false,
  "mailnews.send_plaintext_flowed": false,
  "mailnews.wraplength": 0,
  "mail.ui-rdf.version": 99,
  "app.update.enabled": false,
  "app.donation.eoy.version.viewed": 999,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "datareporting.policy.dataSubmissionPolicyBypassNotification": true,
  "extensions.update.enabled": false,
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
};

mkdirSync(pictures, { recursive: true });
const driver = await Driver.open({ locale: "de_DE.UTF-8" });
const { world } = driver;
const profile = path.join(world.root, "thunderbird");
try {
  installThunderbird();
  // It is running already, as on a person's desk, and ends with the machine of this run.
  startChild(world, "thunderbird", ["-profile", profile]);
  await waitFor("Thunderbird", () => windows(/Thunderbird$/)[0], { timeout: 90_000 });
  activateWindow(world, driver.firstWindow);
  const person = new Person(driver, "de");
  await person.tryItOut();
  await person.goTo("resellers");
  await driver.click("button", "Partnerschaft anfordern");
  await driver.fill("Link für Vertriebspartner", link);
  await driver.click("button", "Link behalten");
  await driver.gone("heading", "Zuerst Ihr personalisierter Link");
  await driver.fill("Firma", "Öller & Söhne IT");
  await driver.fill("Ansprechpartner", "Kaja Öller");
  await driver.choose("Land", "Deutschland");
  await driver.fill("An", to);
  await put("Betreff", subject);
  await put("Text vor dem Link", before);
  await put("Text nach dem Link", after);

  await handOver("request", `${before}\n\n${link}\n\n${after}`);
  await put("Text nach dem Link", longer);
  await handOver("request-as-file", `${before}\n\n${link}\n\n${longer}`);
  console.log(`${mailsOpened(world).length} drafts, as they were written; pictures in ${pictures}`);
} catch (error) {
  await driver.picture(path.join(pictures, "stopped-app.png")).catch(() => undefined);
  execFileSync("import", ["-window", "root", path.join(pictures, "stopped.png")], { env: world.env });
  throw error;
} finally {
  await driver.end();
}

/** Presses *Open in email*; the draft in Thunderbird has recipient, subject and body as given. */
async function handOver(name, body) {
  await driver.sees("Entwurf gespeichert");
  await driver.settled();
  const already = mailsOpened(world).length;
  await driver.click("button", "In E-Mail öffnen");
  const opened = await waitFor("the hand-over", () => mailsOpened(world)[already]);
  const handed = isFile(opened) ? readMessage(opened) : readLink(opened);
  expectSame({ to: handed.to, subject: handed.subject, body: handed.body }, { to, subject, body }, `${name}: what the app handed over`);
  const compose = await waitFor("a compose window", () => windows(/^(Write|Verfassen|Edit)/).at(-1), { timeout: 90_000 });
  activateWindow(world, compose);
  await resting(compose);
  windowPicture(world, compose, path.join(pictures, `${name}.png`));
  console.log(`${name}: ${isFile(opened) ? path.extname(opened) : `link of ${opened.length} characters`}`);
  // What the window holds is asked of Thunderbird itself: it writes its draft.
  const known = drafts().length;
  const written = await waitFor("the draft", () => {
    if (drafts().length === known) pressKeys(world, "ctrl+s");
    return drafts().length > known ? drafts().at(-1) : undefined;
  }, { timeout: 30_000, every: 3000 });
  expectSame({ to: written.to, subject: written.subject, body: written.body.trimEnd() }, { to, subject, body: body.trimEnd() }, `${name}: the draft in Thunderbird`);
  // While it still writes its draft it takes no key: pressed again until it has gone.
  await waitFor("the compose window to close", () => {
    const [left] = windows(/^(Write|Verfassen|Edit)/);
    if (left === undefined) return true;
    activateWindow(world, left);
    pressKeys(world, "ctrl+w");
    return false;
  }, { timeout: 30_000, every: 3000 });
  activateWindow(world, driver.firstWindow);
}

/** The system's mail program is Thunderbird, with a profile of its own; what it was asked to open is written down too. */
function installThunderbird() {
  mkdirSync(profile, { recursive: true });
  writeFileSync(path.join(profile, "user.js"), Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(""));
  const script = path.join(world.root, "mail-program");
  writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${world.mailFile}'\nexec thunderbird -profile '${profile}' "$1" > /dev/null 2>&1\n`);
  chmodSync(script, 0o755);
}

/** Windows of the display whose title fits. */
function windows(title) {
  const ask = (...args) => {
    try {
      return execFileSync("xdotool", args, { env: world.env, stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
    } catch {
      // It ends with 1 where nothing is found, and where a window has gone meanwhile.
      return "";
    }
  };
  return ask("search", "--onlyvisible", "--name", ".").split("\n").filter((id) => id !== "" && title.test(ask("getwindowname", id)));
}

/** A window that looks the same twice. */
async function resting(id) {
  const shot = path.join(world.root, "compose.png");
  let last = "";
  await waitFor("the window to come to rest", () => {
    windowPicture(world, id, shot);
    const now = readFileSync(shot).toString("base64");
    const rests = now === last;
    last = now;
    return rests;
  }, { timeout: 60_000, every: 700 });
}

/** Drafts in Thunderbird's own folder, oldest first. */
function drafts() {
  const file = path.join(profile, "Mail/Local Folders/Drafts");
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "latin1").replace(/\r?\n/g, "\r\n");
  return text.split(/^From .*\r\n/m).filter((one) => one.includes("\r\n\r\n")).map((one, index) => {
    const message = path.join(world.root, `draft-${index}.eml`);
    writeFileSync(message, one, "latin1");
    return readMessage(message);
  });
}

/** Puts a text with line breaks into a field at once, as pasting does. */
async function put(name, text) {
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
  await driver.sees("Entwurf gespeichert");
}
