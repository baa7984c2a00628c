// The Submits of the session: customer, order, where it stands, what would keep it on hold anyway.
import { Body1, Body1Strong, Button, Caption1, Link as FluentLink, makeStyles, tokens } from "@fluentui/react-components";
import { EditRegular, KeyRegular, PauseCircleRegular } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { JourneyState, SessionEntry, SessionView } from "@/shared/ipc";
import { StateBadge, type VisualState } from "@/shared/ui";
import { usePlanWords } from "./planWords";
import { usePutRight } from "./useSession";

const STATE: Record<JourneyState, VisualState> = { waiting: "waiting", sending: "sending", done: "confirmed", on_hold: "on_hold", needs_attention: "needs_attention", cancelled: "cancelled" };

const useStyles = makeStyles({
  entry: { padding: "12px 0 14px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { display: "flex", alignItems: "flex-start", gap: "12px", minWidth: 0 },
  // What stands where is read without a pointer: nothing here is cut, all of it wraps.
  words: { flex: "1 1 auto", minWidth: 0, display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
  state: { marginTop: "4px" },
  lines: { width: "100%", borderCollapse: "collapse", marginTop: "6px", fontVariantNumeric: "tabular-nums" },
  cell: { padding: "3px 12px 3px 0", verticalAlign: "top", textAlign: "start" },
  number: { padding: "3px 0 3px 12px", verticalAlign: "top", textAlign: "end", whiteSpace: "nowrap" },
  notes: { display: "flex", flexDirection: "column", gap: "2px", marginTop: "6px" },
  note: { display: "flex", alignItems: "center", gap: "6px" },
  hold: { fontSize: "16px", color: tokens.colorPaletteMarigoldForeground2, flex: "0 0 auto" },
  key: { fontSize: "16px", color: tokens.colorNeutralForeground2, flex: "0 0 auto" },
  acts: { display: "flex", gap: "4px", flex: "0 0 auto" },
});

/** All of them. */
export function Entries({ view }: { view: SessionView }) {
  return view.entries.map((entry) => <Entry key={entry.onboardingId} entry={entry} session={view.session.name} />);
}

function Entry({ entry, session }: { entry: SessionEntry; session: string }) {
  const styles = useStyles();
  const { t } = useTranslation(["session", "shared", "outbox"]);
  const format = useFormat();
  const navigate = useNavigate();
  const plan = usePlanWords();
  const { open, busy } = usePutRight();
  const facts = [entry.newCustomer ? t("session:entries.new") : t("session:entries.existing"), entry.domain, [entry.town, format.country(entry.country)].filter((part) => part !== "").join(", "), entry.resellerName === "" ? "" : t("session:entries.reseller", { name: entry.resellerName })];
  const of = entry.operation;
  // A call that only waits, after others that went, was not sent: no answer of it was lost.
  const lost = of?.state === "sending" && of.waitsFor !== "nothing";
  const text =
    entry.held || of?.hold === "session_not_released"
      ? t("session:entries.held", { session })
      : of !== null && of.hold !== null
        ? t(`outbox:hold.${of.hold}`, { session })
        : of !== null && of.attention !== null && entry.state === "needs_attention"
          ? t(`outbox:short.${of.attention}`)
          : lost
            ? t("outbox:lost.state")
            : undefined;
  return (
    <section className={styles.entry} aria-label={entry.customerName}>
      <div className={styles.head}>
        <span className={styles.words}>
          <Body1Strong>{entry.customerName}</Body1Strong>
          <Caption1 className={styles.quiet}>{facts.filter((part) => part !== "").join(" · ")}</Caption1>
          <span className={styles.state}>
            <StateBadge state={STATE[entry.state]} text={text === undefined ? undefined : entry.state === "on_hold" ? t("shared:stands.onHold", { reason: text }) : text} rests={lost} whole />
          </span>
        </span>
        <span className={styles.acts}>
          {entry.customerOperationId !== "" && (
            <Button size="small" appearance="subtle" icon={<EditRegular />} disabledFocusable={busy} aria-label={t("session:entries.editCustomerNamed", { name: entry.customerName })} onClick={() => { open(entry.customerOperationId, ""); }}>
              {t("session:entries.editCustomer")}
            </Button>
          )}
          {entry.orderOperationId !== "" && (
            <Button size="small" appearance="subtle" icon={<EditRegular />} disabledFocusable={busy} aria-label={t("session:entries.editOrderNamed", { name: entry.customerName })} onClick={() => { open(entry.orderOperationId, ""); }}>
              {t("session:entries.editOrder")}
            </Button>
          )}
          {of !== null && !entry.held && (
            <FluentLink as="button" onClick={() => void navigate(`/outbox?operation=${of.id}`)} aria-label={t("session:entries.showNamed", { name: entry.customerName })}>
              {t("session:entries.show")}
            </FluentLink>
          )}
        </span>
      </div>
      {entry.order.lines.length > 0 && (
        <table className={styles.lines} aria-label={t("session:entries.orderOf", { name: entry.customerName })}>
          <thead style={{ position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)" }}>
            <tr>
              <th>{t("session:entries.product")}</th>
              <th>{t("session:entries.licences")}</th>
              <th>{t("session:entries.plan")}</th>
              <th>{t("session:entries.price")}</th>
              <th>{t("session:entries.total")}</th>
            </tr>
          </thead>
          <tbody>
            {entry.order.lines.map((line) => (
              <tr key={line.line}>
                <td className={styles.cell}>{line.title}</td>
                <td className={styles.number}>{t("session:entries.count", { count: line.quantity, number: format.number(line.quantity) })}</td>
                <td className={styles.number}>
                  <Caption1 className={styles.quiet}>{plan.plan(line)}</Caption1>
                </td>
                <td className={styles.number}>{line.unitPrice === null ? "" : format.amount(line.unitPrice)}</td>
                <td className={styles.number}>{line.periodTotal === null ? t("session:entries.noPrice") : `${format.money(line.periodTotal, entry.order.currency)} ${plan.period(line.cycle)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.notes}>
        {entry.holdsAnyway.map((hold) => (
          <span key={hold} className={styles.note}>
            <PauseCircleRegular className={styles.hold} aria-hidden />
            <Body1>{t("session:entries.anyway", { reason: t(`shared:hold.${hold}`) })}</Body1>
          </span>
        ))}
        {entry.orderIds.length > 0 && <Caption1 className={styles.quiet}>{t("session:entries.order", { count: entry.orderIds.length, ids: entry.orderIds.join(", ") })}</Caption1>}
        {(entry.setupInfo === "sealed" || entry.setupInfo === "showing" || entry.setupInfo === "unavailable") && (
          <span className={styles.note}>
            <KeyRegular className={styles.key} aria-hidden />
            <FluentLink as="button" onClick={() => void navigate(`/confirmation/${entry.onboardingId}`)}>
              {t("session:entries.setupInfo", { name: entry.customerName })}
            </FluentLink>
          </span>
        )}
      </div>
    </section>
  );
}
