// The few WebDriver calls that the journeys need, over plain HTTP, each with a time-out.
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { pause, waitFor } from "./wait.mjs";

const elementKey = "element-6066-11e4-a52e-4f735466cecf";

/** Keys by the names that a person uses. */
const keyCodes = {
  Shift: "\uE008", Control: "\uE009", Alt: "\uE00A", Meta: "\uE03D",
  Enter: "\uE007", Tab: "\uE004", Escape: "\uE00C", Backspace: "\uE003", Delete: "\uE017", Space: " ",
  ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015",
  Home: "\uE011", End: "\uE010", PageUp: "\uE00E", PageDown: "\uE00F", F6: "\uE036",
};

/** One WebDriver session. */
export class Session {
  constructor(base, id) {
    this.base = base;
    this.id = id;
  }

  /** Opens a session, which starts the binary. */
  static async open(base, options, timeout = 90_000) {
    return Session.begin(base, { "webkitgtk:browserOptions": options }, timeout);
  }

  /** Opens a session with a driver of any browser. */
  static async begin(base, capabilities, timeout = 90_000) {
    await waitFor("the WebDriver", async () => (await exchange(`${base}/status`, "GET", "", 2000)).status === 200, { timeout: 60_000 });
    const answer = await call(`${base}/session`, "POST", { capabilities: { alwaysMatch: capabilities } }, timeout);
    return new Session(base, answer.sessionId);
  }

  get(path) {
    return call(`${this.base}/session/${this.id}/${path}`, "GET");
  }

  post(path, body = {}, timeout) {
    return call(`${this.base}/session/${this.id}/${path}`, "POST", body, timeout);
  }

  /** Runs a function in the page; elements may be given and come back. */
  run(code, ...args) {
    return this.post("execute/sync", { script: `return (${code}).apply(null, arguments)`, args });
  }

  /** Runs a function in the page that answers through the callback given to it last. */
  runAsync(code, args = [], timeout = 60_000) {
    return this.post("execute/async", { script: `return (${code}).apply(null, arguments)`, args }, timeout);
  }

  windows() {
    return this.get("window/handles");
  }

  window() {
    return this.get("window");
  }

  toWindow(handle) {
    return this.post("window", { handle });
  }

  async close() {
    await call(`${this.base}/session/${this.id}`, "DELETE", undefined, 5000);
  }

  /** Clicks what has come to rest: a press on something that still moves or slides in ends beside it. */
  async clickElement(element) {
    const place = () => this.run("function (e) { e.scrollIntoView({ block: 'nearest', inline: 'nearest' }); const { x, y, width, height } = e.getBoundingClientRect(); return [x, y, width, height].map(Math.round).join() }", element);
    let before = await place();
    await waitFor("what is pressed to come to rest", async () => {
      await pause(40);
      const now = await place();
      const rests = now === before;
      before = now;
      return rests;
    });
    return this.post(`element/${element[elementKey]}/click`);
  }

  typeInto(element, text) {
    // Letter by letter, each with what the page does at it: on a loaded machine a long text takes its time.
    return this.post(`element/${element[elementKey]}/value`, { text }, 120_000);
  }

  /** A chord such as `Control+K`, or one key, pressed and let go in the page. */
  async press(chord) {
    const names = chord === "+" ? ["+"] : chord.split("+");
    const keys = names.map((name) => keyCodes[name] ?? (names.length > 1 ? name.toLowerCase() : name));
    const actions = [
      ...keys.map((value) => ({ type: "keyDown", value })),
      ...[...keys].reverse().map((value) => ({ type: "keyUp", value })),
    ];
    await this.post("actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Text typed key by key wherever the focus is. */
  async keys(text) {
    const actions = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.post("actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  setSize(width, height) {
    return this.post("window/rect", { width, height });
  }
}

/** Reads a file once, for scripts that are put into the page. */
export function source(file) {
  return readFileSync(file, "utf8");
}

async function call(url, method, body, timeout = 20_000) {
  const { status, text } = await exchange(url, method, body === undefined ? "" : JSON.stringify(body), timeout);
  let value;
  try {
    value = JSON.parse(text).value;
  } catch {
    throw new Error(`WebDriver answered ${status} with no JSON to ${method} ${url}`);
  }
  if (status < 200 || status > 299) {
    const error = new Error(`${value?.error ?? status}: ${value?.message ?? ""}`.slice(0, 400));
    error.code = value?.error;
    throw error;
  }
  return value;
}

/** A connection of its own for each command: a kept one may be closed by the driver in the moment it is used again. */
function exchange(url, method, body, timeout) {
  return new Promise((done, fail) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asked = request(url, { method, headers, agent: false, signal: AbortSignal.timeout(timeout) }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", fail);
      answer.on("end", () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString("utf8") }));
    });
    asked.on("error", (error) => fail(new Error(`WebDriver, ${method} ${new URL(url).pathname}: ${error.message}`, { cause: error })));
    asked.end(body);
  });
}
