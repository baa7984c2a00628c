// Drives the real window: the built app on a machine of its own, by role and accessible name.
import { existsSync, openSync, readFileSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, pause, waitFor } from "./lib/wait.mjs";
import { Session, source } from "./lib/webdriver.mjs";
import { activateWindow, closeWorld, endProcess, freePort, openWorld, startChild, windowPicture, windowsOf } from "./lib/world.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
/** The project's folder. */
export const projectFolder = path.resolve(here, "../..");
const accessible = source(path.join(here, "lib/accessible.js"));
const axeFile = path.join(here, "../node_modules/axe-core/axe.min.js");

/** The built app; another one can be named to try the driver itself. */
export function binaryPath() {
  return process.env.CHANNELBOOK_BINARY ?? path.join(projectFolder, "target/debug/channelbook");
}

/** One person at one machine: the app may be killed and started again on the same book. */
export class Driver {
  static async open(options = {}) {
    const world = await openWorld(options);
    const driver = new Driver(world, options);
    try {
      await driver.start();
    } catch (error) {
      await driver.end();
      throw error;
    }
    return driver;
  }

  constructor(world, { args, moreArgs = [], binary, width = 1280, height = 800 } = {}) {
    this.world = world;
    this.given = binary ?? binaryPath();
    this.args = args ?? ["--data-dir", world.dataDir, ...moreArgs];
    this.size = { width, height };
  }

