// The system's own save dialog, filled in as a person does: the name typed, Enter pressed.
import { waitFor } from "./wait.mjs";
import { activateWindow, pressKeys, typeText, windowsOf } from "./world.mjs";

/** Waits for the dialog, types the whole path, and comes back when it has closed. */
export async function saveAs(driver, file) {
  const dialog = await waitFor("the save dialog", () => windowsOf(driver.world, driver.pid).find((each) => each.id !== driver.firstWindow));
  activateWindow(driver.world, dialog.id);
  pressKeys(driver.world, "ctrl+a");
  typeText(driver.world, file);
  await waitFor("the dialog to take the name and close", async () => {
    pressKeys(driver.world, "Return");
    return waitFor("it to close", () => windowsOf(driver.world, driver.pid).length === 1, { timeout: 2000 });
  });
}
