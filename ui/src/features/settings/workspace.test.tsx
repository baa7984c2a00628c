// Name and colour of the open workspace.
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible, headed, openWindow } from "@/test/render";

describe("the workspace", () => {
  it("takes another colour while it is live, and keeps purple for practice", async () => {
    const { user } = openWindow("/settings", { workspace: "live" });
    await headed("Settings");
    const colours = await screen.findByRole("radiogroup", { name: "Colour" });
    expect(within(colours).getByRole<HTMLInputElement>("radio", { name: "Teal" }).checked).toBe(true);
    expect(within(colours).queryByRole("radio", { name: /purple/i })).toBeNull();
    await user.click(within(colours).getByRole("radio", { name: "Berry" }));
    const berry = await within(await screen.findByRole("radiogroup", { name: "Colour" })).findByRole<HTMLInputElement>("radio", { name: "Berry", checked: true });
    expect(berry.checked).toBe(true);
    await expectAccessible();
  });

  it("has no colour to choose in practice", async () => {
    openWindow("/settings");
    await screen.findByRole("heading", { name: "Workspace" });
    expect(screen.queryByRole("radiogroup", { name: "Colour" })).toBeNull();
  });
});
