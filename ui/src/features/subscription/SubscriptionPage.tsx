// A subscription: facts, what waits, what can be done, who supports it. An action opens a panel beside the page that
// shows what will happen before anything is submitted.
import { Button, Caption1, MessageBar, MessageBarBody, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DocumentBulletListRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadForForm, type SubscriptionActionView, type SubscriptionPageView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { Crumbs } from "@/shared/parts/Crumbs";
import { StandsBadge } from "@/shared/parts/StandsBadge";
import { EmptyState, ErrorState, FactList, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";
import { ActionBar, openerOf } from "./ActionBar";
import { ChangePanel } from "./ChangePanel";
import { Changes } from "./Changes";
import { Facts } from "./Facts";
import { RecordPanel } from "./RecordPanel";
import { Support } from "./Support";

const useStyles = makeStyles({
  blocks: { display: "flex", flexDirection: "column", gap: "24px" },
  caption: { display: "inline-flex", alignItems: "center", gap: "12px", flexWrap: "wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  hint: { margin: "2px 0 10px" },
  id: { display: "flex", minWidth: 0 },
});

/** Actions that an address may open: from Home's list of ends. */
const FROM_ADDRESS: readonly SubscriptionActionView[] = ["decide", "fewer_licences", "more_licences", "cancel"];

function Opened({ page }: { page: SubscriptionPageView }) {
  const styles = useStyles();
  const { t } = useTranslation(["subscription", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const [address, setAddress] = useSearchParams();
  const possible = (action: SubscriptionActionView) => page.actions.some((one) => one.action === action && one.blocked === null);
  const [open, setOpen] = useState<SubscriptionActionView | undefined>(() => FROM_ADDRESS.find((one) => one === address.get("do") && possible(one)));
  const [done, setDone] = useState({ said: "", before: 0 });
  useEffect(() => {
    if (address.has("do")) setAddress({}, { replace: true });
  }, [address, setAddress]);
  const close = () => {
    if (open !== undefined) document.getElementById(openerOf(open))?.focus();
    setOpen(undefined);
  };
  const finish = (said: string) => {
    close();
    setDone({ said, before: page.changes.length });
    announce(said);
  };
  // It is no longer true once the change stands among the others and nothing waits.
  const settled = page.changes.length > done.before && page.changes.every((one) => one.state === "confirmed" || one.state === "cancelled");
  const start = (action: SubscriptionActionView) => {
    setDone({ said: "", before: 0 });
    setOpen(action);
  };
  const shown = page.wanted ?? page.confirmed;
  const panel =
    open === undefined ? undefined : open === "reseller_of_record" ? (
      <RecordPanel page={page} onClose={close} onDone={() => { finish(t("subscription:done.waits")); }} />
    ) : (
      <ChangePanel key={open} page={page} action={open} onClose={close} onDone={(bookOnly) => { finish(bookOnly ? t("subscription:done.noted") : t("subscription:done.waits")); }} />
    );
  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: t("subscription:customers"), to: "/customers" }, { name: page.customerName, to: `/customers/${page.customerId}` }]} />}
      title={shown.productName}
      caption={
        <span className={styles.caption}>
          <StandsBadge stands={page.stands} />
          <span className={styles.quiet}>
            {page.asOf === null ? t("subscription:notConfirmed") : t("shared:ui.asOf", { when: format.moment(page.asOf) })}
          </span>
        </span>
      }
      panel={panel}
    >
      <div className={styles.blocks}>
        <ActionBar page={page} open={open} onOpen={start} />
        {done.said !== "" && !settled && (
          <MessageBar intent="info">
            <MessageBarBody>{done.said}</MessageBarBody>
          </MessageBar>
        )}
        <Facts page={page} onDecide={possible("decide") ? () => { start("decide"); } : undefined} />
        <Support page={page} onRecord={possible("reseller_of_record") ? () => { start("reseller_of_record"); } : undefined} />
        <Changes changes={page.changes} />
        {(page.remoteId !== "" || page.orderId !== "") && (
          <section aria-label={t("subscription:ids.title")}>
            <Subtitle2 as="h2">{t("subscription:ids.title")}</Subtitle2>
            <Caption1 block className={mergeClasses(styles.quiet, styles.hint)}>{t("subscription:ids.hint")}</Caption1>
            <FactList
              facts={[
                ...(page.remoteId === "" ? [] : [{ name: t("subscription:ids.subscription"), value: <span className={styles.id}><CopyText text={page.remoteId} name={t("subscription:ids.subscription")} whole /></span> }]),
                ...(page.orderId === "" ? [] : [{ name: t("subscription:ids.order"), value: <span className={styles.id}><CopyText text={page.orderId} name={t("subscription:ids.order")} whole /></span> }]),
              ]}
            />
          </section>
        )}
      </div>
    </PageFrame>
  );
}

/** The page. */
export function SubscriptionPage() {
  const { t } = useTranslation(["subscription", "shared"]);
  const navigate = useNavigate();
  const id = useParams().id ?? "";
  const read = useReadForForm("subscriptionPage", id);
  const page = read.data;
  if (page !== undefined) return <Opened key={page.id} page={page} />;
  return (
    <PageFrame title={t("subscription:title")} crumbs={<Crumbs above={[{ name: t("subscription:customers"), to: "/customers" }]} />}>
      {read.error === null ? (
        <LoadingRows />
      ) : read.error.code === "not_found" ? (
        <EmptyState icon={DocumentBulletListRegular} title={t("subscription:gone")} why={t("subscription:goneWhy")} action={<Button onClick={() => void navigate("/customers")}>{t("subscription:customers")}</Button>} />
      ) : (
        <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} />
      )}
    </PageFrame>
  );
}
