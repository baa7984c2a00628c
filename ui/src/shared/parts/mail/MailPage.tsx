// The page of a mail that invites: the draft, what it means beside it, and the ways out at the foot.
import { Button, Caption1, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CopyRegular, MailRegular, WarningRegular, type FluentIcon } from "@fluentui/react-icons";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import type { HandOverKind, MailHandOver } from "@/shared/ipc";
import { PageFrame, useAnnounce } from "@/shared/ui";
import { CopyText } from "../CopyText";
import { Crumbs } from "../Crumbs";

const useStyles = makeStyles({
  columns: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) 312px", columnGap: "36px", rowGap: "28px", alignItems: "start", maxWidth: "1180px", "@media (max-width: 1099px)": { gridTemplateColumns: "minmax(0, 1fr)" } },
  main: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  facts: { display: "flex", flexDirection: "column", gap: "16px" },
  fact: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr)", columnGap: "8px" },
  factIcon: { fontSize: "20px", display: "inline-flex", color: tokens.colorNeutralForeground2 },
  factName: { fontWeight: tokens.fontWeightSemibold, margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 },
  factText: { margin: 0, color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
  end: { marginLeft: "auto", flex: "1 1 0", display: "flex", alignItems: "center", justifyContent: "flex-end", gap: "8px", minWidth: 0 },
  act: { flex: "0 0 auto", whiteSpace: "nowrap" },
  givesWay: { "@media (max-width: 1099px)": { display: "none" } },
  blocked: { display: "flex", alignItems: "center", gap: "6px", minWidth: 0, color: tokens.colorNeutralForeground1 },
  blockedIcon: { display: "inline-flex", fontSize: "16px", flex: "0 0 auto", color: tokens.colorPaletteMarigoldForeground2 },
  note: { whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis" },
});

/** One thing to know about what this mail does. */
export interface MailFact {
  icon: FluentIcon;
  title: string;
  text: string;
}

export interface MailPageProps {
  title: string;
  /** Page above this one. */
  parent: { name: string; path: string };
  /** Save state, at the end of the header. */
  saved: ReactNode;
  factsTitle: string;
  facts: readonly MailFact[];
  children: ReactNode;
  /** Why it can't leave yet, in a few words; empty when it can. */
  blocked: string;
  /** Leads to what blocks. */
  onBlocked?: () => void;
  onOpen: () => Promise<MailHandOver>;
  onCopy: () => Promise<void>;
  onDone: () => void;
  /** What *Done* does, in a few words. */
  doneNote: string;
  doneLabel: string;
  /** Further acts, before *Done*. */
  more?: ReactNode;
  /** It can't be handed over any more. */
  closed?: boolean;
}

/** The page. */
export function MailPage({ title, parent, saved, factsTitle, facts, children, blocked, onBlocked, onOpen, onCopy, onDone, doneNote, doneLabel, more, closed = false }: MailPageProps) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const announce = useAnnounce();
  const factsId = useId();
  const [handed, setHanded] = useState<MailHandOver | undefined>(undefined);
  const [copied, setCopied] = useState(false);
  const [busy, setBusy] = useState(false);
  const stuck = blocked !== "";
  const run = (act: () => Promise<void>) => {
    if (busy) return;
    if (stuck) {
      announce(blocked, true);
      onBlocked?.();
      return;
    }
    setBusy(true);
    // What went wrong is told by the frame.
    act()
      .catch(() => undefined)
      .finally(() => {
        setBusy(false);
      });
  };
  const open = () => {
    run(async () => {
      const answer = await onOpen();
      setCopied(false);
      setHanded(answer);
      announce(t(`mail.handed.${answer.kind}`), answer.kind === "no_program");
    });
  };
  const copy = () => {
    run(async () => {
      await onCopy();
      setHanded(undefined);
      setCopied(true);
      announce(t("mail.copied"));
    });
  };

  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: parent.name, to: parent.path }]} />}
      title={title}
      actions={saved}
      footer={
        <>
          {!closed && (
            <>
              <Button className={styles.act} appearance="primary" icon={<MailRegular />} data-primary disabledFocusable={stuck || busy} onClick={open}>
                {t("mail.open")}
              </Button>
              <Button className={styles.act} icon={<CopyRegular />} disabledFocusable={stuck || busy} onClick={copy}>
                {t("mail.copy")}
              </Button>
            </>
          )}
          {stuck && !closed && (
            <span className={styles.blocked}>
              <span className={styles.blockedIcon} aria-hidden>
                <WarningRegular />
              </span>
              <Caption1 className={styles.note}>
                {blocked}
              </Caption1>
            </span>
          )}
          <span className={styles.end}>
            <Caption1 className={mergeClasses(styles.quiet, styles.note, stuck && styles.givesWay)}>
              {doneNote}
            </Caption1>
            {more}
            <Button className={styles.act} disabledFocusable={busy} onClick={onDone}>
              {doneLabel}
            </Button>
          </span>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          {copied && (
            <MessageBar intent="info">
              <MessageBarBody>{t("mail.copied")}</MessageBarBody>
            </MessageBar>
          )}
          {handed && (
            <Handed
              handed={handed}
              onCopy={copy}
            />
          )}
          {children}
        </div>
        <section aria-labelledby={factsId} className={styles.facts}>
          <Subtitle2 as="h2" id={factsId}>
            {factsTitle}
          </Subtitle2>
          {facts.map(({ icon: Icon, title: name, text }) => (
            <div key={name} className={styles.fact}>
              <span className={styles.factIcon} aria-hidden>
                <Icon />
              </span>
              <div>
                <h3 className={styles.factName}>{name}</h3>
                <p className={styles.factText}>{text}</p>
              </div>
            </div>
          ))}
        </section>
      </div>
    </PageFrame>
  );
}

const INTENT: Record<HandOverKind, "success" | "info" | "warning"> = { opened: "info", opened_as_file: "info", no_program: "warning" };

/** What came of *Open in email*. */
function Handed({ handed, onCopy }: { handed: MailHandOver; onCopy: () => void }) {
  const { t } = useTranslation("shared");
  return (
    <MessageBar intent={INTENT[handed.kind]} layout="multiline" data-handed={handed.kind}>
      <MessageBarBody>
        <MessageBarTitle>{t(`mail.handed.${handed.kind}`)}</MessageBarTitle>
        {t(`mail.handedMore.${handed.kind}`)}
        {handed.kind === "no_program" && (
          <>
            {" "}
            <CopyText whole text={handed.to} name={t("mail.to")} /> <CopyText whole text={handed.subject} name={t("mail.subject")} />
          </>
        )}
      </MessageBarBody>
      {handed.kind === "no_program" && (
        <MessageBarActions>
          <Button icon={<CopyRegular />} onClick={onCopy}>
            {t("mail.copyText")}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
