// The fake's change to many customers: prepared, started, and over at once.
import type { BulkView, CustomerRow, ResellerRow, Topic } from "../bindings";
import { CommandError, type Commands } from "../host";

type Many = Pick<Commands, "bulk" | "prepareBulk" | "startBulk" | "stopBulk">;
type Answers = { [K in keyof Many]: (...args: Parameters<Many[K]>) => Awaited<ReturnType<Many[K]>> };

/** Answers over the fake's book. `runs` leaves a change under way, to be looked at. */
export function bulk(book: { owners: CustomerRow[]; partners: ResellerRow[]; found: (query: Parameters<Commands["listCustomers"]>[0]) => CustomerRow[]; changed: (...topics: Topic[]) => void }): Answers {
  let task: BulkView | undefined;
  return {
    bulk: () => (task === undefined || task.state === "prepared" ? null : task),
    prepareBulk: (selection, change) => {
      const rows = selection.all ? book.found(selection.query).filter((row) => !selection.ids.includes(row.id)) : book.owners.filter((row) => selection.ids.includes(row.id));
      const forTags = change.kind === "add_tag" || change.kind === "remove_tag";
      task = {
        number: (task?.number ?? 0) + 1,
        change: { ...change, value: change.value.trim() },
        name: book.partners.find((row) => row.id === change.value)?.name ?? "",
        state: "prepared",
        total: rows.length,
        gone: 0,
        changed: 0,
        leftOut: 0,
        waits: false,
        subscriptions: forTags ? 0 : rows.reduce((sum, row) => sum + row.subscriptions, 0),
        names: rows.slice(0, 5).map((row) => row.name),
      };
      return task;
    },
    startBulk: (number) => {
      if (task?.number !== number || task.state !== "prepared") throw new CommandError({ code: "review_changed", fields: [] });
      task = { ...task, state: "done", gone: task.total, changed: task.total };
      book.changed("bulk", "customers");
      return null;
    },
    stopBulk: (number) => {
      if (task?.number === number) task = task.state === "running" ? { ...task, state: "stopped" } : undefined;
      book.changed("bulk");
      return null;
    },
  };
}
