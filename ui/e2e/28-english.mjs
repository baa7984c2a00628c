// The same walk in English: by keyboard alone, each page with its focus where a person can go on from.
import { expect, expectSame } from "./lib/wait.mjs";
import { walkByKeyboard } from "./lib/keyboard.mjs";

export default {
  title: "English by keyboard alone; the focus is never lost, and no German word stands about",
  async run({ open }) {
    const driver = await open({ locale: "en_GB.UTF-8" });
    await walkByKeyboard(driver, "en", async (where) => {
      const page = await driver.session.run(`function () {
        const e = document.activeElement;
        return { lang: document.documentElement.lang, lost: e === null || !e.isConnected || e.closest("[aria-hidden='true']") !== null, text: document.body.innerText };
      }`);
      expectSame(page.lang.slice(0, 2), "en", `language of ${where}`);
      expect(!page.lost, `the focus is lost at ${where}`);
      const line = page.text.split("\n").find((each) => /\b(der|und|nicht|wird|Kunden|Abbrechen|Lizenzen)\b/.test(each));
      expect(line === undefined, `${where} says in German: ${line}`);
    });
  },
};
