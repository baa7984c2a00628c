// How partnership and fitness look: icon and word, with a second line.
import { Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircleRegular,
  DismissCircleRegular,
  EditRegular,
  LinkDismissRegular,
  MailArrowUpRegular,
  ShieldCheckmarkRegular,
  ShieldDismissRegular,
  ShieldQuestionRegular,
  ShieldRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { FitnessView, PartnershipView, ResellerRow } from "@/shared/ipc";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "flex-start", gap: "8px", minWidth: 0 },
  icon: { display: "inline-flex", fontSize: "16px", flex: "0 0 auto", marginTop: "2px" },
  words: { display: "flex", flexDirection: "column", minWidth: 0, lineHeight: tokens.lineHeightBase200 },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  second: { color: tokens.colorNeutralForeground2 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  now: { color: tokens.colorPaletteRedForeground1 },
  brand: { color: tokens.colorCompoundBrandForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

type Tone = "good" | "soon" | "now" | "brand" | "quiet";

const PARTNERSHIP: Record<PartnershipView, { icon: FluentIcon; tone: Tone }> = {
  draft: { icon: EditRegular, tone: "quiet" },
  requested: { icon: MailArrowUpRegular, tone: "brand" },
  active: { icon: CheckmarkCircleRegular, tone: "good" },
  declined: { icon: DismissCircleRegular, tone: "quiet" },
  ended: { icon: LinkDismissRegular, tone: "quiet" },
};

const FITNESS: Record<FitnessView, { icon: FluentIcon; tone: Tone }> = {
  fit: { icon: ShieldCheckmarkRegular, tone: "good" },
  agreement_not_signed: { icon: ShieldDismissRegular, tone: "now" },
  partner_id_not_valid: { icon: ShieldDismissRegular, tone: "now" },
  suspended: { icon: ShieldDismissRegular, tone: "now" },
  unknown: { icon: ShieldQuestionRegular, tone: "soon" },
};

function TwoLines({ icon: Icon, tone, first, second }: { icon: FluentIcon; tone: Tone; first: string; second: string }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        <Icon />
      </span>
      <span className={styles.words}>
        <span className={styles.line} title={first}>
          {first}
        </span>
        {second !== "" && (
          <Caption1 className={mergeClasses(styles.line, styles.second)} title={second}>
            {second}
          </Caption1>
        )}
      </span>
    </span>
  );
}

/** Partnership and since when. */
export function Partnership({ row }: { row: ResellerRow }) {
  const { t } = useTranslation("resellers");
  const format = useFormat();
  const look = PARTNERSHIP[row.partnership];
  const since = row.partnershipSince;
  const second =
    since === null
      ? ""
      : row.partnership === "requested"
        ? t("requestedFor", { date: format.shortDate(since), count: format.daysSince(since) })
        : row.partnership === "active"
          ? t("since", { date: format.monthOf(since) })
          : format.shortDate(since);
  return <TwoLines icon={look.icon} tone={look.tone} first={t(`partnership.${row.partnership}`)} second={second} />;
}

/** Fitness to order, and when it was checked. */
export function Fitness({ row }: { row: ResellerRow }) {
  const { t } = useTranslation("resellers");
  const format = useFormat();
  if (row.partnership !== "active") {
    return <TwoLines icon={ShieldRegular} tone="quiet" first={t("afterAcceptance")} second="" />;
  }
  const look = FITNESS[row.fitness];
  const checked = row.fitnessCheckedAt === null ? t("checkedWhenSent") : t("checked", { when: format.day(row.fitnessCheckedAt) });
  const unfit = row.fitness === "agreement_not_signed" || row.fitness === "partner_id_not_valid" || row.fitness === "suspended";
  return <TwoLines icon={look.icon} tone={look.tone} first={unfit ? t("notFit") : t(`fitness.${row.fitness}`)} second={unfit ? t(`fitness.${row.fitness}`) : checked} />;
}
