// Every cause and every next step that Rust may name has its words, in both languages, and none is left over.
import { describe, expect, it } from "vitest";
import german from "./texts.de.json";
import english from "./texts.en.json";

// Node's types are no part of the screens, so what this test needs of Node is said here.
const fs = "node:fs";
const { readFileSync } = (await import(/* @vite-ignore */ fs)) as { readFileSync: (path: string, encoding: "utf8") => string };
const here = import.meta.url;
const source = readFileSync(decodeURIComponent(new URL("../../../../src-tauri/crates/app/src/views/explanation.rs", here).pathname), "utf8");

/** The words of a list in the backend's views. */
function named(list: string): string[] {
  const inside = source.split(`pub enum ${list} {`)[1]?.split("}")[0] ?? "";
  const words = [...inside.matchAll(/[A-Z]\w*/gu)].map(([word]) => word.replace(/(?!^)([A-Z])/gu, "_$1").toLowerCase());
  return words.sort();
}

describe("words for refused answers", () => {
  it("say every cause and every step, and nothing else", () => {
    for (const texts of [english, german]) {
      expect(Object.keys(texts.answerCause).sort()).toEqual(named("CauseView"));
      expect(Object.keys(texts.answerStep).sort()).toEqual(named("StepView"));
    }
    expect(named("CauseView").length).toBe(50);
  });

  it("are sentences, and German ones say Sie", () => {
    for (const texts of [english, german]) {
      for (const text of [...Object.values(texts.answerCause), ...Object.values(texts.answerStep)]) expect(text).toMatch(/^[A-ZÄÖÜ].+\.$/u);
    }
    expect(Object.values(german.answerStep).join(" ")).not.toMatch(/\b(du|dein|dir)\b/iu);
  });
});
