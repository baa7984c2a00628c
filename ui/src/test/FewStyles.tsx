// Of the styles only what hides things or takes no press is put into the page that is tested: jsdom matches every rule
// against every element that is looked at, which took three quarters of the time, and lays nothing out anyway.
import { createDOMRenderer, RendererProvider } from "@fluentui/react-components";
import type { ReactNode } from "react";

const renderer = createDOMRenderer(document, { unstable_filterCSSRule: (rule) => /display:|visibility:|pointer-events:|opacity:|clip/.test(rule) });

/** Around what is rendered. */
export function FewStyles({ children }: { children: ReactNode }) {
  return <RendererProvider renderer={renderer}>{children}</RendererProvider>;
}
