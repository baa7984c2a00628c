// How partnership and fitness look: icon and word, with a second line.
import { Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircleRegular,
  DismissCircleRegular,
  EditRegular,
  LinkDismissRegular,
  MailArrowUpRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { PartnershipView, ResellerRow } from "@/shared/ipc";
import { useTrade } from "@/shared/parts/clock";
import { SHIELDS, useShieldWords, type Tone } from "@/shared/parts/shield";

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

const PARTNERSHIP: Record<PartnershipView, { icon: FluentIcon; tone: Tone }> = {
  draft: { icon: EditRegular, tone: "quiet" },
  requested: { icon: MailArrowUpRegular, tone: "brand" },
  active: { icon: CheckmarkCircleRegular, tone: "good" },
  declined: { icon: DismissCircleRegular, tone: "quiet" },
  ended: { icon: LinkDismissRegular, tone: "quiet" },
};

function TwoLines({ icon: Icon, tone, first, second }: { icon: FluentIcon; tone: Tone; first: string; second: string }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        <Icon />
      </span>
      <span className={styles.words}>
        <span className={styles.line}>
          {first}
        </span>
        {second !== "" && (
          <Caption1 className={mergeClasses(styles.line, styles.second)}>
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
  // How long nobody has answered counts by the clock of Partner Center, as on Home.
  const trade = useTrade().format;
  const look = PARTNERSHIP[row.partnership];
  const since = row.partnershipSince;
  const second =
    since === null
      ? ""
      : row.partnership === "requested"
        ? t("requestedFor", { date: format.shortDate(since), count: trade.daysSince(since) })
        : row.partnership === "active"
          ? t("since", { date: format.monthOf(since) })
          : format.shortDate(since);
  return <TwoLines icon={look.icon} tone={look.tone} first={t(`partnership.${row.partnership}`)} second={second} />;
}

/** Fitness to order: the verdict, and when it was checked or why not. */
export function Fitness({ row }: { row: ResellerRow }) {
  const words = useShieldWords();
  const look = SHIELDS[row.shield.kind];
  const { first, second } = words(row.shield);
  // Before there is a partnership nothing is wrong yet.
  const early = row.partnership === "draft" || row.partnership === "requested";
  return <TwoLines icon={early ? SHIELDS.unknown.icon : look.icon} tone={row.partnership === "active" ? look.tone : "quiet"} first={first} second={second} />;
}
