// Text from the server and from people is shown as text (W7): payloads that would run stand in every name, note and
// title of every page, and what comes of them is letters.
import { render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { App } from "@/app/App";
import { setHost } from "@/shared/ipc";
import { createFake } from "@/shared/ipc/fake";
import { FewStyles } from "./FewStyles";
import { LETTERS, payloads, runnable } from "./payloads";

/** For each text of each page: all of them one behind the other, since whatever is no markup here is none together. */
const PAYLOADS = payloads(500);
/** So many of them stand alone in all texts as well; the whole run has all of them. */
const ALONE = Number(process.env.CHANNELBOOK_SCRIPTS ?? 1);

/** Everything that reads like a text of people or of a server, and not like an id, a word of a state, a date or an amount. */
const isText = (text: string) => / /.test(text) && /\p{L}{3}/u.test(text) && !/^\d+ [A-Z]{3}$/.test(text);

function spiked(value: unknown, payload: string): unknown {
  if (typeof value === "string") return isText(value) ? `${value} ${payload}` : value;
  if (Array.isArray(value)) return value.map((one) => spiked(one, payload));
  if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spiked(inner, payload)]));
  return value;
}

/** The fake host whose every answer has the payload in its texts. */
function openSpiked(route: string, payload: string) {
  window.location.hash = `#${route}`;
  const host = createFake({ session: true });
  const commands = Object.fromEntries(
    Object.entries(host.commands).map(([name, command]) => [name, async (...given: unknown[]) => spiked(await (command as (...all: unknown[]) => Promise<unknown>)(...given), payload)]),
  );
  setHost({ ...host, commands: commands as unknown as typeof host.commands });
  return render(<App />, { wrapper: FewStyles });
}

const ROUTES = ["/home", "/resellers", "/customers", "/outbox", "/journal", "/sessions", "/catalogue", "/customers/ending", "/settings"];

afterEach(() => { delete (window as { ran?: unknown }).ran; });

/** Opens the page with the payload in all its texts: it is there as letters, and nothing came of it. */
async function expectLetters(route: string, payload: string) {
  const page = openSpiked(route, payload);
  await screen.findAllByRole("heading", { level: 1 });
  await waitFor(() => { expect(document.body.textContent.replace(/\s+/g, " ")).toContain(payload.replace(/\s+/g, " ")); });
  expect(runnable(document.body)).toEqual([]);
  expect((window as { ran?: unknown }).ran).toBeUndefined();
  page.unmount();
}

describe("text that would run", () => {
  it.each(ROUTES)("is letters on %s", async (route) => {
    await expectLetters(route, PAYLOADS.join(" "));
    for (const payload of PAYLOADS.slice(0, ALONE)) await expectLetters(route, payload);
  }, 20_000 + ALONE * 5_000);

  it("is of five hundred kinds, the same in each run", () => {
    expect(new Set(PAYLOADS).size).toBe(500);
    expect(payloads(500)).toEqual(PAYLOADS);
    expect(PAYLOADS.every((one) => one.includes(LETTERS))).toBe(true);
  });

  it("is caught where it is not letters", () => {
    const caught = PAYLOADS.filter((payload) => {
      const page = document.createElement("main");
      page.innerHTML = `Nordwind ${payload}`;
      return runnable(page).length > 0;
    });
    // The rest is no element in the middle of a text: it needs an attribute, an address or a template to stand in.
    expect(caught.length).toBeGreaterThan(250);
    for (const payload of PAYLOADS.filter((one) => /^" (auto|on)/.test(one))) {
      const page = document.createElement("main");
      page.innerHTML = `<p title="${payload}">Nordwind</p>`;
      expect(runnable(page).length, payload).toBeGreaterThan(0);
    }
  });
});
