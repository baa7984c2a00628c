// A picture of every page and dialog, light and dark, English and German, into target/screens/; `screens.mjs 960x600`
// takes them in a smaller window.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { Driver, projectFolder } from "./driver.mjs";
import { prepare, setTheme, themes, tour, tourFirstStart, tourNoKeychain, tourStartProblems } from "./lib/tour.mjs";

const folder = path.join(projectFolder, "target/screens");
mkdirSync(folder, { recursive: true });
let pictures = 0;

/** The size of the window, as the driver takes it: `960x600`; the usual one without. */
const [width, height] = (process.argv[2] ?? "").split("x").map(Number);
const size = width > 0 && height > 0 ? { width, height } : {};

const taking = (driver, language) => (theme) => async (page, otherWindow) => {
  const file = path.join(folder, `${page}-${theme}-${language}.png`);
  await (otherWindow ? otherWindow(file) : driver.picture(file));
  pictures += 1;
};

for (const [language, locale] of [["en", "en_US.UTF-8"], ["de", "de_DE.UTF-8"]]) {
  let driver = await Driver.open({ locale, ...size });
  try {
    let take = taking(driver, language);
    await tourFirstStart(driver, language, take("light"));
    const person = await prepare(driver, language, take("light"));
    for (const theme of Object.keys(themes)) {
      await setTheme(person, theme);
      await tour(person, themes[theme].company, take(theme));
    }
    await tourStartProblems(driver, language, take("dark"));
    await driver.end();
    driver = await Driver.open({ locale, keychain: false, ...size });
    take = taking(driver, language);
    await tourNoKeychain(driver, language, take("light"));
  } catch (error) {
    await driver.picture(path.join(folder, `stopped-${language}.png`)).catch(() => undefined);
    throw error;
  } finally {
    await driver.end();
  }
}
console.log(`${pictures} pictures in ${path.relative(process.cwd(), folder)}`);
