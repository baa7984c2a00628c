// Operations of one Submit stand together.
import { expect, it } from "vitest";
import { operations } from "@/shared/ipc/fake/outbox";
import { grouped } from "./groups";

it("groups by Submit and keeps the order", () => {
  const rows = operations([{ id: "0192c0-1", name: "Praxis Dr. Lehmann" }, { id: "0192c0-2", name: "Augenzentrum Förde" }]);
  const groups = grouped(rows);
  expect(groups[0]?.rows.map((row) => row.kind)).toEqual(["create_customer", "confirm_agreement", "create_cart", "checkout_cart"]);
  expect(groups.flatMap((group) => group.rows)).toHaveLength(rows.length);
});
