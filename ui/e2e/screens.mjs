// A picture of every page and dialog, light and dark, English and German, into target/screens/.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { Driver, projectFolder } from "./driver.mjs";
import { prepare, setTheme, themes, tour, tourFirstStart } from "./lib/tour.mjs";

const folder = path.join(projectFolder, "target/screens");
mkdirSync(folder, { recursive: true });
let pictures = 0;

for (const [language, locale] of [["en", "en_US.UTF-8"], ["de", "de_DE.UTF-8"]]) {
  const driver = await Driver.open({ locale });
  const take = (theme) => async (page, otherWindow) => {
    const file = path.join(folder, `${page}-${theme}-${language}.png`);
    await (otherWindow ? otherWindow(file) : driver.picture(file));
    pictures += 1;
  };
  try {
    await tourFirstStart(driver, language, take("light"));
    const person = await prepare(driver, language);
    for (const theme of Object.keys(themes)) {
      await setTheme(person, theme);
      await tour(person, themes[theme].company, take(theme));
    }
  } catch (error) {
    await driver.picture(path.join(folder, `stopped-${language}.png`)).catch(() => undefined);
    throw error;
  } finally {
    await driver.end();
  }
}
console.log(`${pictures} pictures in ${path.relative(process.cwd(), folder)}`);
