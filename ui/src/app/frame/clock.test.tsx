// A clock that is wrong by more than five minutes is said on every page (N3).
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { headed, openWindow } from "@/test/render";

describe("the clock of this computer", () => {
  it.each([
    { language: "en" as const, skew: 3600, page: "Outbox", said: /differs from Microsoft's by 60 minutes/ },
    { language: "en" as const, skew: -420, page: "Outbox", said: /differs from Microsoft's by 7 minutes/ },
    { language: "de" as const, skew: 3600, page: "Ausgang", said: /weicht um 60 Minuten/ },
  ])("is said to be wrong by what it is ($language, $skew s)", async ({ language, skew, page, said }) => {
    openWindow("/outbox", { language, skew });
    await headed(page);
    expect(await screen.findByText(said)).toBeTruthy();
  });

  it("is left alone within five minutes", async () => {
    openWindow("/outbox", { skew: 299 });
    await headed("Outbox");
    expect(screen.queryByText(/differs from Microsoft/)).toBeNull();
  });
});
