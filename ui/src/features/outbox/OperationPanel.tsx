// An opened operation: cause in plain words, who can fix it, what can be done, its order and its history.
import { Body1, Body1Strong, Button, Caption1, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Subtitle1, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, BuildingRegular, CheckmarkRegular, EditRegular, HandshakeRegular, KeyRegular, PersonSupportRegular, PersonWrenchRegular, SendRegular, type FluentIcon } from "@fluentui/react-icons";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type FixerView, type OperationAction, type OperationDetail } from "@/shared/ipc";
import { ErrorState, LoadingRows, SidePanel, StateBadge, useAnnounce } from "@/shared/ui";
import { History } from "./History";
import { useOperationLine } from "./words";

const FIXERS: Record<FixerView, FluentIcon> = { us: PersonWrenchRegular, reseller: HandshakeRegular, customer: BuildingRegular, microsoft: PersonSupportRegular };

const useStyles = makeStyles({
  title: { display: "block", marginTop: "4px" },
  why: { display: "block", margin: "4px 0 12px" },
  fixer: { display: "flex", alignItems: "flex-start", gap: "8px", marginBottom: "16px" },
  icon: { display: "inline-flex", fontSize: "16px", color: tokens.colorNeutralForeground2, flex: "0 0 auto", marginTop: "2px" },
  section: { margin: "20px 0 8px", display: "block" },
  lines: { listStyleType: "none", margin: 0, padding: 0 },
  line: { display: "flex", justifyContent: "space-between", gap: "12px", padding: "6px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  words: { display: "flex", flexDirection: "column", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  mend: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", backgroundColor: tokens.colorNeutralBackground1, padding: "12px 16px", marginBottom: "12px", display: "flex", flexDirection: "column", gap: "2px" },
});

const TERMS = ["P1M", "P1Y", "P3Y"] as const;
const CYCLES = ["monthly", "annual", "triennial", "none"] as const;
/** The act that leads on, best first. */
const ORDER: readonly OperationAction[] = ["mend", "approve_again", "check_again", "send_again"];
const ICONS: Record<Exclude<OperationAction, "cancel">, FluentIcon> = { mend: EditRegular, approve_again: CheckmarkRegular, check_again: ArrowClockwiseRegular, send_again: SendRegular };

