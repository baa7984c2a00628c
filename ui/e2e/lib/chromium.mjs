// Chromium as the default browser of a journey's machine, worked as a person works it: what the app opens comes up as a
// new tab of the window that is there already.
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeDefault } from "./sandbox.mjs";
import { Session } from "./webdriver.mjs";
import { expect, waitFor } from "./wait.mjs";
import { freePort, startChild } from "./world.mjs";

const binary = "/usr/bin/chromium";

/** One window of Chromium and its tabs. */
export class Chromium {
  static async open(world, { dark = false } = {}) {
    expect(existsSync(binary) && existsSync("/usr/bin/chromedriver"), "Chromium and its driver are not installed: chromium, chromium-driver");
    const profile = path.join(world.root, "chromium");
    const args = ["--no-sandbox", "--no-first-run", "--password-store=basic", "--disable-gpu", `--user-data-dir=${profile}`];
    // Started as any program is and watched from outside: one that its driver starts takes no address from another.
    const watched = await freePort();
    startChild(world, binary, [...args, "--window-size=1000,760", `--remote-debugging-port=${watched}`, ...(dark ? ["--force-dark-mode"] : []), "about:blank"], {});
    makeDefault(world, `exec ${binary} ${args.map((each) => `'${each}'`).join(" ")} "$1"`);
    const port = await freePort();
    startChild(world, "chromedriver", [`--port=${port}`], {});
    await waitFor("Chromium", async () => (await fetch(`http://127.0.0.1:${watched}/json/version`)).ok, { timeout: 60_000, every: 200 });
    const session = await Session.begin(`http://127.0.0.1:${port}`, { "goog:chromeOptions": { debuggerAddress: `127.0.0.1:${watched}` } }, 60_000);
    return new Chromium(session);
  }

  constructor(session) {
    this.session = session;
    this.seen = new Set();
  }

  /** Waits for the tab that the app had opened, and goes to it. */
  async newTab() {
    if (this.seen.size === 0) this.seen.add(await this.session.window());
    const handle = await waitFor("a new tab", async () => (await this.session.windows()).find((each) => !this.seen.has(each)), { timeout: 60_000 });
    this.seen.add(handle);
    await this.session.toWindow(handle);
  }

  text() {
    return this.session.run("function () { return document.body?.innerText ?? '' }");
  }

  async sees(text) {
    await waitFor(`Chromium to show ${text}`, async () => (await this.text()).includes(text), { timeout: 30_000 });
  }

  /** Presses the button whose text begins so. */
  async press(name) {
    const find = "function (name) { return [...document.querySelectorAll('button')].find((each) => each.innerText.trim().startsWith(name)) ?? null }";
    const button = await waitFor(`the button ${name}`, () => this.session.run(find, name), { timeout: 30_000 });
    await this.session.clickElement(button);
  }

  async picture(file) {
    writeFileSync(file, Buffer.from(await this.session.get("screenshot"), "base64"));
  }
}
