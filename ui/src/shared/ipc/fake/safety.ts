// Keys, backups and a restored book of the fake host.
import type { BackupRow, HeldView, RestoredView, StartView } from "../bindings";
import type { Commands } from "../host";
import { ago, hours } from "./book";

const CODE = "7K3QM-0Z9WD-4TTBX-R8VHN-2CJ5P-EYFGA-16SQW";

type Answers<K extends keyof Commands> = { [N in K]: (...args: Parameters<Commands[N]>) => Awaited<ReturnType<Commands[N]>> };

function held(id: number, customerName: string, own: Partial<HeldView>): HeldView {
  return { onboardingId: `01940000-0000-7000-8000-00000000000${id}`, customerId: "", customerName, lines: 2, licences: 24, seen: "absent", orders: [], lookedAt: ago(hours(0.1)), mayTakeOver: false, maySend: false, takingOver: false, ...own };
}

/** Its answers. `open` opens the book, `changed` tells the screens. */
export function safety(options: { empty?: boolean; restored?: boolean; workspace?: string; passphrase?: boolean }, open: () => StartView, changed: () => void) {
  const at = (back: number, reason: BackupRow["reason"], sizeKb: number): BackupRow => ({ name: `${String(back)}-${reason}.db`, madeAt: ago(hours(back)), reason, sizeKb });
  let rows = options.empty ? [] : [at(1, "order", 1840), at(9, "daily", 1812), at(33, "daily", 1800), at(60, "manual", 980)];
  let recoverySince: string | null = options.workspace === "live" ? ago(hours(500)) : null;
  let restored: RestoredView | null = options.restored
    ? {
        why: "restored", since: ago(hours(0.2)), until: ago(-hours(0.3)), over: false, backupAt: ago(hours(9)),
        held: [
          held(1, "Tischlerei Brandt GmbH", { seen: "found", orders: ["a1b2c3d4e5f6"], mayTakeOver: true }),
          held(2, "Gärtnerei Sommerfeld", {}),
          held(3, "Museum am Hafen", { seen: "not_yet", lookedAt: null }),
        ],
      }
    : null;
  const folder = "C:\\Users\\anna\\AppData\\Local\\Channelbook\\practice\\backups";
  const answers: Answers<"tryItOutWithPassphrase" | "unlock" | "recoverKey" | "safekeeping" | "beginRecoveryCode" | "proveRecoveryCode" | "backups" | "backUpNow" | "saveBackupCopy" | "chooseBackup" | "restoreBackup" | "restoredBook" | "releaseOnboarding"> = {
    tryItOutWithPassphrase: (passphrase, again) => (passphrase.length < 12 ? { start: null, problem: "too_short" } : passphrase === again ? { start: open(), problem: null } : { start: null, problem: "different" }),
    unlock: (passphrase) => (passphrase === "vier alte Lampen" ? { start: open(), problem: null } : { start: null, problem: "wrong" }),
    recoverKey: (code) => (code === CODE ? { start: open(), problem: null } : { start: null, problem: "not_a_code" }),
    safekeeping: () => ({ place: options.passphrase ? "passphrase" : "keychain", recoverySince }),
    beginRecoveryCode: () => ({ code: CODE }),
    proveRecoveryCode: (typed) => {
      if (typed !== CODE) return { start: null, problem: "not_a_code" };
      recoverySince = ago(0);
      changed();
      return { start: null, problem: null };
    },
    backups: () => ({ rows, folder, problem: null }),
    backUpNow: () => {
      rows = [at(0, "manual", 1844), ...rows];
      return { rows, folder, problem: null };
    },
    saveBackupCopy: () => true,
    chooseBackup: () => at(2, "manual", 1800),
    restoreBackup: (name, secret) => (name === "" && secret === "" ? { start: null, problem: "needs_code" } : { start: open(), problem: null }),
    restoredBook: () => restored,
    releaseOnboarding: (id) => {
      if (restored) restored = { ...restored, held: restored.held.filter((one) => one.onboardingId !== id) };
      changed();
      return restored;
    },
  };
  return answers;
}
