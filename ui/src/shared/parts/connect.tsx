// What the customers list shows of invitations: the way to a new one, and who was invited and has not appeared yet.
import { Button, Caption1, Link as FluentLink, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular, DismissCircleRegular, EditRegular, LinkAddRegular, MailArrowUpRegular, MailClockRegular, type FluentIcon } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type InvitationStateView } from "@/shared/ipc";
import { useTrade } from "./clock";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: "0 0 8px", display: "flex", flexDirection: "column" },
  row: { display: "flex", alignItems: "center", gap: "8px", minHeight: "34px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexWrap: "wrap" },
  icon: { display: "inline-flex", fontSize: "16px", flex: "0 0 auto" },
  brand: { color: tokens.colorCompoundBrandForeground1 },
  quiet: { color: tokens.colorNeutralForeground2 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
});

/** Those that are closed are in no list of the open ones. */
const LOOK: Record<InvitationStateView, { icon: FluentIcon; tone: "brand" | "quiet" | "soon" }> = {
  draft: { icon: EditRegular, tone: "quiet" },
  requested: { icon: MailArrowUpRegular, tone: "brand" },
  stale: { icon: MailClockRegular, tone: "soon" },
  connected: { icon: CheckmarkCircleRegular, tone: "quiet" },
  given_up: { icon: DismissCircleRegular, tone: "quiet" },
};

/** *Connect with an existing customer*. */
export function ConnectCustomerButton() {
  const { t, i18n } = useTranslation("connect");
  const navigate = useNavigate();
  const start = useWrite("startCustomerInvitation", {
    onDone: (invitation) => {
      void navigate(`/customers/connect/${invitation.id}`);
    },
  });
  return (
    <Button icon={<LinkAddRegular />} disabledFocusable={start.isPending} onClick={() => { start.mutate([i18n.language === "de" ? "de" : "en"]); }}>
      {t("title")}
    </Button>
  );
}

/** Who was invited; nothing while nobody is. */
export function InvitedCustomers() {
  const styles = useStyles();
  const { t } = useTranslation("connect");
  const format = useFormat();
  const trade = useTrade().format;
  const navigate = useNavigate();
  const rows = useRead("invitedCustomers").data ?? [];
  if (rows.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t("invited")}>
      {rows.map((row) => {
        const { icon: Icon, tone } = LOOK[row.state];
        return (
          <li key={row.id} className={styles.row}>
            <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
              <Icon />
            </span>
            <FluentLink as="button" onClick={() => void navigate(`/customers/connect/${row.id}`)}>
              {row.company === "" ? t("unnamed") : row.company}
            </FluentLink>
            <Caption1 className={styles.quiet}>
              {[row.state === "draft" ? t("draftSince", { date: format.shortDate(row.since) }) : t(row.state === "stale" ? "staleSince" : "requestedSince", { date: format.shortDate(row.since), count: trade.daysSince(row.since) }), row.resellerName === "" ? t("alone") : t("with", { name: row.resellerName })].join(" · ")}
            </Caption1>
          </li>
        );
      })}
    </ul>
  );
}

/** In the practice drawer: those who were invited may accept. */
export function PracticeInvited({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("connect");
  const rows = (useRead("invitedCustomers").data ?? []).filter((row) => row.state === "requested" || row.state === "stale");
  const accept = useWrite("practiceCustomerConnects", { onDone });
  return (
    <>
      {rows.map((row) => (
        <Button key={row.id} size="small" icon={<LinkAddRegular />} disabledFocusable={accept.isPending} onClick={() => { accept.mutate([row.id]); }}>
          {t("practiceAccepts", { company: row.company })}
        </Button>
      ))}
    </>
  );
}
