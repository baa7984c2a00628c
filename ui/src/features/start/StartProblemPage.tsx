// One page per reason why a book could not be opened: what happened, in plain words, and the way out. The book itself
// is never touched to get past an error.
import { Body1, Button, Caption1, Spinner, Title3, makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowClockwiseRegular,
  DatabaseWarningRegular,
  DocumentLockRegular,
  HardDriveRegular,
  KeyMultipleRegular,
  KeyResetRegular,
  LockClosedKeyRegular,
  QuestionCircleRegular,
  ShieldErrorRegular,
  TimerRegular,
  WindowMultipleRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "@/shared/i18n";
import { readKey, useWrite, type StartProblem } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { FoundBackups } from "./FoundBackups";
import { RecoveryForm } from "./RecoveryForm";

const ICONS: Record<StartProblem, FluentIcon> = {
  key_missing: KeyMultipleRegular,
  wrong_key: KeyResetRegular,
  corrupt: DatabaseWarningRegular,
  locked: WindowMultipleRegular,
  disk_full: HardDriveRegular,
  read_only: DocumentLockRegular,
  newer_schema: TimerRegular,
  keychain_missing: LockClosedKeyRegular,
  unsafe_folder: ShieldErrorRegular,
  other: QuestionCircleRegular,
};

const WAYS = ["first", "second"] as const;

/** Problems that a recovery code mends. */
const KEY_PROBLEMS: readonly StartProblem[] = ["key_missing", "wrong_key"];

const useStyles = makeStyles({
  desk: { height: "100%", overflowY: "auto", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1, boxSizing: "border-box", padding: "40px 20px" },
  card: { maxWidth: "640px", margin: "min(10vh, 80px) auto 0", backgroundColor: tokens.colorNeutralBackground1, borderRadius: "8px", boxShadow: tokens.shadow4, padding: "28px" },
  icon: { display: "inline-flex", alignItems: "center", justifyContent: "center", width: "48px", height: "48px", borderRadius: "8px", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground2, fontSize: "26px" },
  title: { display: "block", margin: "16px 0 4px" },
  why: { display: "block", color: tokens.colorNeutralForeground1 },
  ways: { margin: "12px 0 0", paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px" },
  place: { display: "flex", flexDirection: "column", gap: "2px", marginTop: "16px", paddingTop: "12px", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, minWidth: 0, color: tokens.colorNeutralForeground2 },
  foot: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "16px", marginTop: "24px", color: tokens.colorNeutralForeground2 },
});

/** The page of one problem. */
export function StartProblemPage({ problem, path, recoverable, version }: { problem: StartProblem; path: string; recoverable: boolean; version: string }) {
  const styles = useStyles();
  const { t } = useTranslation(["start", "shared"]);
  const client = useQueryClient();
  const Icon = ICONS[problem];
  const again = useWrite("retryStart", { silent: true, onDone: (start) => { client.setQueryData(readKey("startView"), start); } });
  return (
    <main className={styles.desk}>
      <section className={styles.card} aria-label={t(`start:problem.${problem}.title`)}>
        <span className={styles.icon} aria-hidden>
          <Icon />
        </span>
        <Title3 as="h1" className={styles.title}>
          {t(`start:problem.${problem}.title`)}
        </Title3>
        <Body1 className={styles.why} role="alert">
          {t(`start:problem.${problem}.why`)}
        </Body1>
        <ol className={styles.ways} aria-label={t("start:wayOut")}>
          {WAYS.map((way) => (
            <li key={way}>
              <Body1>{t(`start:problem.${problem}.${way}`)}</Body1>
            </li>
          ))}
        </ol>
        {path !== "" && (
          <div className={styles.place}>
            <Caption1>{t("start:bookLies")}</Caption1>
            <CopyText whole text={path} name={t("start:bookLies")} />
          </div>
        )}
        {recoverable && KEY_PROBLEMS.includes(problem) && <RecoveryForm />}
        {problem === "corrupt" && <FoundBackups />}
        <div className={styles.foot}>
          <Button appearance="primary" data-primary icon={again.isPending ? <Spinner size="tiny" /> : <ArrowClockwiseRegular />} disabledFocusable={again.isPending} onClick={() => { again.mutate([]); }}>
            {t("shared:ui.retry")}
          </Button>
          <Caption1>{t("start:version", { version })}</Caption1>
        </div>
        {again.error && <Caption1 role="alert">{t(`shared:error.${again.error.code}`)}</Caption1>}
      </section>
    </main>
  );
}
