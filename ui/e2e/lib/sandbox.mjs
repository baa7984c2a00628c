// The practice Partner Center as a server on loopback with its sign-in authority, and a browser that does in it what a
// person does: choose an account and approve. It is the default browser of the journey's machine.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../driver.mjs";
import { startChild } from "./world.mjs";

/** The app as it is registered there, the provider's tenant, and who can sign in. */
export const registered = {
  tenant: "5b1f7c62-93d4-4e0a-8a57-0f1e62c94b10",
  client: "1d0c4a3e-58b6-4f29-9e63-3b7ad25f8801",
  ada: "8e243b90-61c7-4a1d-9f05-d3a844100001",
  ben: "8e243b90-61c7-4a1d-9f05-d3a844100002",
};

/** Starts the server; `{ api, authority, post }`. */
export async function startSandbox(world, args = []) {
  const binary = process.env.CHANNELBOOK_SANDBOX ?? path.join(projectFolder, "target/debug/examples/serve");
  const child = startChild(world, binary, ["--port", "0", ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const line = await new Promise((done, fail) => {
    let text = "";
    child.stdout.on("data", (part) => {
      text += part;
      if (text.includes("\n")) done(text);
    });
    child.once("exit", () => fail(new Error("the sandbox server ended at once")));
  });
  const addresses = JSON.parse(line);
  const post = async (where, body) => {
    const answer = await fetch(`${addresses.authority}/sandbox/${where}`, { method: "POST", body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${where}: ${answer.status}`);
  };
  return { ...addresses, post };
}

/** Makes the scripted browser the default one; `as(oid)` says who signs in next. */
export function addBrowser(world) {
  const chosen = path.join(world.root, "account");
  const reader = fileURLToPath(new URL("./browser.mjs", import.meta.url));
  makeDefault(world, `exec '${process.execPath}' '${reader}' "$1" '${chosen}'`);
  return { as: (oid) => { writeFileSync(chosen, oid); } };
}

/** The line of a shell that opens an address `$1` becomes the system's default browser. */
export function makeDefault(world, line) {
  const script = path.join(world.root, "browser");
  writeFileSync(script, `#!/bin/sh\n${line}\n`);
  chmodSync(script, 0o755);
  const programs = path.join(world.env.XDG_DATA_HOME, "applications");
  mkdirSync(programs, { recursive: true });
  const entry = `[Desktop Entry]\nType=Application\nName=Browser of the journey\nExec=${script} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\nNoDisplay=true\n`;
  writeFileSync(path.join(programs, "e2e-browser.desktop"), entry);
  for (const file of [path.join(world.env.XDG_CONFIG_HOME, "mimeapps.list"), path.join(programs, "mimeapps.list")]) {
    const before = readFileSync(file, "utf8");
    writeFileSync(file, `${before}x-scheme-handler/http=e2e-browser.desktop\nx-scheme-handler/https=e2e-browser.desktop\n`);
  }
}
