// Setup info arrives while the person looks at something else: the system says so, discreetly, and it waits on Home.
import { expect, expectSame, waitFor } from "./lib/wait.mjs";
import { startNotices } from "./lib/notices.mjs";
import { Person, brandt, threeProducts } from "./lib/person.mjs";
import { activateWindow, startChild, windowTitled } from "./lib/world.mjs";

export default {
  title: "setup info arrives unattended: a discreet notification, which leads to the window, and Home waits with it",
  async run({ open }) {
    const driver = await open();
    const notices = await startNotices(driver.world);
    try {
      const person = new Person(driver);
      const { words: w } = person;
      await person.tryItOut();

      // Attended, nothing is said: the confirmation shows it.
      await person.onboard(brandt(), threeProducts);
      await person.allArrives();
      expectSame(notices.shown, [], "notifications while the window has the focus");
      await person.reveal();
      await person.acknowledge();

      // Another one, submitted offline; the network comes back while another program has the keyboard.
      await person.workOffline(true);
      await person.onboard(brandt({ companyName: "Segelmacherei Petersen GmbH", email: "info@segelmacherei-petersen.example", signerEmail: "nele@segelmacherei-petersen.example" }), threeProducts.slice(0, 1));
      await driver.sees(w.savedOffline);
      // Another program, as plain as one can be: a picture in a window.
      startChild(driver.world, "display", ["-size", "240x160", "xc:white"]);
      const elsewhere = await waitFor("the other program", () => windowTitled(driver.world, "ImageMagick"));
      await waitFor("the window to lose the focus", async () => {
        // A window that is not in sight yet can't take the keyboard: it is asked again.
        activateWindow(driver.world, elsewhere);
        return (await driver.session.run("function () { return document.hasFocus(); }")) === false;
      });
      await person.workOffline(false);

      const notice = await waitFor("the notification", () => notices.shown[0], { timeout: 60_000 });
      expectSame(notices.shown.length, 1, "notifications");
      const said = `${notice.summary} ${notice.text}`;
      expect(/setup info/i.test(said) && /home/i.test(said), `it says something else: ${said}`);
      for (const secret of ["Petersen", "Segelmacherei", "segelmacherei", "admin@", "onmicrosoft", "assword"]) expect(!said.includes(secret), `it says ${secret}`);

      // Pressed, it brings the window to the front; there it waits.
      notices.press(notice.id);
      await waitFor("the window to have the focus again", async () => (await driver.session.run("function () { return document.hasFocus(); }")) === true);
      await person.goTo("home");
      await driver.find("link", w.handOver);
    } finally {
      notices.close();
    }
  },
};
