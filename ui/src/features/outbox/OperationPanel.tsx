// An opened operation: cause in plain words, who can fix it, what can be done, its order and its history.
import { Body1, Body1Strong, Button, Caption1, Subtitle1, makeStyles, tokens } from "@fluentui/react-components";
import { BuildingRegular, HandshakeRegular, KeyRegular, PersonSupportRegular, PersonWrenchRegular, type FluentIcon } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useRead, type FixerView, type OperationDetail } from "@/shared/ipc";
import { ErrorState, LoadingRows, SidePanel, StateBadge, useWidth } from "@/shared/ui";
import { Actions } from "./Actions";
import { Attempts } from "./Attempts";
import { Changes } from "./Changes";
import { DisownedList, FoundList } from "./FoundList";
import { History } from "./History";
import { OrderLines } from "./OrderLines";
import { isLost, useCause, useHint, useOperationLine, useSubject } from "./words";

const FIXERS: Record<FixerView, FluentIcon> = { us: PersonWrenchRegular, reseller: HandshakeRegular, customer: BuildingRegular, microsoft: PersonSupportRegular };

const useStyles = makeStyles({
  title: { display: "block", marginTop: "4px", overflowWrap: "anywhere" },
  why: { display: "block", margin: "4px 0 12px" },
  fixer: { display: "flex", alignItems: "flex-start", gap: "8px", marginBottom: "16px" },
  icon: { display: "inline-flex", fontSize: "16px", color: tokens.colorNeutralForeground2, flex: "0 0 auto", marginTop: "2px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  apart: { display: "block", color: tokens.colorNeutralForeground2, marginBottom: "2px" },
  mend: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", backgroundColor: tokens.colorNeutralBackground1, padding: "12px 16px", marginBottom: "12px", display: "flex", flexDirection: "column", gap: "2px" },
});

function Cause({ detail }: { detail: OperationDetail }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const line = useOperationLine();
  const cause = useCause();
  const { row, fixer } = detail;
  const Fixer = fixer === null ? undefined : FIXERS[fixer];
  // What is known of an order without an answer depends on what was found.
  const mayExist = detail.ambiguous && row.attention === "order_may_exist" && (detail.found.length > 0 ? "found" : detail.disowned.length > 0 ? "disowned" : "none");
  const why = mayExist !== false ? t(`outbox:mayExist.${mayExist}`) : row.state === "needs_attention" && row.attention !== null ? cause(row.kind, row.attention) : row.state === "on_hold" && row.hold !== null ? t(`outbox:holdCause.${row.hold}`) : line(row);
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

/** The panel; in a window without room for two it takes the list's place. `customer` tells it from another of its name. */
export function OperationPanel({ id, customer, onClose }: { id: string; customer: { hint: string; entered: string | null } | undefined; onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const navigate = useNavigate();
  const subject = useSubject();
  const hint = useHint();
  const alone = useWidth() <= 960;
  const frame = { width: 432, onClose, focusKey: id, back: alone ? { words: t("outbox:back"), page: t("outbox:title") } : undefined } as const;
  const read = useRead("operationDetail", id);
  const detail = read.data;
  if (detail === undefined) {
    return (
      <SidePanel {...frame} label={t("outbox:operation")}>
        {read.error ? <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} /> : <LoadingRows rows={4} />}
      </SidePanel>
    );
  }
  const row = detail.row;
  const title = `${t(`outbox:kind.${row.kind}`)}: ${row.customerName}`;
  const apart = customer === undefined ? "" : hint(customer);
  return (
    <SidePanel {...frame} label={apart === "" ? title : `${title}, ${apart}`} head={isLost(row) ? <StateBadge state={row.state} text={t("outbox:lost.state")} rests /> : <StateBadge state={row.state} />} footer={detail.actions.length > 0 ? <Actions detail={detail} onClose={onClose} /> : undefined}>
      <Subtitle1 as="h2" className={styles.title}>
        {title}
      </Subtitle1>
      {apart !== "" && <Caption1 className={styles.apart}>{apart}</Caption1>}
      {row.product !== "" && <Body1>{subject(row)}</Body1>}
      <Cause detail={detail} />
      {row.setupInfoWaits && (
        <Button icon={<KeyRegular />} onClick={() => void navigate(`/confirmation/${row.onboardingId}`)}>
          {t("outbox:handOver")}
        </Button>
      )}
      <FoundList detail={detail} />
      <DisownedList detail={detail} />
      <Changes changes={detail.changes} titles={detail.titles} />
      <OrderLines detail={detail} />
      <Attempts attempts={detail.attempts} />
      <History entries={detail.history} />
    </SidePanel>
  );
}
