// A machine of its own for one journey: display, message bus, keychain, mail program, home and book folder.
// Nothing in it touches the person's own desktop, and every process is ended by its id.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pause, waitFor } from "./wait.mjs";

const keychainPassword = "e2e";

/** Makes the machine. `locale` is the system's language, for example `de_DE.UTF-8`; `keychain: false` gives it none. */
export async function openWorld({ locale = "en_US.UTF-8", keychain = true, width = 1400, height = 900 } = {}) {
  const root = mkdtempSync(path.join(tmpdir(), "channelbook-e2e-"));
  const folder = (name, mode = 0o755) => {
    const made = path.join(root, name);
    mkdirSync(made, { recursive: true, mode });
    chmodSync(made, mode);
    return made;
  };
  const world = {
    root,
    dataDir: folder("books"),
    mailFile: path.join(root, "mails.txt"),
    logFile: path.join(root, "app.log"),
    children: [],
    env: {
      PATH: process.env.PATH,
      TZ: "Europe/Berlin",
      LANG: locale,
      LC_ALL: locale,
      LANGUAGE: locale.slice(0, 2),
      HOME: folder("home"),
      XDG_DATA_HOME: folder("home/share"),
      XDG_CONFIG_HOME: folder("home/config"),
      XDG_CACHE_HOME: folder("home/cache"),
      XDG_STATE_HOME: folder("home/state"),
      XDG_RUNTIME_DIR: folder("run", 0o700),
      GDK_BACKEND: "x11",
      NO_AT_BRIDGE: "1",
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
      RUST_BACKTRACE: "1",
    },
  };
  try {
    world.env.DISPLAY = `:${await startDisplay(world, width, height)}`;
    world.env.DBUS_SESSION_BUS_ADDRESS = await startBus(world);
    if (keychain) startKeychain(world);
    else world.env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${path.join(root, "no-bus")}`;
    startChild(world, "openbox", [], {});
    addMailProgram(world, folder);
    if (keychain) await keychainAnswers(world);
  } catch (error) {
    await closeWorld(world);
    throw error;
  }
  return world;
}

/** Ends every process of this machine, the last started first, and clears its folders. */
export async function closeWorld(world, { keep = false } = {}) {
  for (const child of [...world.children].reverse()) {
    await endProcess(child);
  }
  if (!keep) rmSync(world.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Starts a process that ends with the world. */
export function startChild(world, command, args, { stdin, stdio, env } = {}) {
  const child = spawn(command, args, {
    env: { ...world.env, ...env },
    stdio: stdio ?? [stdin === undefined ? "ignore" : "pipe", "ignore", "ignore"],
  });
  child.on("error", (error) => {
    child.failure = error;
  });
  if (stdin !== undefined) child.stdin.end(stdin);
  world.children.push(child);
  return child;
}

/** Ends one process by its id: politely, then not. */
export async function endProcess(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await Promise.race([gone, pause(1500)]);
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await Promise.race([gone, pause(1500)]);
  }
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Addresses that were handed to the mail program, in order. */
export function mailsOpened(world) {
  if (!existsSync(world.mailFile)) return [];
  return readFileSync(world.mailFile, "utf8").split("\n").filter(Boolean);
}

/** Windows of a process that can be seen, with their titles: also those that WebDriver does not know. */
export function windowsOf(world, pid) {
  // Without `--all` one condition is enough, and any program's window with a title is found.
  const found = xdotool(world, ["search", "--all", "--onlyvisible", "--pid", String(pid), "--name", "."]).split("\n").filter(Boolean);
  return found.map((id) => ({ id, title: xdotool(world, ["getwindowname", id]) }));
}

/** The one window that can be seen and whose title has these words, whoever it is of: not every program tells its process. */
export function windowTitled(world, words) {
  return xdotool(world, ["search", "--onlyvisible", "--name", words]).split("\n").find(Boolean);
}

/** Brings a window to the front and gives it the keyboard. */
export function activateWindow(world, id) {
  xdotool(world, ["windowactivate", "--sync", id]);
}

/** Closes a window as a person does, by the window manager's own key. */
export function closeWindow(world, id) {
  activateWindow(world, id);
  pressKeys(world, "alt+F4");
}

/** Keys pressed on this machine's keyboard, for the window that has it; xdotool's names. */
export function pressKeys(world, ...keys) {
  xdotool(world, ["key", "--clearmodifiers", "--delay", "60", ...keys]);
}

/** A key goes down, or up again; down it repeats as the system does it. */
export function turnKey(world, key, down) {
  xdotool(world, [down ? "keydown" : "keyup", key]);
}

/** Text typed on this machine's keyboard, for the window that has it. */
export function typeText(world, text) {
  xdotool(world, ["type", "--clearmodifiers", "--delay", "12", text]);
}

/** One window as a picture. */
export function windowPicture(world, id, file) {
  execFileSync("import", ["-window", id, file], { env: world.env, timeout: 15_000 });
}

function xdotool(world, args) {
  try {
    return execFileSync("xdotool", args, { env: world.env, timeout: 5000, stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
  } catch {
    // It ends with 1 where nothing is found.
    return "";
  }
}

/** The X server picks a free display by itself and writes its number to the third descriptor. */
async function startDisplay(world, width, height) {
  const args = ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-dpi", "96"];
  const child = startChild(world, "Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  return (await firstLine(child, "Xvfb")).trim();
}

async function startBus(world) {
  const args = ["--session", "--nofork", "--nopidfile", "--print-address=3"];
  const child = startChild(world, "dbus-daemon", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  return (await firstLine(child, "dbus-daemon")).trim();
}

function startKeychain(world) {
  const args = ["--unlock", "--components=secrets", "--foreground"];
  world.keychain = startChild(world, "gnome-keyring-daemon", args, { stdin: `${keychainPassword}\n` });
}

/**
 * The keychain is there when a secret that was put in comes back out. The first question goes to the bus and not to
 * the keychain: asking too early would have the bus start a second one, which is locked.
 */
async function keychainAnswers(world) {
  const question = ["--session", "--dest=org.freedesktop.DBus", "--print-reply=literal", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"];
  await waitFor("the keychain on the bus", () => execFileSync("dbus-send", question, { env: world.env, timeout: 3000, stdio: ["ignore", "pipe", "ignore"] }).toString().includes("true"), { timeout: 15_000 });
  await waitFor(
    "the keychain",
    () => {
      execFileSync("secret-tool", ["store", "--label=probe", "e2e", "probe"], { env: world.env, input: "yes", timeout: 3000, stdio: ["pipe", "ignore", "ignore"] });
      const found = execFileSync("secret-tool", ["lookup", "e2e", "probe"], { env: world.env, timeout: 3000, stdio: ["ignore", "pipe", "ignore"] });
      return found.toString() === "yes";
    },
    { timeout: 15_000, every: 200 },
  );
}

/** A mail program that only writes down what it was asked to open. */
function addMailProgram(world, folder) {
  const script = path.join(world.root, "mail-program");
  writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${world.mailFile}'\n`, { mode: 0o755 });
  const entry = `[Desktop Entry]\nType=Application\nName=Mail of the journey\nExec=${script} %u\nMimeType=x-scheme-handler/mailto;message/rfc822;\nNoDisplay=true\n`;
  writeFileSync(path.join(folder("home/share/applications"), "e2e-mail.desktop"), entry);
  const choice = "[Default Applications]\nx-scheme-handler/mailto=e2e-mail.desktop\nmessage/rfc822=e2e-mail.desktop\n";
  writeFileSync(path.join(folder("home/config"), "mimeapps.list"), choice);
  writeFileSync(path.join(folder("home/share/applications"), "mimeapps.list"), choice);
}

function firstLine(child, name) {
  return new Promise((done, fail) => {
    let text = "";
    const timer = setTimeout(() => fail(new Error(`${name} did not start in 15 s`)), 15_000);
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`${name} ended at once (${code})`)));
    child.stdio[3].on("data", (part) => {
      text += part;
      if (!text.includes("\n")) return;
      clearTimeout(timer);
      done(text.split("\n")[0]);
    });
  });
}
