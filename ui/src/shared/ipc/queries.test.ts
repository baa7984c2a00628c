// What the cache shows after a change, whatever was being read while it happened.
import { QueryObserver } from "@tanstack/react-query";
import { waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Topic } from "./bindings";
import { setHost, type Host } from "./host";
import { createQueryClient, followChanges, readKey } from "./queries";

it("reads again what was changed while its first answer was on its way", async () => {
  let changed: (topics: Topic[]) => void = () => undefined;
  const answers: ((text: string) => void)[] = [];
  setHost({
    commands: {} as Host["commands"],
    onDataChanged: (listener) => {
      changed = listener;
      return () => undefined;
    },
  });
  const client = createQueryClient(() => undefined);
  followChanges(client);
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve));
  const observer = new QueryObserver(client, { queryKey: readKey("confirmation", "one"), queryFn });
  const stop = observer.subscribe(() => undefined);
  changed(["outbox"]);
  answers[0]?.("sending");
  await waitFor(() => {
    expect(answers.length).toBe(2);
  });
  answers[1]?.("confirmed");
  await waitFor(() => {
    expect(observer.getCurrentResult().data).toBe("confirmed");
  });
  changed(["catalogue"]);
  expect(answers.length).toBe(2);
  stop();
});

it("reads again what was read before anybody listened", async () => {
  let attached: () => void = () => undefined;
  setHost({
    commands: {} as Host["commands"],
    onDataChanged: (_listener, now) => {
      attached = now;
      return () => undefined;
    },
  });
  const client = createQueryClient(() => undefined);
  followChanges(client);
  const answers: ((text: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve));
  const observer = new QueryObserver(client, { queryKey: readKey("connection"), queryFn });
  const stop = observer.subscribe(() => undefined);
  answers[0]?.("offline");
  await waitFor(() => {
    expect(observer.getCurrentResult().data).toBe("offline");
  });
  attached();
  await waitFor(() => {
    expect(answers.length).toBe(2);
  });
  answers[1]?.("up to date");
  await waitFor(() => {
    expect(observer.getCurrentResult().data).toBe("up to date");
  });
  stop();
});

it.each([["listOperations", readKey("listOperations", "all", null)], ["operationDetail", readKey("operationDetail", "one")]] as const)("reads %s again when the connection changes: what waits may wait for it", async (_name, queryKey) => {
  let changed: (topics: Topic[]) => void = () => undefined;
  setHost({
    commands: {} as Host["commands"],
    onDataChanged: (listener) => {
      changed = listener;
      return () => undefined;
    },
  });
  const client = createQueryClient(() => undefined);
  followChanges(client);
  const answers = ["looked up in 1 minute", "looked up once you work online"];
  const queryFn = () => Promise.resolve(answers.shift() ?? "");
  const observer = new QueryObserver(client, { queryKey, queryFn });
  const stop = observer.subscribe(() => undefined);
  await waitFor(() => {
    expect(observer.getCurrentResult().data).toBe("looked up in 1 minute");
  });
  changed(["connection"]);
  await waitFor(() => {
    expect(observer.getCurrentResult().data).toBe("looked up once you work online");
  });
  stop();
});

it("holds nothing of a workspace once another is open", () => {
  setHost({ commands: {} as Host["commands"], onDataChanged: () => () => undefined });
  const client = createQueryClient(() => undefined);
  const stop = followChanges(client);
  const open = (id: string, name: string) => client.setQueryData(readKey("startView"), { kind: "ready", workspace: { id, name } });
  open("one", "Nordhafen");
  client.setQueryData(readKey("home"), "of the first");
  client.setQueryData(readKey("syncState"), "3 of 60");
  open("one", "Nordhafen Distribution");
  expect(client.getQueryData(readKey("home"))).toBe("of the first");
  // One that needs its passphrase is not open yet.
  client.setQueryData(readKey("startView"), { kind: "failed", workspace: null });
  open("two", "Südhafen");
  expect(client.getQueryData(readKey("home"))).toBeUndefined();
  expect(client.getQueryData(readKey("syncState"))).toBeUndefined();
  expect(client.getQueryData<{ workspace: { id: string } }>(readKey("startView"))?.workspace.id).toBe("two");
  stop();
});
