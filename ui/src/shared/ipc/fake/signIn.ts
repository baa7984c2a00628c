// Sign-in and the sync of the fake host. `?live=1` makes its workspace a live one.
import type { ConnectionForm, SignInTrouble, SignInTroubleView, SignInView, StartView, SyncView, Topic, WorkspaceView } from "../bindings";
import type { Commands } from "../host";
import { ago, hours } from "./book";

type Answers<K extends keyof Commands> = { [N in K]: (...args: Parameters<Commands[N]>) => Awaited<ReturnType<Commands[N]>> };

/** Its answers. `open` opens the book, `changed` tells the screens. */
export function signIn(options: { trouble?: string; syncing?: boolean; step?: string }, workspace: () => WorkspaceView, open: () => StartView, changed: (...topics: Topic[]) => void) {
  const plain = (kind: SignInTrouble): SignInTroubleView => ({ kind, expected: "ada.keller@nordhafen.onmicrosoft.com", found: "ben.ortiz@nordhafen.onmicrosoft.com", seconds: 3600, number: 70011 });
  let trouble: SignInTroubleView | null = options.trouble === undefined ? null : plain(options.trouble as SignInTrouble);
  let form: ConnectionForm = { cloud: "commercial", tenant: "", client: "", api: "", authority: "" };
  const idle = (): SignInView => ({ step: "idle", way: "browser", form, problems: [], trouble: null, browserMissing: false, page: "", code: "", user: "", company: "" });
  let view: SignInView = idle();
  const steps: Partial<Record<string, () => SignInView>> = {
    browser: () => ({ ...idle(), step: "waiting_for_browser", page: "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=1d0c4a3e" }),
    device: () => ({ ...idle(), step: "waiting_for_device", way: "device_code", page: "https://microsoft.com/devicelogin", code: "BCDFGHJKL" }),
    done: () => ({ ...idle(), step: "signed_in", user: "ada.keller@nordhafen.onmicrosoft.com", company: "Nordhafen Distribution GmbH" }),
    failed: () => ({ ...idle(), step: "failed", trouble: plain("role_missing") }),
  };
  view = steps[options.step ?? ""]?.() ?? view;
  const sync = (): SyncView => (options.syncing ? { stage: "details", done: 1240, of: 5000, first: true, waits: null, finishedAt: null } : { stage: "done", done: 0, of: 0, first: false, waits: null, finishedAt: ago(hours(1)) });
  const signedIn = () => ({
    user: "ada.keller@nordhafen.onmicrosoft.com", name: "Ada Keller", company: "Nordhafen Distribution GmbH", tenant: "5b1f7c62-93d4-4e0a-8a57-0f1e62c94b10",
    client: "1d0c4a3e-58b6-4f29-9e63-3b7ad25f8801", cloud: "commercial" as const, host: "https://api.partnercenter.microsoft.com", since: ago(hours(30)), trouble, waiting: 3,
  });
  const set = (next: SignInView) => {
    view = next;
    changed("sign_in");
    return view;
  };
  const begun = (way: SignInView["way"]) => set({ ...(way === "browser" ? steps.browser?.() : steps.device?.()) ?? idle(), way, form });
  const answers: Answers<"signInState" | "beginSignIn" | "signInAgain" | "cancelSignIn" | "openSignInPage" | "makeLiveWorkspace" | "makeLiveWorkspaceWithPassphrase" | "signedIn" | "signOut" | "syncState" | "syncNow" | "workspaces" | "openWorkspace"> = {
    signInState: () => view,
    beginSignIn: (typed, way) => {
      form = typed;
      if (typed.tenant.trim() === "") return { ...idle(), problems: [{ field: "tenant", problem: "required" }] };
      return begun(way);
    },
    signInAgain: (way) => begun(way),
    cancelSignIn: () => set(idle()),
    openSignInPage: () => view,
    makeLiveWorkspace: () => open(),
    makeLiveWorkspaceWithPassphrase: (passphrase, again) => (passphrase.length < 12 ? { start: null, problem: "too_short" } : passphrase === again ? { start: open(), problem: null } : { start: null, problem: "different" }),
    signedIn,
    signOut: () => {
      trouble = plain("signed_out");
      changed("sign_in", "connection");
      return signedIn();
    },
    syncState: sync,
    syncNow: sync,
    workspaces: () => [{ workspace: workspace(), open: true }],
    openWorkspace: () => open(),
  };
  return answers;
}
