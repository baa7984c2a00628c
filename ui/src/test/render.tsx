// The whole window over a fake book, as a person would meet it.
import { createDOMRenderer, RendererProvider } from "@fluentui/react-components";
import { render, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import type { ReactNode } from "react";
import { expect } from "vitest";
import { App } from "@/app/App";
import { forgetFilter } from "@/features/customers/filter";
import { forgetSelection } from "@/features/customers/selection";
import { setHost } from "@/shared/ipc";
import { createFake, type FakeOptions } from "@/shared/ipc/fake";

/**
 * Of the styles only what hides things or takes no press is put into the page: jsdom matches every rule against every
 * element that is looked at, which took three quarters of the time, and lays nothing out anyway.
 */
const renderer = createDOMRenderer(document, { unstable_filterCSSRule: (rule) => /display:|visibility:|pointer-events:|opacity:|clip/.test(rule) });

/** Opens the window at an address. */
export function openWindow(route: string, options: FakeOptions = {}) {
  forgetFilter();
  forgetSelection();
  window.location.hash = `#${route}`;
  const host = createFake(options);
  setHost(host);
  return { host, user: userEvent.setup(), ...render(<App />, { wrapper: Window }) };
}

function Window({ children }: { children: ReactNode }) {
  return <RendererProvider renderer={renderer}>{children}</RendererProvider>;
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
