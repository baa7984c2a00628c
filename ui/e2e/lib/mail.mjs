// What a mail program got: links and unsent messages, read by means of their own and not of the app's.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "./wait.mjs";

/** Recipient, subject and body of a mail link; nothing else may stand in it. */
export function readLink(link) {
  const address = new URL(link);
  expect(address.protocol === "mailto:", `not a mail link: ${link.slice(0, 60)}`);
  // `+` is a plus in a mail link, so the usual reader of forms would be wrong.
  const fields = address.search.slice(1).split("&").map((field) => field.split("="));
  expect(fields.map(([name]) => name).join() === "subject,body", `fields of the link: ${fields.map(([name]) => name).join()}`);
  const [subject, body] = fields.map(([, value]) => decodeURIComponent(value));
  return { to: decodeURIComponent(address.pathname), subject, body: body.replaceAll("\r\n", "\n") };
}

/** Whether a recorded hand-over is a file. */
export function isFile(opened) {
  return opened.startsWith("/") || opened.startsWith("file:");
}

/** Headers, subject and body of an unsent message in a file. */
export function readMessage(opened) {
  const text = readFileSync(opened.startsWith("file:") ? fileURLToPath(opened) : opened, "latin1");
  const end = text.indexOf("\r\n\r\n");
  const headers = Object.fromEntries(
    text.slice(0, end).replace(/\r\n[ \t]+/g, " ").split("\r\n").map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const raw = text.slice(end + 4);
  const coding = (headers["content-transfer-encoding"] ?? "7bit").toLowerCase();
  const bytes = coding === "base64" ? Buffer.from(raw, "base64") : coding === "quoted-printable" ? quoted(raw.replace(/=\r\n/g, "")) : Buffer.from(raw, "latin1");
  const words = (value) =>
    value.replace(/\?=\s+=\?/g, "?==?").replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind, word) => (kind.toLowerCase() === "b" ? Buffer.from(word, "base64") : quoted(word.replaceAll("_", " "))).toString("utf8"));
  return { headers, to: headers.to.replace(/^.*<|>.*$/g, ""), subject: words(headers.subject), body: bytes.toString("utf8").replaceAll("\r\n", "\n") };
}

function quoted(text) {
  return Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))), "latin1");
}
