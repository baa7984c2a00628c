// German throughout, by keyboard alone: from first start to the password, without a mouse and without an English word.
import { expect, expectSame } from "./lib/wait.mjs";
import { walkByKeyboard } from "./lib/keyboard.mjs";

/** English words that no German sentence holds. */
const english = /\b(the|your|with|from|are|has|and|of|this|customers?|settings|cancel|back|next|search|waiting|licences?)\b/i;

export default {
  title: "German throughout, by keyboard alone",
  async run({ open }) {
    const driver = await open({ locale: "de_DE.UTF-8" });
    await walkByKeyboard(driver, "de", (where) => isGerman(driver, where));
  },
};

/** No English sentence is in sight; products keep the names that Microsoft gives them, and a country may be called Isle of Man. */
async function isGerman(driver, where) {
  const { lang, text } = await driver.session.run(`function () {
    const copy = document.body.cloneNode(true);
    for (const product of copy.querySelectorAll("[data-product], [data-line], [lang='en'], option, script, style")) product.remove();
    const parts = [];
    const labels = [...copy.querySelectorAll("[aria-label], [placeholder], [title]")];
    for (const e of labels) parts.push(e.getAttribute("aria-label") ?? "", e.getAttribute("placeholder") ?? "", e.getAttribute("title") ?? "");
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) parts.push(walker.currentNode.data);
    return { lang: document.documentElement.lang, text: parts.join("\\n") };
  }`);
  expectSame(lang.slice(0, 2), "de", `language of ${where}`);
  const line = text.split("\n").find((each) => english.test(each));
  expect(line === undefined, `${where} says in English: ${line}`);
}
