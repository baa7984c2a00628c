// The search field: resellers, customers, subscriptions, operations, and commands. Ctrl/Cmd+K leads into it.
import { Caption1, Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  AddRegular,
  ArrowRightRegular,
  BeakerRegular,
  BriefcaseRegular,
  BuildingMultipleRegular,
  CloudOffRegular,
  HandshakeRegular,
  HistoryRegular,
  KeyboardRegular,
  PauseRegular,
  SearchRegular,
  SendRegular,
  TagRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type ConnectionView, type SearchHit, type SearchHitKind } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { SMALL, own, useMedia } from "@/shared/ui";
import { useOperationName } from "@/features/outbox";
import { RAIL } from "../routes";
import { commandMatches, hitAddress } from "./searching";

const ICONS: Record<SearchHitKind, FluentIcon> = {
  reseller: HandshakeRegular,
  customer: BuildingMultipleRegular,
  subscription: TagRegular,
  operation: SendRegular,
};
const KINDS: SearchHitKind[] = ["customer", "reseller", "subscription", "operation"];

const useStyles = makeStyles({
  root: { position: "relative", minWidth: 0 },
  input: { width: "100%" },
  keys: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "4px", padding: "0 5px", color: tokens.colorNeutralForeground2, whiteSpace: "nowrap", [SMALL]: { display: "none" } },
  popup: {
    position: "absolute",
    top: "38px",
    left: "-40px",
    right: "-40px",
    maxHeight: "min(520px, 70vh)",
    overflowY: "auto",
    zIndex: 20,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: "8px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    boxShadow: tokens.shadow16,
    padding: "8px",
    boxSizing: "border-box",
    [SMALL]: { position: "fixed", top: "50px", left: "8px", right: "8px" },
  },
  group: { padding: "8px 8px 4px", color: tokens.colorNeutralForeground2 },
  option: { display: "flex", alignItems: "center", gap: "12px", minHeight: "40px", padding: "2px 8px", borderRadius: "6px", cursor: "pointer" },
  picked: { backgroundColor: own.channelbookRow, outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  icon: { display: "inline-flex", fontSize: "20px", color: tokens.colorNeutralForeground2, flex: "0 0 auto" },
  words: { display: "flex", flexDirection: "column", minWidth: 0 },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  second: { color: tokens.colorNeutralForeground2 },
  nothing: { padding: "16px", display: "flex", flexDirection: "column", gap: "4px" },
});

interface Choice {
  key: string;
  icon: FluentIcon;
  title: string;
  detail: string;
  run: () => void;
}

function useCommands(connection: ConnectionView | undefined, onPractice: (() => void) | undefined): Choice[] {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const workOffline = useWrite("setWorkOffline").mutate;
  const paused = useWrite("setPaused").mutate;
  const sendNow = useWrite("sendNow").mutate;
  return useMemo(() => {
    const command = (key: string, icon: FluentIcon, title: string, run: () => void): Choice => ({ key, icon, title, detail: "", run });
    const offline = connection?.workOffline ?? false;
    const held = connection?.paused ?? false;
    return [
      command("add", AddRegular, t("search.addCustomer"), () => void navigate("/resellers?partnership=active")),
      command("send", SendRegular, t("search.sendNow"), () => { sendNow([]); }),
      command("offline", CloudOffRegular, offline ? t("search.workOnline") : t("search.workOffline"), () => { workOffline([!offline]); }),
      command("pause", PauseRegular, held ? t("search.resume") : t("search.pause"), () => { paused([!held]); }),
      ...RAIL.map((item) => command(item.name, ArrowRightRegular, t("search.go", { page: t(`nav.${item.name}`) }), () => void navigate(item.path))),
      command("sessions", BriefcaseRegular, t("search.sessions"), () => void navigate("/sessions")),
      command("journal", HistoryRegular, t("search.journal"), () => void navigate("/journal")),
      ...(onPractice ? [command("practice", BeakerRegular, t("search.practice"), onPractice)] : []),
    ];
  }, [connection?.workOffline, connection?.paused, navigate, onPractice, paused, sendNow, t, workOffline]);
}

