// A text that ends in an ellipsis is told whole; one that fits is not told twice.
import { fireEvent, render, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { CutTip } from "./CutTip";

const said = () => document.querySelector("[data-cut-tip]")?.textContent;

function Texts() {
  return (
    <>
      <CutTip />
      <span data-testid="cut" style={{ textOverflow: "ellipsis" }}>
        <b>Augenzentrum Förde am Alten Markt</b>
      </span>
      <span data-testid="whole" style={{ textOverflow: "ellipsis" }}>
        Kiel
      </span>
    </>
  );
}

describe("the tip of a text that is cut", () => {
  const before = Object.getOwnPropertyDescriptor(Element.prototype, "scrollWidth");
  afterEach(() => {
    if (before) Object.defineProperty(Element.prototype, "scrollWidth", before);
  });

  it("tells it whole under the pointer, until a key is pressed, and says nothing of one that fits", async () => {
    // Nothing is laid out here: only the long text is wider than its place.
    Object.defineProperty(Element.prototype, "scrollWidth", { configurable: true, get: (): number => 0 });
    const { getByTestId } = render(<Texts />);
    const cut = getByTestId("cut");
    Object.defineProperty(cut, "scrollWidth", { get: () => 5000 });
    fireEvent.pointerOver(cut.firstElementChild ?? cut);
    await waitFor(() => {
      expect(said()).toBe("Augenzentrum Förde am Alten Markt");
    });
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(said()).toBeUndefined();
    fireEvent.pointerOver(cut);
    await waitFor(() => {
      expect(said()).toBeDefined();
    });
    fireEvent.pointerOver(getByTestId("whole"));
    expect(said()).toBeUndefined();
  });
});
