// axe finds nothing on any page and dialog, in both themes and both languages.
import { expect } from "./lib/wait.mjs";
import { prepare, setTheme, themes, tour, tourFirstStart, tourNoKeychain, tourStartProblems } from "./lib/tour.mjs";

export default {
  title: "axe: no violation on any page or dialog, both themes, both languages",
  // Four tours of some forty pages each: minutes of computing on a machine that does something else besides.
  limit: 25 * 60_000,
  async run({ open }) {
    const found = [];
    for (const [language, locale] of [["en", "en_US.UTF-8"], ["de", "de_DE.UTF-8"]]) {
      const driver = await open({ locale });
      const look = looking(driver, language, found);
      await tourFirstStart(driver, language, look("system"));
      const person = await prepare(driver, language, look("system"));
      for (const theme of Object.keys(themes)) {
        await setTheme(person, theme);
        // A tour that stops half-way still tells what was found until there.
        await tour(person, themes[theme].company, look(theme)).catch((error) => found.push(`the tour stopped (${theme}, ${language}): ${error.message}`));
      }
      await tourStartProblems(driver, language, look("system"));
      await driver.end();
      const bare = await open({ locale, keychain: false });
      await tourNoKeychain(bare, language, looking(bare, language, found)("system"));
      await bare.end();
    }
    expect(found.length === 0, `${found.length} violations:\n${found.join("\n")}`);
  },
};

/** What is done at each stop of a tour in a theme: looking for violations, and keeping them with where they are. */
function looking(driver, language, found) {
  return (theme) => async (page, otherWindow) => {
    // The reveal window is checked with the screens' own tests: WebDriver can put nothing into it.
    if (otherWindow) return;
    for (const violation of await driver.axe()) {
      found.push(`${page} (${theme}, ${language}): ${violation.id}\n    ${violation.nodes.slice(0, 3).join("\n    ")}`);
    }
  };
}
