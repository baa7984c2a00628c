// Keys in a long list whose rows are read as they come into sight: none is lost while a row is still being read.
import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { DataList } from "./DataList";
import { ThemeRoot } from "./theme";

interface Row {
  id: string;
}
const COUNT = 1000;
const COLUMNS = [{ key: "id", head: "Id", width: "1fr", render: (row: Row) => row.id }];
let read: (row: number) => void = () => undefined;

/** A list of which the first rows are there, and every other one once it is read. */
function Long() {
  const [there, setThere] = useState<ReadonlySet<number>>(() => new Set(Array.from({ length: 40 }, (_, index) => index)));
  read = (row) => {
    setThere((before) => new Set(before).add(row));
  };
  return (
    <ThemeRoot theme="light">
      <DataList label="Long" source={{ count: COUNT, at: (index) => (there.has(index) ? { id: `row ${String(index)}` } : undefined), show: () => undefined }} rowKey={(row: Row) => row.id} columns={COLUMNS} rowHeight={34} />
      <button type="button">Elsewhere</button>
    </ThemeRoot>
  );
}

const held = () => document.activeElement?.closest("[data-index]")?.getAttribute("data-index");
const press = (key: string) => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key });
};
const begin = () => {
  render(<Long />);
  act(() => {
    screen.getByText("row 0").closest<HTMLElement>('[role="row"]')?.focus();
  });
};

describe("keys while rows are still read", () => {
  it("ends on the row that all keys together lead to", () => {
    begin();
    press("End");
    expect(held()).toBe(String(COUNT - 1));
    for (let time = 0; time < 5; time += 1) press("PageUp");
    press("ArrowUp");
    const end = COUNT - 1 - 5 * 12 - 1;
    expect(held()).toBe(String(end));
    // What comes late does not take the focus back; what was wanted has it, as a row that can be worked.
    act(() => { read(COUNT - 1); });
    expect(held()).toBe(String(end));
    act(() => { read(end); });
    expect(document.activeElement?.textContent).toBe(`row ${String(end)}`);
    press("Home");
    expect(document.activeElement?.textContent).toBe("row 0");
  });

  it("does not call back whoever went on to something else meanwhile", () => {
    begin();
    press("End");
    act(() => { screen.getByRole("button", { name: "Elsewhere" }).focus(); });
    act(() => { read(COUNT - 1); });
    expect(document.activeElement?.textContent).toBe("Elsewhere");
  });
});
