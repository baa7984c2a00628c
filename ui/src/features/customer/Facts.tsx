// Where a customer stands with Microsoft: account review, agreement, and what is open here. Icon and words, and what
// follows from it.
import { Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, ClockRegular, DismissCircleRegular, DocumentSignatureRegular, PauseCircleRegular, QuestionCircleRegular, type FluentIcon } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { AccountReviewView, AgreementView, CustomerPageView } from "@/shared/ipc";
import { StandsBadge } from "@/shared/parts/StandsBadge";

const useStyles = makeStyles({
  facts: { display: "grid", gridTemplateColumns: "repeat(3, minmax(0, 1fr))", "@media (max-width: 719px)": { gridTemplateColumns: "repeat(2, minmax(0, 1fr))" }, columnGap: "28px", rowGap: "16px" },
  fact: { display: "flex", flexDirection: "column", gap: "2px", minWidth: 0 },
  name: { color: tokens.colorNeutralForeground2 },
  value: { display: "inline-flex", alignItems: "center", gap: "6px", minHeight: "24px" },
  icon: { fontSize: "16px", display: "inline-flex" },
  quiet: { color: tokens.colorNeutralForeground2 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  now: { color: tokens.colorPaletteRedForeground1 },
});

type Tone = "quiet" | "good" | "soon" | "now";

const REVIEW: Record<AccountReviewView, { icon: FluentIcon; tone: Tone }> = {
  unknown: { icon: QuestionCircleRegular, tone: "quiet" },
  under_review: { icon: PauseCircleRegular, tone: "soon" },
  allowed: { icon: CheckmarkCircleRegular, tone: "good" },
  not_allowed: { icon: DismissCircleRegular, tone: "now" },
  not_ready: { icon: ClockRegular, tone: "quiet" },
};

const AGREEMENT: Record<AgreementView, { icon: FluentIcon; tone: Tone }> = {
  open: { icon: DocumentSignatureRegular, tone: "soon" },
  attested: { icon: CheckmarkCircleRegular, tone: "good" },
  signed_by_customer: { icon: CheckmarkCircleRegular, tone: "good" },
};

function Fact({ name, more, children }: { name: string; more: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <Caption1 className={styles.name}>{name}</Caption1>
      {children}
      {more !== "" && <Caption1 className={styles.quiet}>{more}</Caption1>}
    </div>
  );
}

function Worded({ icon: Icon, tone, words }: { icon: FluentIcon; tone: Tone; words: string }) {
  const styles = useStyles();
  return (
    <span className={styles.value}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        <Icon />
      </span>
      {words}
    </span>
  );
}

/** The three facts. */
export function Facts({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("customer");
  const format = useFormat();
  const signed =
    view.signerName === "" ? "" : view.agreedOn === null ? t("agreement.by", { name: view.signerName }) : t("agreement.byOn", { name: view.signerName, date: format.date(view.agreedOn) });
  return (
    <div className={styles.facts} role="group" aria-label={t("stands")}>
      <Fact name={t("stands")} more={view.confirmedAt === null ? t("notConfirmed") : t("confirmed", { when: format.moment(view.confirmedAt) })}>
        <span className={styles.value}>
          <StandsBadge stands={view.row.stands} />
        </span>
      </Fact>
      <Fact name={t("review.title")} more={t(`review.means.${view.review}`)}>
        <Worded {...REVIEW[view.review]} words={t(`review.${view.review}`)} />
      </Fact>
      <Fact name={t("agreement.title")} more={signed === "" ? t(`agreement.means.${view.agreement}`) : signed}>
        <Worded {...AGREEMENT[view.agreement]} words={t(`agreement.${view.agreement}`)} />
      </Fact>
    </div>
  );
}