  /** Starts the app: one driver process and one session each time. */
  async start() {
    expect(existsSync(this.given), `there is no app at ${this.given}: build it first`);
    // The system names a process by its real file: the build folder may be a link.
    this.binary = realpathSync(this.given);
    const port = await freePort();
    const log = openSync(this.world.logFile, "a");
    this.webdriver = startChild(this.world, "WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
      env: { TAURI_WEBVIEW_AUTOMATION: "true" },
      stdio: ["ignore", log, log],
    });
    this.session = await Session.open(`http://127.0.0.1:${port}`, { binary: this.binary, args: this.args });
    this.pid = await waitFor("the app's process", () => childWithBinary(this.webdriver.pid, this.binary));
    this.firstWindow = (await waitFor("the app's window", () => windowsOf(this.world, this.pid)[0])).id;
    await this.session.post("timeouts", { script: 60_000, pageLoad: 30_000, implicit: 0 });
    await this.session.setSize(this.size.width, this.size.height).catch(() => undefined);
    return this;
  }

  /** Kills the app without a warning, as a flat battery would. */
  async kill() {
    process.kill(this.pid, "SIGKILL");
    await waitFor("the app to be gone", () => !isRunning(this.pid));
    await endProcess(this.webdriver);
  }

  /** Closes the app as a person does, and waits for it to end. */
  async quit() {
    await this.session.close().catch(() => undefined);
    await waitFor("the app to end", () => !isRunning(this.pid), { timeout: 5000 }).catch(() => {
      process.kill(this.pid, "SIGKILL");
    });
    await endProcess(this.webdriver);
  }

  /** Waits until the app has ended by itself. */
  async ended() {
    await waitFor("the app to end", () => !isRunning(this.pid));
    await endProcess(this.webdriver);
  }

  async restart() {
    await this.quit();
    await this.start();
  }

  /** What the app has said on its way. */
  log() {
    return existsSync(this.world.logFile) ? readFileSync(this.world.logFile, "utf8") : "";
  }

  /** Ends everything. With `keep` the folders stay, to look into after a failure. */
  async end({ keep = false } = {}) {
    if (this.session) await this.session.close().catch(() => undefined);
    if (this.pid && isRunning(this.pid)) process.kill(this.pid, "SIGKILL");
    await closeWorld(this.world, { keep });
  }

  /** All elements with this role (one or several, `button|link`) and name (text or pattern) that can be seen. */
  async all(role, name, { within } = {}) {
    await this.session.run(`function () { ${accessible} }`);
    const wanted = name instanceof RegExp ? { re: name.source, flags: name.flags } : (name ?? null);
    const code = "function (roles, wanted, within) { return window.__accessible.find(roles, wanted, within) }";
    return this.session.run(code, role.split("|"), wanted, within ?? null);
  }

  /** The one element with this role and name; waits until it is there. */
  async find(role, name, { timeout = 20_000, within, nth = 0 } = {}) {
    const question = async () => (await this.all(role, name, { within }))[nth];
    try {
      return await waitFor(`${role} ${String(name)}`, question, { timeout });
    } catch (error) {
      throw new Error(`${error.message}\n--- what can be seen ---\n${await this.outline().catch(() => "nothing")}`);
    }
  }

  async has(role, name, options) {
    return (await this.all(role, name, options)).length > 0;
  }

  /** Waits until nothing with this role and name can be seen. */
  async gone(role, name, { timeout = 20_000 } = {}) {
    await waitFor(`${role} ${String(name)} to go`, async () => !(await this.has(role, name)), { timeout });
  }

  /** Waits for a text anywhere in the page. */
  async sees(text, { timeout = 20_000 } = {}) {
    const fits = (page) => (text instanceof RegExp ? text.test(page) : page.includes(text));
    try {
      await waitFor(`the text ${String(text)}`, async () => fits(await this.text()), { timeout });
    } catch (error) {
      throw new Error(`${error.message}\n--- what can be seen ---\n${await this.outline().catch(() => "nothing")}`);
    }
  }

  /** The text of the page as it is laid out. */
  async text() {
    return (await this.session.run("function () { return document.body.innerText }")).replace(/\u00a0/g, " ");
  }

  async textOf(element) {
    return this.session.run("function (e) { return e.innerText ?? e.textContent }", element);
  }

  async valueOf(element) {
    return this.session.run("function (e) { return e.value }", element);
  }

  async attribute(element, name) {
    return this.session.run("function (e, n) { return e.getAttribute(n) }", element, name);
  }

  async outline() {
    await this.session.run(`function () { ${accessible} }`);
    return this.session.run("function () { return window.__accessible.outline() }");
  }

  /** Role, name and value of what has the focus. */
  async focused() {
    await this.session.run(`function () { ${accessible} }`);
    return this.session.run(`function () {
      const e = document.activeElement;
      const role = window.__accessible.roleOf(e);
      return { role, name: window.__accessible.nameOf(e, role), value: e.value ?? "" };
    }`);
  }

  /** Clicks; a list that just moved, or a panel that slides away, is tried again. */
  async click(role, name, options = {}) {
    await waitFor(
      `a click on ${role} ${String(name)}`,
      async () => {
        const element = await this.find(role, name, options);
        // A person waits until what is greyed can be pressed.
        const greyed = await this.session.run("function (e) { return e.disabled === true || e.getAttribute('aria-disabled') === 'true' }", element);
        if (greyed) throw new Error(`${role} ${String(name)} can't be pressed yet`);
        await this.session.clickElement(element);
        return true;
      },
      { timeout: options.timeout ?? 20_000 },
    );
  }

  /** Puts text into a field in place of what was there, and leaves the field. */
  async fill(name, text, { role = "textbox|searchbox|combobox|spinbutton", leave = true, ...options } = {}) {
    const field = await this.find(role, name, options);
    await this.session.run("function (e) { e.scrollIntoView({ block: 'center' }); e.focus(); e.select?.(); }", field);
    await this.session.press("Control+A");
    if (text === "") await this.session.press("Delete");
    else await this.session.typeInto(field, text);
    if (leave) await this.session.press("Tab");
  }

  /** Picks from a list that opens: a native select, or a combobox with options. */
  async choose(name, option, options = {}) {
    const field = await this.find("combobox|listbox", name, options);
    const isSelect = await this.session.run("function (e) { return e.tagName === 'SELECT' }", field);
    if (isSelect) {
      const wanted = option instanceof RegExp ? { re: option.source, flags: option.flags } : { re: `^${escaped(option)}$`, flags: "" };
      const set = `function (e, wanted) {
        const pattern = new RegExp(wanted.re, wanted.flags);
        const found = [...e.options].find((o) => pattern.test(o.text.trim()));
        if (!found) return false;
        const setter = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set;
        e.focus();
        setter.call(e, found.value);
        e.dispatchEvent(new Event("input", { bubbles: true }));
        e.dispatchEvent(new Event("change", { bubbles: true }));
        return true;
      }`;
      // What it offers may still be read.
      await waitFor(`${String(name)} to offer ${String(option)}`, () => this.session.run(set, field, wanted), { timeout: options.timeout ?? 20_000 });
      return;
    }
    await this.session.run("function (e) { e.scrollIntoView({ block: 'center' }) }", field);
    await this.session.clickElement(field);
    await this.click("option", option, { timeout: options.timeout ?? 20_000 });
  }

  /** A key or chord, for whatever has the focus. */
  press(chord) {
    return this.session.press(chord);
  }

  keys(text) {
    return this.session.keys(text);
  }

  /**
   * The reveal window as the display has it. It is a window of its own with nothing kept on disk, which WebDriver
   * does not see: it is worked with the keyboard and looked at in pictures.
   */
  async otherWindow({ timeout = 20_000 } = {}) {
    const found = await waitFor("a second window", () => {
      const all = windowsOf(this.world, this.pid);
      return all.length > 1 ? all.find((each) => each.id !== this.firstWindow) : undefined;
    }, { timeout });
    activateWindow(this.world, found.id);
    return found;
  }

  async otherWindowGone() {
    await waitFor("the second window to close", () => windowsOf(this.world, this.pid).length === 1);
    activateWindow(this.world, this.firstWindow);
  }

  /** Pastes into a field and gives what came. */
  async paste(role, name) {
    const field = await this.find(role, name);
    await this.session.run("function (e) { e.focus(); e.select?.(); }", field);
    await this.session.press("Control+V");
    await pause(300);
    return this.valueOf(field);
  }

  /**
   * The window as a picture, as the display has it. WebDriver's own picture waits for the next frame, which a page at
   * rest may never draw.
   */
  async picture(file) {
    await pause(200);
    windowPicture(this.world, this.firstWindow, file);
  }

  /** Violations that axe finds in the page; only Fluent's focus guards are left out. */
  async axe() {
    await this.session.run(`function () { if (!window.axe) { ${source(axeFile)} } }`);
    const code = `function () {
      const done = arguments[arguments.length - 1];
      const context = { include: [["html"]], exclude: [["[data-tabster-dummy]"]] };
      window.axe.run(context, { resultTypes: ["violations"] }).then(
        (result) => done(result.violations.map((v) => ({ id: v.id, nodes: v.nodes.map((n) => n.html.slice(0, 240) + " | " + (n.any[0]?.message ?? "")) }))),
        (error) => done([{ id: "axe failed", nodes: [String(error)] }]),
      );
    }`;
    return this.session.runAsync(code);
  }

  /** Waits until pictures and queries have come to rest: the page looks the same twice. */
  async settled() {
    let before = "";
    await waitFor("the page to come to rest", async () => {
      const now = await this.session.run("function () { return document.body.innerHTML.length + document.body.innerText }");
      const same = now === before;
      before = now;
      if (!same) await pause(150);
      return same;
    });
  }
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function isRunning(pid) {
  try {
    // A process that ended and was not fetched yet still has a folder; its state tells.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The app is a child of WebKitWebDriver; it is told by the file it runs. */
function childWithBinary(parent, binary) {
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const parentOf = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (parentOf === parent && readlinkSync(`/proc/${entry}/exe`).replace(/ \(deleted\)$/, "") === binary) return Number(entry);
    } catch {
      // It ended while it was looked at.
    }
  }
  return undefined;
}
