// Preflight: what is checked on this laptop, and what only Partner Center can say.
import { Caption1, Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  ArrowSyncRegular,
  CheckmarkCircleRegular,
  CircleRegular,
  CloudArrowUpRegular,
  ErrorCircleFilled,
  WarningRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { PreflightLine, PreflightState } from "@/shared/ipc";
import { groupLines, hasSentence, splitLink } from "./preflight";

const useStyles = makeStyles({
  text: { display: "block", color: tokens.colorNeutralForeground2, marginBottom: "16px" },
  head: { display: "block", margin: "14px 0 4px", color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  line: { display: "flex", gap: "8px", padding: "5px 0", alignItems: "flex-start" },
  icon: { fontSize: "16px", flex: "0 0 auto", marginTop: "2px", display: "inline-flex", color: tokens.colorNeutralForeground2 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  problem: { color: tokens.colorPaletteRedForeground1 },
  warning: { color: tokens.colorPaletteMarigoldForeground2 },
  asking: { color: tokens.colorCompoundBrandForeground1 },
  at: { display: "block", color: tokens.colorNeutralForeground2 },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  words: { position: "relative", minWidth: 0 },
});

const ICONS: Record<PreflightState, FluentIcon> = {
  good: CheckmarkCircleRegular,
  open: CircleRegular,
  problem: ErrorCircleFilled,
  warning: WarningRegular,
  when_sent: CloudArrowUpRegular,
  asking: ArrowSyncRegular,
};

const UNFIT = ["agreement_not_signed", "partner_id_not_valid", "suspended"] as const;

export interface PreflightPanelProps {
  lines: PreflightLine[];
  country: string;
  onGo: (path: string) => void;
}

/** The panel of step 1. */
export function PreflightPanel({ lines, country, onGo }: PreflightPanelProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const { here, sent } = groupLines(lines);
  return (
    <>
      <Caption1 className={styles.text}>{t("preflight.text")}</Caption1>
      <LineList title={t("preflight.here")} lines={here} country={country} onGo={onGo} />
      <LineList title={t("preflight.sent")} lines={sent} country={country} onGo={onGo} />
    </>
  );
}

function LineList({ title, lines, country, onGo }: PreflightPanelProps & { title: string }) {
  const styles = useStyles();
  if (lines.length === 0) return null;
  return (
    <>
      <Caption1 as="h3" className={styles.head}>
        {title}
      </Caption1>
      <ul className={styles.list}>
        {lines.map((line) => (
          <Line key={line.item} line={line} country={country} onGo={onGo} />
        ))}
      </ul>
    </>
  );
}

function Line({ line, country, onGo }: { line: PreflightLine; country: string; onGo: (path: string) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const Icon = ICONS[line.state];
  const look: Record<PreflightState, string | undefined> = {
    good: styles.good,
    open: undefined,
    problem: styles.problem,
    warning: styles.warning,
    when_sent: undefined,
    asking: styles.asking,
  };
  const { before, link, after } = splitLink(sentence());
  const state = t(`preflight.state.${line.state}`);
  return (
    <li className={styles.line} data-preflight={line.item} data-state={line.state}>
      <span className={mergeClasses(styles.icon, look[line.state])} aria-hidden>
        <Icon />
      </span>
      <span className={styles.words}>
        <span className={styles.unseen}>{`${state}: `}</span>
        {before}
        {link !== "" && line.field !== "" ? (
          <Link
            as="button"
            inline
            onClick={() => {
              onGo(line.field);
            }}
          >
            {link}
          </Link>
        ) : (
          link
        )}
        {after}
        {note() !== "" && <Caption1 className={styles.at}>{note()}</Caption1>}
      </span>
    </li>
  );

  /** A fact below the sentence: how it stood when it was last known, or what Microsoft suggests. */
  function note(): string {
    const when = line.at === null ? "" : format.moment(line.at);
    if (line.item === "address_known" && line.state === "warning" && line.detail !== "") {
      return t("preflight.suggestion", { address: line.detail });
    }
    if (line.item === "reseller_fit") {
      const unfit = UNFIT.find((reason) => reason === line.detail);
      if (unfit !== undefined) return t(`panelOrder.fitness.${unfit}`);
      if (line.detail === "fit" && when !== "") return t("preflight.wasFit", { when });
    }
    return when === "" ? "" : t("preflight.as_of", { when });
  }

  function sentence(): string {
    const name = format.country(country);
    const [length, most] = line.detail.split("/");
    if (line.item === "domain_prefix" && line.state === "good" && most !== undefined) {
      return t("preflight.domain_prefix.goodLength", { length, most });
    }
    if (!hasSentence(line.item, line.state)) return t(`preflight.${line.item}.other`);
    return t(`preflight.${line.item}.${line.state as "problem"}`, { country: name });
  }
}
