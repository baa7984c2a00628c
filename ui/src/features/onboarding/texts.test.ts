// Every key that a rule may return has a text in both languages: read from the very list in Rust.
import { describe, expect, it } from "vitest";
import de from "./texts.de.json";
import en from "./texts.en.json";

// Node's types are no part of the screens, so what this test needs of Node is said here.
const fs = "node:fs";
const { readFileSync } = (await import(/* @vite-ignore */ fs)) as { readFileSync: (path: string, encoding: "utf8") => string };
const here = import.meta.url;
const rust = (file: string) => readFileSync(decodeURIComponent(new URL(`../../../../src-tauri/crates/${file}`, here).pathname), "utf8");

const problemRs = rust("domain/src/problem.rs");
const VIEWS = { customers: rust("app/src/views/customers.rs"), outbox: rust("app/src/views/outbox.rs"), wizard: rust("app/src/views/wizard.rs") };

function problemKeys(): string[] {
  const list = /PROBLEM_KEYS: &\[&str\] = &\[([\s\S]*?)\];/u.exec(problemRs)?.[1] ?? "";
  return [...list.matchAll(/"(\w+)"/gu)].map((match) => match[1] ?? "");
}

/** Variants of a word enum of the views, as they come over the wire. */
function words(file: keyof typeof VIEWS, name: string): string[] {
  const source = VIEWS[file].replace(/\/\/\/.*$/gmu, "");
  const body = new RegExp(`pub enum ${name} \\{([^}]*)\\}`, "u").exec(source)?.[1] ?? "";
  return [...body.matchAll(/\w+/gu)].map((match) => match[0].replace(/(?!^)([A-Z])/gu, "_$1").toLowerCase());
}

/** Keys without what tells one from many. */
function bare(keys: object): string[] {
  return Object.keys(keys).map((key) => key.replace(/_(?:one|other)$/u, ""));
}

const languages = { en, de };

describe.each(Object.entries(languages))("texts in %s", (_language, texts) => {
  it("say every problem", () => {
    const keys = problemKeys();
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !bare(texts.problem).includes(key))).toEqual([]);
  });
  it("have no problem that no rule returns", () => {
    expect(bare(texts.problem).filter((key) => key !== "unknown" && !problemKeys().includes(key))).toEqual([]);
  });
  it("say every line of Preflight in every state", () => {
    const items = words("wizard", "PreflightItem");
    const states = words("wizard", "PreflightState");
    expect(items.length * states.length).toBeGreaterThan(50);
    const preflight = texts.preflight as unknown as Record<string, Record<string, string>>;
    expect(items.filter((item) => preflight[item]?.other === undefined)).toEqual([]);
    expect(states.filter((state) => preflight.state?.[state] === undefined)).toEqual([]);
  });
  it("say every step of the journey, every hold and every reason", () => {
    const { journey, confirmation } = texts;
    for (const step of words("wizard", "JourneyStep")) {
      expect(journey).toHaveProperty(step);
      expect(journey.text).toHaveProperty(step);
      for (const tense of [confirmation.step.waiting, confirmation.step.sending, confirmation.step.done]) expect(tense).toHaveProperty(step);
    }
    for (const state of words("wizard", "JourneyState")) expect(confirmation.state).toHaveProperty(state);
    for (const reason of words("customers", "HoldReasonView")) expect(confirmation.hold).toHaveProperty(reason);
    for (const reason of words("outbox", "AttentionReasonView")) expect(confirmation.attention).toHaveProperty(reason);
  });
});
