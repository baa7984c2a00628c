// Fails when a text key is missing in a language, used but unknown, or known but unused.
//
// Each feature has texts.en.json and texts.de.json. A key counts as used when a string literal in the sources equals
// it, or when a template literal with holes matches it (`reason.${reason}` covers every `reason.…`). tsc proves the
// other direction: a key that does not exist does not compile.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src", import.meta.url));
const files = [];
const walk = (folder) => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) walk(path);
    else files.push(path);
  }
};
walk(root);

const flatten = (tree, prefix = "") =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
const plural = /_(zero|one|two|few|many|other)$/;
const holes = (text) => [...text.matchAll(/\{\{\s*([^},\s]+)/g)].map((match) => match[1]).sort().join(",");

const problems = [];
const literals = new Map();
const patternsOf = new Map();
for (const file of files.filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))) {
  const source = readFileSync(file, "utf8");
  const plain = new Set([...source.matchAll(/"([A-Za-z][\w.:-]*)"/g)].map((match) => match[1]));
  const patterns = [...source.matchAll(/`([A-Za-z]?[^`\n]*\$\{[^`\n]*)`/g)].map((match) => {
    const parts = match[1].split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^$()[\]\\|{}]/g, "\\$&"));
    return parts.join("") === "" || parts.join("") === "\\." ? undefined : new RegExp(`^${parts.join("[\\w-]+")}$`);
  });
  literals.set(file, plain);
  patternsOf.set(file, patterns.filter(Boolean));
}

let count = 0;
for (const english of files.filter((path) => path.endsWith("texts.en.json"))) {
  const german = english.replace(".en.json", ".de.json");
  const en = new Map(flatten(JSON.parse(readFileSync(english, "utf8"))));
  const de = new Map(flatten(JSON.parse(readFileSync(german, "utf8"))));
  const place = basename(dirname(english));
  count += en.size;
  for (const [key, text] of en) {
    if (!de.has(key)) problems.push(`${place}: "${key}" has no German text`);
    else if (holes(de.get(key)) !== holes(text)) problems.push(`${place}: "${key}" fills other values in German`);
    if (!text.trim()) problems.push(`${place}: "${key}" is empty`);
  }
  for (const key of de.keys()) if (!en.has(key)) problems.push(`${place}: "${key}" has no English text`);
  // Texts of shared are for everybody; a feature's only for itself (and for app, where the frame names it).
  const users = files.filter((path) => literals.has(path));
  for (const key of en.keys()) {
    const bare = key.replace(plural, "");
    const used = users.some((path) => {
      const tests = [bare, `${place}:${bare}`];
      return tests.some((name) => literals.get(path).has(name) || patternsOf.get(path).some((p) => p.test(name)));
    });
    if (!used) problems.push(`${place}: "${key}" is used nowhere`);
  }
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`${problems.length} problems with texts`);
  process.exit(1);
}
console.log(`${count} texts, in both languages, all used`);