/** Field and results. */
export function Search({ connection, onPractice }: { connection: ConnectionView | undefined; onPractice: (() => void) | undefined }) {
  const styles = useStyles();
  const { t } = useTranslation("app");
  const kind = useOperationName();
  const navigate = useNavigate();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [picked, setPicked] = useState(0);
  const asked = useDebounced(text.trim(), 120);
  const narrow = useMedia("(max-width: 1099px)");
  const found = useReadWhen(open && asked !== "", "search", asked);
  const commands = useCommands(connection, onPractice);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (document.activeElement instanceof HTMLElement && document.activeElement !== input.current) before.current = document.activeElement;
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, []);

  const leave = (giveBack: boolean) => {
    setOpen(false);
    setText("");
    setPicked(0);
    if (giveBack) (before.current ?? input.current)?.focus();
    before.current = null;
  };

  const groups = useMemo(() => {
    const fromHit = (hit: SearchHit): Choice => ({
      key: `${hit.kind}-${hit.id}`,
      icon: ICONS[hit.kind],
      title: hit.title,
      detail: hit.kind === "operation" ? kind(hit.detail) : hit.detail,
      run: () => void navigate(hitAddress(hit)),
    });
    const hits = asked === "" ? [] : (found.data ?? []);
    const things = KINDS.map((kind) => ({ key: kind as string, name: t(`search.${kind}`), choices: hits.filter((hit) => hit.kind === kind).map(fromHit) }));
    const acts = { key: "commands", name: t("search.commands"), choices: commands.filter((command) => commandMatches(command.title, text)) };
    return (asked === "" ? [acts] : [...things, acts]).filter((group) => group.choices.length > 0);
  }, [asked, commands, found.data, kind, navigate, t, text]);
  const choices = groups.flatMap((group) => group.choices);
  const chosen = choices[Math.min(picked, choices.length - 1)];

  const act = (choice: Choice) => {
    leave(false);
    input.current?.blur();
    choice.run();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (choices.length === 0) return;
      setOpen(true);
      setPicked((at) => (Math.min(at, choices.length - 1) + (event.key === "ArrowDown" ? 1 : -1) + choices.length) % choices.length);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (open && chosen) act(chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      leave(true);
    }
  };

  const optionId = (key: string) => `${id}-${key}`;
  const nothing = open && asked !== "" && found.isSuccess && choices.length === 0;
  return (
    <div
      role="search"
      className={styles.root}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) leave(false);
      }}
    >
      <Input
        input={{ ref: input, role: "combobox", "aria-label": t("search.label"), "aria-expanded": open, "aria-controls": `${id}-list`, "aria-autocomplete": "list", "aria-activedescendant": open && chosen ? optionId(chosen.key) : undefined }}
        className={styles.input}
        placeholder={narrow ? t("search.short") : t("search.label")}
        contentBefore={<SearchRegular aria-hidden />}
        contentAfter={open ? undefined : <Caption1 className={styles.keys} aria-hidden>{t("search.shortcut")}</Caption1>}
        value={text}
        onChange={(_event, data) => {
          setText(data.value);
          setPicked(0);
          setOpen(true);
        }}
        onFocus={() => { setOpen(true); }}
        onClick={() => { setOpen(true); }}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div className={styles.popup} tabIndex={-1} onMouseDown={(event) => { event.preventDefault(); }}>
          <div id={`${id}-list`} role="listbox" aria-label={t("search.results")}>
            {groups.map((group) => (
              <div key={group.key} role="group" aria-label={group.name}>
                <Caption1 block className={styles.group} aria-hidden>
                  {group.name}
                </Caption1>
                {group.choices.map((choice) => {
                  const Icon = choice.icon;
                  const isPicked = chosen?.key === choice.key;
                  return (
                    <div
                      key={choice.key}
                      id={optionId(choice.key)}
                      role="option"
                      aria-selected={isPicked}
                      className={mergeClasses(styles.option, isPicked && styles.picked)}
                      ref={(element) => { if (isPicked) element?.scrollIntoView({ block: "nearest" }); }}
                      onClick={() => { act(choice); }}
                    >
                      <span className={styles.icon} aria-hidden>
                        <Icon />
                      </span>
                      <span className={styles.words}>
                        <span className={styles.line}>{choice.title}</span>
                        {choice.detail !== "" && <Caption1 className={mergeClasses(styles.line, styles.second)}>{choice.detail}</Caption1>}
                      </span>
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          {nothing && (
            <div className={styles.nothing} role="status">
              <span><KeyboardRegular aria-hidden /> {t("search.nothing", { text: asked })}</span>
              <Caption1 className={styles.second}>{t("search.nothingHint")}</Caption1>
            </div>
          )}
        </div>
      )}
      <span role="status" hidden={!open || asked === "" || choices.length === 0}>
        {open && asked !== "" && <HiddenCount text={t("search.found", { count: choices.length })} />}
      </span>
    </div>
  );
}

function HiddenCount({ text }: { text: string }) {
  return <span style={{ position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)" }}>{text}</span>;
}
