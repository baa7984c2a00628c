// What other pages show of partnership requests: where one stands, and what can be done with a reseller that was asked.
import { Button, Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircleRegular,
  CopyRegular,
  DismissCircleRegular,
  EditRegular,
  LinkDismissRegular,
  MailArrowUpRegular,
  MailClockRegular,
  MailReadRegular,
  PeopleAddRegular,
  SendRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type Language, type PartnershipView, type RequestStageView } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  badge: { display: "inline-flex", alignItems: "center", gap: "6px", minWidth: 0, maxWidth: "100%", whiteSpace: "nowrap" },
  icon: { display: "inline-flex", fontSize: "16px", flex: "0 0 auto" },
  quiet: { color: tokens.colorNeutralForeground3 },
  brand: { color: tokens.colorCompoundBrandForeground1 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  acts: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: "8px", marginTop: "8px" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "4px" },
  second: { color: tokens.colorNeutralForeground2 },
});

type Tone = "quiet" | "brand" | "good" | "soon";

const LOOK: Record<RequestStageView, { icon: FluentIcon; tone: Tone }> = {
  draft: { icon: EditRegular, tone: "quiet" },
  opened: { icon: MailReadRegular, tone: "brand" },
  copied: { icon: CopyRegular, tone: "brand" },
  requested: { icon: MailArrowUpRegular, tone: "brand" },
  marked_sent: { icon: SendRegular, tone: "brand" },
  stale: { icon: MailClockRegular, tone: "soon" },
  active: { icon: CheckmarkCircleRegular, tone: "good" },
  declined: { icon: DismissCircleRegular, tone: "quiet" },
  ended: { icon: LinkDismissRegular, tone: "quiet" },
};

/** Where a request stands, and since when. */
export function StageBadge({ stage, at }: { stage: RequestStageView; at: string }) {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const format = useFormat();
  const { icon: Icon, tone } = LOOK[stage];
  return (
    <span className={styles.badge}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        <Icon />
      </span>
      <span>{t(`stage.${stage}`)}</span>
      {stage !== "draft" && <Caption1 className={styles.second}>{format.shortDate(at)}</Caption1>}
    </span>
  );
}

function useScreenLanguage(): Language {
  const { i18n } = useTranslation("shared");
  return i18n.language === "de" ? "de" : "en";
}

/** Begins a request and shows its draft; of a reseller in the book, or of a new one for an empty id. */
export function useStartRequest(): { start: (resellerId: string) => void; busy: boolean } {
  const navigate = useNavigate();
  const language = useScreenLanguage();
  const write = useWrite("startPartnershipRequest", {
    onDone: (request) => {
      void navigate(`/resellers/request/${request.id}`);
    },
  });
  return {
    busy: write.isPending,
    start: (resellerId) => {
      if (!write.isPending) write.mutate([resellerId, language]);
    },
  };
}

/** *Request a partnership*, as the header's button. */
export function RequestPartnershipButton({ primary = true }: { primary?: boolean }) {
  const { t } = useTranslation("partnership");
  const { start, busy } = useStartRequest();
  return (
    <Button
      appearance={primary ? "primary" : "secondary"}
      data-primary={primary ? true : undefined}
      icon={<MailArrowUpRegular />}
      disabledFocusable={busy}
      onClick={() => {
        start("");
      }}
    >
      {t("title")}
    </Button>
  );
}

/** The way to inviting from a list. */
export function InviteSeveralButton() {
  const { t } = useTranslation("partnership");
  const navigate = useNavigate();
  return (
    <Button icon={<PeopleAddRegular />} onClick={() => void navigate("/resellers/invite")}>
      {t("inviteSeveral")}
    </Button>
  );
}

/** What can be done with a reseller that is not active: go on with the draft, remind, record an answer, ask again. */
export function PartnershipActions({ resellerId, partnership }: { resellerId: string; partnership: PartnershipView }) {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const navigate = useNavigate();
  const announce = useAnnounce();
  const language = useScreenLanguage();
  const { start, busy } = useStartRequest();
  const requests = useReadWhen(partnership !== "active", "partnershipRequests", resellerId).data ?? [];
  const remind = useWrite("remindPartnership", {
    onDone: (request) => {
      void navigate(`/resellers/request/${request.id}`);
    },
  });
  const decline = useWrite("declinePartnership", { onDone: () => { announce(t("declined")); } });
  const sent = useWrite("markPartnershipSent", { onDone: () => { announce(t("markedSent")); } });
  const unsent = requests.find((one) => !one.open && ["opened", "copied", "requested"].includes(one.stage));
  switch (partnership) {
    case "active":
      return null;
    case "draft":
      return (
        <div className={styles.acts}>
          <Button appearance="primary" data-primary icon={<EditRegular />} disabledFocusable={busy} onClick={() => { start(resellerId); }}>
            {t("goOn")}
          </Button>
        </div>
      );
    case "requested":
      return (
        <div className={styles.acts}>
          <Button appearance="primary" data-primary icon={<MailClockRegular />} disabledFocusable={remind.isPending} onClick={() => { remind.mutate([resellerId, language]); }}>
            {t("remind")}
          </Button>
          {unsent && (
            <Button icon={<SendRegular />} onClick={() => { sent.mutate([unsent.id]); }}>
              {t("markSent")}
            </Button>
          )}
          <Button icon={<DismissCircleRegular />} onClick={() => { decline.mutate([resellerId]); }}>
            {t("decline")}
          </Button>
        </div>
      );
    case "declined":
    case "ended":
      return (
        <div className={styles.acts}>
          <Button icon={<MailArrowUpRegular />} disabledFocusable={busy} onClick={() => { start(resellerId); }}>
            {t("askAgain")}
          </Button>
        </div>
      );
  }
}

/** The requests and reminders of a reseller, newest first; nothing when there are none. */
export function RequestHistory({ resellerId }: { resellerId: string }) {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const requests = useReadWhen(true, "partnershipRequests", resellerId).data ?? [];
  if (requests.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t("history")}>
      {requests.map((one) => (
        <li key={one.id}>
          <Caption1 className={styles.second}>{t(`kind.${one.kind}`)}</Caption1> <StageBadge stage={one.stage} at={one.at} />
        </li>
      ))}
    </ul>
  );
}
