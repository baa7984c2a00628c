// A machine whose disk can be full: the app is started again over a layer that refuses what is written to the book.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const source = path.join(path.dirname(fileURLToPath(import.meta.url)), "full-disk.c");

/** Gives the switch. The app must not have written anything yet that matters: it is started anew. */
export async function withDisk(driver) {
  const { world } = driver;
  const library = path.join(world.root, "full-disk.so");
  const flag = path.join(world.root, "disk-is-full");
  execFileSync("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
  await driver.quit();
  Object.assign(world.env, { LD_PRELOAD: library, JOURNEY_DISK_FULL: flag });
  await driver.start();
  return {
    fill: () => { writeFileSync(flag, ""); },
    free: () => { rmSync(flag, { force: true }); },
  };
}
