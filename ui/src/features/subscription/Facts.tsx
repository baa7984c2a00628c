// The facts of a subscription: what is wanted over what is confirmed, and which is which.
import { Caption1, Link as FluentLink, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowSyncOffRegular, ArrowSyncRegular, CalendarClockRegular, ClockRegular, TimerRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { SubscriptionPageView } from "@/shared/ipc";
import { useTermWords } from "@/shared/parts/terms";
import { useMoments } from "./moments";
import { moneyText } from "./money";

const useStyles = makeStyles({
  facts: { display: "grid", gridTemplateColumns: "repeat(3, minmax(0, 1fr))", "@media (max-width: 719px)": { gridTemplateColumns: "repeat(2, minmax(0, 1fr))" }, columnGap: "24px", rowGap: "18px", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, padding: "20px 0", margin: 0 },
  fact: { display: "flex", flexDirection: "column", gap: "1px", minWidth: 0, margin: 0 },
  name: { color: tokens.colorNeutralForeground2 },
  value: { display: "flex", alignItems: "center", gap: "6px", minHeight: "24px", margin: 0, minWidth: 0, overflowWrap: "anywhere" },
  big: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
  icon: { fontSize: "16px", display: "inline-flex", flex: "0 0 auto", color: tokens.colorNeutralForeground2 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  quiet: { color: tokens.colorNeutralForeground2, margin: 0 },
  // Beside a panel a column is narrow: the link goes to a line of its own, whole.
  word: { whiteSpace: "nowrap" },
  link: { color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
});

function Fact({ name, more = [], children }: { name: string; more?: readonly string[]; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <Caption1 as="span" className={styles.name} role="term">
        {name}
      </Caption1>
      <div role="definition" className={styles.value}>
        {children}
      </div>
      {more.filter((line) => line !== "").map((line) => (
        <Caption1 key={line} className={styles.quiet}>
          {line}
        </Caption1>
      ))}
    </div>
  );
}

/** The grid. */
export function Facts({ page, onDecide }: { page: SubscriptionPageView; onDecide: (() => void) | undefined }) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const format = useFormat();
  const moments = useMoments();
  const terms = useTermWords();
  const shown = page.wanted ?? page.confirmed;
  const was = page.confirmed;
  const icon = (element: ReactNode, soon = false) => (
    <span className={mergeClasses(styles.icon, soon && styles.soon)} aria-hidden>
      {element}
    </span>
  );
  const waits = icon(<ClockRegular />);
  const price = page.unitPrice;
  const next = shown.nextTerm;
  const back = page.window.reduce((sum, batch) => sum + batch.quantity, 0);
  const decided = page.termEnd?.decided ?? null;
  return (
    <div className={styles.facts}>
      <Fact name={t("fact.licences")} more={[shown.quantity === was.quantity ? "" : t("fact.confirmedLicences", { number: format.number(was.quantity) })]}>
        {shown.quantity !== was.quantity && waits}
        <span className={styles.big}>{format.number(shown.quantity)}</span>
      </Fact>
      <Fact name={t("fact.termAndBilling")} more={[page.startedAt === null ? "" : t("fact.since", { date: moments.date(page.startedAt) })]}>
        {terms(shown)}
      </Fact>
      <Fact name={t("fact.price")} more={price === null ? [t("fact.noPriceMeans")] : page.pricesFrom === null ? [] : [t("fact.listOf", { date: format.date(page.pricesFrom) })]}>
        {price === null ? t("fact.noPrice") : t(`fact.perPeriod.${shown.cycle === "annual" ? "annual" : shown.cycle === "triennial" || shown.cycle === "none" ? "other" : "monthly"}`, { money: moneyText(format, price) })}
      </Fact>
      {was.status === "deleted" || was.status === "expired" ? (
        // What Partner Center still tells of its renewal comes to nothing.
        <Fact name={t("fact.renewal")}>
          {icon(<ArrowSyncOffRegular />)}
          {was.status === "deleted" ? t("fact.noneCancelled") : t("fact.noneExpired")}
        </Fact>
      ) : (
        <>
          <Fact name={shown.autoRenew ? t("fact.renews") : t("fact.ends")} more={page.endsAt === null ? [] : [moments.utc(page.endsAt)]}>
            {page.endsAt === null ? t("fact.noEnd") : moments.local(page.endsAt)}
          </Fact>
          <Fact name={t("fact.autoRenew")} more={[shown.autoRenew === was.autoRenew ? "" : t("fact.confirmedAutoRenew", { state: was.autoRenew ? t("fact.on") : t("fact.off") })]}>
            {shown.autoRenew !== was.autoRenew ? waits : icon(shown.autoRenew ? <ArrowSyncRegular /> : <ArrowSyncOffRegular />)}
            {shown.autoRenew ? t("fact.on") : t("fact.off")}
          </Fact>
        </>
      )}
      <Fact name={t("fact.atRenewal")} more={next === null ? [] : [`${next.productName === shown.productName ? "" : `${next.productName}, `}${terms(next)}`]}>
        {next === null ? t("fact.nothingPlanned") : t("fact.toLicences", { count: next.quantity, number: format.number(next.quantity) })}
      </Fact>
      <Fact name={t("fact.reseller")} more={[page.resellerPartnerId === "" ? "" : t("fact.partnerId", { id: page.resellerPartnerId }), page.resellerId === "" && page.commerce === "new" ? t("fact.noIncentive") : ""]}>
        {page.resellerId === "" ? (
          t("fact.none")
        ) : (
          <Link className={styles.link} to={`/resellers/${page.resellerId}`}>
            {page.resellerName}
          </Link>
        )}
      </Fact>
      <Fact name={t("fact.window")} more={page.commerce === "legacy" ? [t("fact.noWindowMeans")] : page.window.map((batch) => t("fact.batch", { count: batch.quantity, number: format.number(batch.quantity), when: moments.relative(batch.until), local: moments.local(batch.until), utc: moments.utc(batch.until) }))}>
        {page.commerce === "legacy" ? (
          t("fact.noWindow")
        ) : page.cancellableUntil === null && back === 0 ? (
          t("fact.windowClosed")
        ) : (
          <>
            {icon(<TimerRegular />, true)}
            {page.cancellableUntil !== null ? t("fact.cancellable", { when: moments.relative(page.cancellableUntil) }) : t("fact.canGoBack", { count: back, number: format.number(back) })}
          </>
        )}
      </Fact>
      {page.termEnd !== null ? (
        <Fact name={t("fact.atEnd")} more={[decided !== null ? t("fact.decidedOn", { when: format.day(decided.at) }) : t(`default.${page.termEnd.default}`)]}>
          {decided !== null ? (
            <>
              {icon(<CalendarClockRegular />)}
              {t(`decision.${decided.decision}`)}
            </>
          ) : page.termEnd.open ? (
            <>
              {icon(<CalendarClockRegular />, true)}
              <span>
                {t("fact.decisionOpen")}{" "}
                {onDecide !== undefined && (
                  <FluentLink as="button" onClick={onDecide} className={styles.word}>
                    {t("action.decide")}
                  </FluentLink>
                )}
              </span>
            </>
          ) : (
            t("fact.notDue")
          )}
        </Fact>
      ) : (
        <Fact name={t("fact.kind")}>{page.commerce === "new" ? t("fact.new") : t("fact.legacy")}</Fact>
      )}
      {page.addons.length > 0 && (
        <Fact name={t("fact.addons")} more={page.addons.slice(1).map((one) => `${one.productName}, ${format.number(one.quantity)}`)}>
          {page.addons[0] === undefined ? "" : `${page.addons[0].productName}, ${format.number(page.addons[0].quantity)}`}
        </Fact>
      )}
    </div>
  );
}
