// A desktop's notification service, as far as an app needs one: it takes the name on the machine's own bus, writes down
// what it is told to show, and can press a notification. A few messages of D-Bus, spoken by hand.
import { connect } from "node:net";
import { waitFor } from "./wait.mjs";

const NAME = "org.freedesktop.Notifications";
const PATH = "/org/freedesktop/Notifications";

/** Starts it; `shown` grows with each notification. */
export async function startNotices(world) {
  const bus = await Bus.open(world.env.DBUS_SESSION_BUS_ADDRESS);
  const service = { shown: [], press: (id) => bus.signal(PATH, NAME, "ActionInvoked", "us", [id, "default"]), close: () => bus.end() };
  bus.onCall = ({ member, body }) => {
    switch (member) {
      case "GetCapabilities":
        return ["as", [["body", "actions"]]];
      case "GetServerInformation":
        return ["ssss", ["stand-in", "journeys", "1", "1.2"]];
      case "Notify": {
        const read = new Reader(body);
        const [app, replaces, , summary, text] = [read.string(), read.number(), read.string(), read.string(), read.string()];
        const id = service.shown.length + 1;
        service.shown.push({ id, app, replaces, summary, text });
        return ["u", [id]];
      }
      default:
        return ["", []];
    }
  };
  await bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", "su", [NAME, 4]);
  return service;
}

/** Little-endian values, each at its own alignment. */
class Writer {
  bytes = [];
  align(to) {
    while (this.bytes.length % to !== 0) this.bytes.push(0);
  }
  number(value) {
    this.align(4);
    this.bytes.push(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255);
  }
  string(text) {
    const bytes = Buffer.from(text, "utf8");
    this.number(bytes.length);
    this.bytes.push(...bytes, 0);
  }
  signature(text) {
    this.bytes.push(text.length, ...Buffer.from(text), 0);
  }
  value(type, value) {
    if (type === "u") this.number(value);
    else if (type === "s" || type === "o") this.string(value);
    else if (type === "g") this.signature(value);
    else throw new Error(`no way to write ${type}`);
  }
  /** Of the kinds that are needed here: `u`, `s`, and `as`. */
  all(signature, values) {
    const types = signature.match(/as|./g) ?? [];
    types.forEach((type, at) => {
      if (type !== "as") return this.value(type, values[at]);
      const inner = new Writer();
      for (const text of values[at]) inner.string(text);
      this.number(inner.bytes.length);
      this.bytes.push(...inner.bytes);
    });
    return this;
  }
}

class Reader {
  at = 0;
  constructor(bytes) {
    this.bytes = bytes;
  }
  align(to) {
    this.at = Math.ceil(this.at / to) * to;
  }
  number() {
    this.align(4);
    this.at += 4;
    return this.bytes.readUInt32LE(this.at - 4);
  }
  string() {
    const length = this.number();
    this.at += length + 1;
    return this.bytes.toString("utf8", this.at - length - 1, this.at - 1);
  }
  signature() {
    const length = this.bytes[this.at];
    this.at += length + 2;
    return this.bytes.toString("utf8", this.at - length - 1, this.at - 1);
  }
}

const FIELDS = { path: [1, "o"], interface: [2, "s"], member: [3, "s"], reply: [5, "u"], destination: [6, "s"], sender: [7, "s"], signature: [8, "g"] };

class Bus {
  serial = 0;
  waiting = new Map();
  received = Buffer.alloc(0);
  onCall = () => ["", []];

  /** Signs in as this user and says hello. */
  static async open(address) {
    const [, kind, name] = /^unix:(path|abstract)=([^,]+)/.exec(address) ?? [];
    const bus = new Bus();
    bus.socket = connect({ path: kind === "abstract" ? `\0${name}` : name });
    const user = Buffer.from(String(process.getuid())).toString("hex");
    await new Promise((done, fail) => {
      bus.socket.once("error", fail);
      bus.socket.once("connect", () => bus.socket.write(`\0AUTH EXTERNAL ${user}\r\n`));
      bus.socket.once("data", (answer) => (answer.toString().startsWith("OK") ? done() : fail(new Error(`the bus refuses: ${answer}`))));
    });
    bus.socket.on("error", () => undefined);
    bus.socket.write("BEGIN\r\n");
    bus.socket.on("data", (data) => bus.take(data));
    await bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello", "", []);
    return bus;
  }

  send(type, fields, signature, values) {
    const body = Buffer.from(new Writer().all(signature, values).bytes);
    const serial = (this.serial += 1);
    const head = new Writer();
    head.bytes.push(0x6c, type, 0, 1);
    head.number(body.length);
    head.number(serial);
    const inner = new Writer();
    for (const [name, value] of Object.entries({ ...fields, ...(signature === "" ? {} : { signature }) })) {
      const [code, kind] = FIELDS[name];
      inner.align(8);
      inner.bytes.push(code);
      inner.signature(kind);
      inner.value(kind, value);
    }
    head.number(inner.bytes.length);
    head.bytes.push(...inner.bytes);
    head.align(8);
    this.socket.write(Buffer.concat([Buffer.from(head.bytes), body]));
    return serial;
  }

  async call(destination, path, iface, member, signature, values) {
    let answered = false;
    const serial = this.send(1, { path, interface: iface, member, destination }, signature, values);
    this.waiting.set(serial, () => {
      answered = true;
    });
    await waitFor(`the bus to answer ${member}`, () => answered);
  }

  signal(path, iface, member, signature, values) {
    this.send(4, { path, interface: iface, member }, signature, values);
  }

  take(data) {
    this.received = Buffer.concat([this.received, data]);
    while (this.received.length >= 16) {
      const bodyLength = this.received.readUInt32LE(4);
      const fieldsLength = this.received.readUInt32LE(12);
      const begin = Math.ceil((16 + fieldsLength) / 8) * 8;
      if (this.received.length < begin + bodyLength) return;
      const message = { type: this.received[1], serial: this.received.readUInt32LE(8), ...readFields(this.received.subarray(0, 16 + fieldsLength)), body: Buffer.from(this.received.subarray(begin, begin + bodyLength)) };
      this.received = Buffer.from(this.received.subarray(begin + bodyLength));
      if (message.type === 1) {
        const [signature, values] = this.onCall(message);
        this.send(2, { reply: message.serial, destination: message.sender }, signature, values);
      } else if (message.reply !== undefined) {
        this.waiting.get(message.reply)?.();
        this.waiting.delete(message.reply);
      }
    }
  }

  end() {
    this.socket.destroy();
  }
}

function readFields(head) {
  const read = new Reader(head);
  read.at = 16;
  const found = {};
  while (read.at < head.length) {
    read.align(8);
    if (read.at >= head.length) break;
    const code = head[read.at];
    read.at += 1;
    const kind = read.signature();
    const value = kind === "u" ? read.number() : kind === "g" ? read.signature() : read.string();
    const [name] = Object.entries(FIELDS).find(([, [own]]) => own === code) ?? [];
    if (name !== undefined) found[name] = value;
  }
  return found;
}
