// The practice panel by keyboard: a button that goes when it is pressed leaves the focus in the panel.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { headed, openWindow } from "@/test/render";

describe("the practice clock", () => {
  it("keeps the focus in the panel when it has gone back, so that Escape still closes it", async () => {
    const { user } = openWindow("/home");
    await headed("Home");
    await user.click(screen.getByRole("button", { name: "Practice: nothing leaves this laptop" }));
    await user.click(await screen.findByRole("button", { name: "One day on" }));
    (await screen.findByRole("button", { name: "Back to now" })).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => {
      expect(screen.queryByRole("button", { name: "Back to now" })).toBeNull();
    });
    expect(document.activeElement?.textContent).toBe("One hour on");
    await user.keyboard("{Escape}");
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
  });
});
