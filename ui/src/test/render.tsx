// The whole window over a fake book, as a person would meet it.
import { render, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";
import { App } from "@/app/App";
import { forgetFilter } from "@/features/customers/filter";
import { forgetSelection } from "@/features/customers/selection";
import { setHost } from "@/shared/ipc";
import { createFake, type FakeOptions } from "@/shared/ipc/fake";
import { FewStyles } from "./FewStyles";

/** Opens the window at an address. */
export function openWindow(route: string, options: FakeOptions = {}) {
  forgetFilter();
  forgetSelection();
  window.location.hash = `#${route}`;
  const host = createFake(options);
  setHost(host);
  return { host, user: userEvent.setup(), ...render(<App />, { wrapper: FewStyles }) };
}

/** No violation of axe in what is shown. Fluent's focus guards are its own business. */
export async function expectAccessible(): Promise<void> {
  const result = await axe.run({ include: [document.body], exclude: [["[data-tabster-dummy]"]] } as axe.ElementContext, {
    // jsdom lays nothing out and draws no colour: contrast is measured in the real window.
    rules: { "color-contrast": { enabled: false } },
  });
  const found = result.violations.map((violation) => `${violation.id}: ${violation.help}\n  ${violation.nodes.map((node) => node.html.slice(0, 200)).join("\n  ")}`);
  expect(found, "axe finds nothing").toEqual([]);
}

/** Waits until the page has its heading. */
export async function headed(name: string): Promise<void> {
  await waitFor(() => {
    expect([...document.querySelectorAll("h1")].map((heading) => heading.textContent)).toContain(name);
  });
}
