// The host behind the screens: Tauri in the app, an in-memory fake in a browser and in tests.
import { listen } from "@tauri-apps/api/event";
import { commands, type CommandError as CommandErrorView, type DataChanged, type ErrorCode, type FieldProblem, type Topic } from "./bindings";

type Generated = typeof commands;
type Answered<R> = Extract<Awaited<R>, { status: "ok" }> extends { data: infer D } ? D : never;

/** Every command, answering with its data or rejecting with a CommandError. */
export type Commands = {
  [K in keyof Generated]: (...args: Parameters<Generated[K]>) => Promise<Answered<ReturnType<Generated[K]>>>;
};
export type CommandName = keyof Generated;
export type CommandArgs<K extends CommandName> = Parameters<Commands[K]>;
export type CommandData<K extends CommandName> = Awaited<ReturnType<Commands[K]>>;

/** What screens may ask of the world outside the webview. */
export interface Host {
  commands: Commands;
  /** Calls back with the topics of every write; the answer stops it. */
  /** Hears every change from `attached` on; earlier ones may be missed. The answer stops it. */
  onDataChanged: (listener: (topics: Topic[]) => void, attached: () => void) => () => void;
}

/** An error of a use case, as the screens act on it. */
export class CommandError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldProblem[];

  constructor(view: CommandErrorView) {
    super(view.code);
    this.name = "CommandError";
    this.code = view.code;
    this.fields = view.fields;
  }
}

/** Anything thrown, as a CommandError: what is not of the closed list is a defect. */
export function asCommandError(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown;
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "fields" in thrown) {
    return new CommandError(thrown as CommandErrorView);
  }
  return new CommandError({ code: "internal", fields: [] });
}

async function unwrap(answer: Promise<{ status: "ok"; data: unknown } | { status: "error"; error: CommandErrorView }>): Promise<unknown> {
  let result;
  try {
    result = await answer;
  } catch (thrown) {
    throw asCommandError(thrown);
  }
  if (result.status === "ok") return result.data;
  throw asCommandError(result.error);
}

const tauriHost: Host = {
  commands: Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [
      name,
      (...args: never[]) => unwrap((command as (...args: never[]) => ReturnType<Generated["home"]>)(...args)),
    ]),
  ) as Commands,
  onDataChanged(listener, attached) {
    let stopped = false;
    const stop = listen<DataChanged>("data-changed", (event) => {
      if (!stopped) listener(event.payload.topics);
    });
    void stop.then(() => {
      if (!stopped) attached();
    });
    return () => {
      stopped = true;
      void stop.then((unlisten) => {
        unlisten();
      });
    };
  },
};

let current: Host = tauriHost;

/** Puts a fake in the host's place: in a browser and in tests. */
export function setHost(host: Host): void {
  current = host;
}

/** The host in use. */
export function host(): Host {
  return current;
}
