// Text from the server and from people is shown as text (W7): payloads that would run stand in every name, note and
// title of every page, and what comes of them is letters.
import { render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { App } from "@/app/App";
import { setHost } from "@/shared/ipc";
import { createFake } from "@/shared/ipc/fake";
import { FewStyles } from "./FewStyles";

/** As an element, as an attribute that ends early, as an address, as a template of two engines; all in each text. */
const PAYLOAD = [
  `<img src="x" onerror="window.ran=1">`,
  `<script>window.ran=1</script>`,
  `"><svg onload="window.ran=1">`,
  `' onmouseover='window.ran=1`,
  `<a href="javascript:window.ran=1">x</a>`,
  `{{window.ran=1}} \${window.ran=1}`,
].join(" ");

/** Everything that reads like a text of people or of a server, and not like an id, a word of a state, a date or an amount. */
const isText = (text: string) => / /.test(text) && /\p{L}{3}/u.test(text) && !/^\d+ [A-Z]{3}$/.test(text);

function spiked(value: unknown): unknown {
  if (typeof value === "string") return isText(value) ? `${value} ${PAYLOAD}` : value;
  if (Array.isArray(value)) return value.map((one) => spiked(one));
  if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spiked(inner)]));
  return value;
}

/** The fake host whose every answer has the payload in its texts. */
function openSpiked(route: string) {
  window.location.hash = `#${route}`;
  const host = createFake({ session: true });
  const commands = Object.fromEntries(
    Object.entries(host.commands).map(([name, command]) => [name, async (...given: unknown[]) => spiked(await (command as (...all: unknown[]) => Promise<unknown>)(...given))]),
  );
  setHost({ ...host, commands: commands as unknown as typeof host.commands });
  return render(<App />, { wrapper: FewStyles });
}

/** What the payload is recognised by where it became letters. */
const LETTERS = "window.ran=1";

const ROUTES = ["/home", "/resellers", "/customers", "/outbox", "/journal", "/sessions", "/catalogue", "/customers/ending", "/settings"];

afterEach(() => { delete (window as { ran?: unknown }).ran; });

describe("text that would run", () => {
  it.each(ROUTES)("is letters on %s", async (route) => {
    openSpiked(route);
    await screen.findAllByRole("heading", { level: 1 });
    await waitFor(() => { expect(document.body.textContent).toContain(LETTERS); });
    expect(document.querySelectorAll("script, img[src='x'], svg[onload], [onerror], [onload], [onmouseover], a[href^='javascript']")).toHaveLength(0);
    expect((window as { ran?: unknown }).ran).toBeUndefined();
  });

  it("is caught where it is not letters", () => {
    const page = document.createElement("main");
    page.innerHTML = `Nordwind ${PAYLOAD}`;
    document.body.append(page);
    expect(document.querySelectorAll("[onerror]")).not.toHaveLength(0);
    page.remove();
  });
});