function OrderLines({ detail }: { detail: OperationDetail }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  if (detail.orderLines.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h3" className={styles.section}>
        {t("outbox:order")}
      </Subtitle2>
      <ul className={styles.lines}>
        {detail.orderLines.map((line, index) => {
          const term = TERMS.find((known) => known === line.term);
          const cycle = CYCLES.find((known) => known === line.cycle);
          return (
            <li key={index} className={styles.line}>
              <span className={styles.words}>
                <Body1>{line.title}</Body1>
                <Caption1 className={styles.quiet}>{t("shared:termAndCycle", { term: term ? t(`shared:term.${term}`) : line.term, cycle: cycle ? t(`shared:cycle.${cycle}`) : line.cycle })}</Caption1>
              </span>
              <Body1>{t("outbox:licences", { count: line.quantity })}</Body1>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Cause({ detail }: { detail: OperationDetail }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const line = useOperationLine();
  const { row, fixer } = detail;
  const Fixer = fixer === null ? undefined : FIXERS[fixer];
  const why = row.state === "needs_attention" && row.attention !== null ? t(`outbox:cause.${row.attention}`) : row.state === "on_hold" && row.hold !== null ? t(`outbox:holdCause.${row.hold}`) : line(row);
  return (
    <>
      <Body1 className={styles.why}>{why}</Body1>
      {detail.ambiguous && <Body1 className={styles.why}>{t("outbox:ambiguous")}</Body1>}
      {fixer !== null && Fixer && (
        <div className={styles.fixer}>
          <span className={styles.icon} aria-hidden>
            <Fixer />
          </span>
          <Caption1>
            <strong>{t(`outbox:fixer.${fixer}`)}</strong> {t(`outbox:fixerMore.${fixer}`)}
          </Caption1>
        </div>
      )}
      {detail.fieldValue !== "" && (
        <div className={styles.mend}>
          <Caption1 className={styles.quiet}>{t("outbox:nowWritten")}</Caption1>
          <Body1Strong>{detail.fieldValue}</Body1Strong>
        </div>
      )}
    </>
  );
}

function CancelButton({ id, customer, onDone }: { id: string; customer: string; onDone: () => void }) {
  const { t } = useTranslation("outbox");
  const [asking, setAsking] = useState(false);
  const cancel = useWrite("cancelOperation", { onDone });
  return (
    <>
      <Button appearance="subtle" onClick={() => { setAsking(true); }}>
        {t("action.cancel")}
      </Button>
      <Dialog modalType="alert" open={asking} onOpenChange={(_event, data) => { setAsking(data.open); }}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{t("cancel.question")}</DialogTitle>
            <DialogContent>{t("cancel.what", { customer })}</DialogContent>
            <DialogActions>
              <Button onClick={() => { setAsking(false); }}>{t("cancel.keep")}</Button>
              <Button
                appearance="primary"
                onClick={() => {
                  setAsking(false);
                  cancel.mutate([id]);
                }}
              >
                {t("cancel.yes")}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </>
  );
}

function Actions({ detail, onClose }: { detail: OperationDetail; onClose: () => void }) {
  const { t } = useTranslation("outbox");
  const announce = useAnnounce();
  const navigate = useNavigate();
  const said = () => { announce(t("noted")); };
  const mend = useWrite("mendOperation", { onDone: (draft) => void navigate(`/draft/${draft.id}`) });
  const check = useWrite("checkOperationAgain", { onDone: said });
  const approve = useWrite("approveOperationAgain", { onDone: said });
  const send = useWrite("sendOperationAgain", { onDone: said });
  const writes = { mend, check_again: check, approve_again: approve, send_again: send };
  const id = detail.row.id;
  const there = ORDER.filter((action): action is keyof typeof writes => detail.actions.includes(action));
  return (
    <>
      <span>{detail.actions.includes("cancel") && <CancelButton id={id} customer={detail.row.customerName} onDone={onClose} />}</span>
      <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 8 }}>
        {there.map((action, index) => {
          const Icon = ICONS[action];
          return (
            <Button key={action} appearance={index === 0 ? "primary" : "secondary"} icon={<Icon />} data-primary={index === 0 || undefined} disabledFocusable={writes[action].isPending} onClick={() => { writes[action].mutate([id]); }}>
              {t(`action.${action}`)}
            </Button>
          );
        })}
      </span>
    </>
  );
}

/** The panel. */
export function OperationPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const navigate = useNavigate();
  const read = useRead("operationDetail", id);
  const detail = read.data;
  if (detail === undefined) {
    return (
      <SidePanel label={t("outbox:operation")} width={432} onClose={onClose} focusKey={id}>
        {read.error ? <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} /> : <LoadingRows rows={4} />}
      </SidePanel>
    );
  }
  const row = detail.row;
  const title = `${t(`outbox:kind.${row.kind}`)}: ${row.customerName}`;
  return (
    <SidePanel label={title} width={432} onClose={onClose} focusKey={id} head={<StateBadge state={row.state} />} footer={detail.actions.length > 0 ? <Actions detail={detail} onClose={onClose} /> : undefined}>
      <Subtitle1 as="h2" className={styles.title}>
        {title}
      </Subtitle1>
      <Cause detail={detail} />
      {row.setupInfoWaits && (
        <Button icon={<KeyRegular />} onClick={() => void navigate(`/confirmation/${row.onboardingId}`)}>
          {t("outbox:handOver")}
        </Button>
      )}
      <OrderLines detail={detail} />
      <History entries={detail.history} />
    </SidePanel>
  );
}
