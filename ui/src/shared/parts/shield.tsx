// The shield of a reseller: may an order name it, why not, who can mend it, and how old the answer is.
import { Body1, Caption1, Link as FluentLink, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ShieldCheckmarkRegular, ShieldDismissRegular, ShieldQuestionRegular, type FluentIcon } from "@fluentui/react-icons";
import { useEffect } from "react";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type ShieldKind, type ShieldView } from "@/shared/ipc";

/** Colours by meaning. */
export type Tone = "good" | "soon" | "now" | "brand" | "quiet";

/** Icon and colour of a verdict. */
export const SHIELDS: Record<ShieldKind, { icon: FluentIcon; tone: Tone }> = {
  fit: { icon: ShieldCheckmarkRegular, tone: "good" },
  not_fit: { icon: ShieldDismissRegular, tone: "now" },
  stale: { icon: ShieldQuestionRegular, tone: "soon" },
  unknown: { icon: ShieldQuestionRegular, tone: "soon" },
};

/** The verdict in two lines. */
export function useShieldWords(): (shield: ShieldView) => { first: string; second: string } {
  const { t } = useTranslation("shared");
  const format = useFormat();
  return (shield) => {
    switch (shield.kind) {
      case "fit":
        return { first: t("shield.fit"), second: shield.checkedAt === null ? "" : t("shield.checked", { when: format.day(shield.checkedAt) }) };
      case "not_fit":
        switch (shield.reason) {
          case "not_requested":
          case "not_accepted":
            return { first: t("shield.after"), second: t(`shield.reason.${shield.reason}`) };
          case "declined":
          case "ended":
          case "partner_id_missing":
          case "partner_id_not_valid":
          case "agreement_not_signed":
          case "suspended":
            return { first: t("shield.not_fit"), second: t(`shield.reason.${shield.reason}`) };
          case null:
            return { first: t("shield.not_fit"), second: "" };
        }
        break;
      case "stale":
        return { first: t("shield.stale", { count: shield.days }), second: t("shield.whenSent") };
      case "unknown":
        return { first: t("shield.unknown"), second: t("shield.whenSent") };
    }
  };
}

const useStyles = makeStyles({
  note: { display: "flex", gap: "8px", alignItems: "flex-start", padding: "10px 12px", borderRadius: "6px", border: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, maxWidth: "800px", boxSizing: "border-box" },
  icon: { display: "inline-flex", fontSize: "16px", flex: "0 0 auto", marginTop: "2px" },
  words: { display: "flex", flexDirection: "column", gap: "2px", minWidth: 0 },
  second: { color: tokens.colorNeutralForeground2 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  now: { color: tokens.colorPaletteRedForeground1 },
  brand: { color: tokens.colorCompoundBrandForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** What it means that a reseller is not fit, or not known to be: before any work is put into an order. */
export function ShieldNote({ shield, name, action }: { shield: ShieldView; name: string; action?: { label: string; to: string } }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const navigate = useNavigate();
  const words = useShieldWords();
  const { icon: Icon, tone } = SHIELDS[shield.kind];
  const { first, second } = words(shield);
  const reason = shield.reason;
  return (
    <div className={styles.note} role="note" data-shield={shield.kind}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        <Icon />
      </span>
      <span className={styles.words}>
        <Body1>{shield.kind === "not_fit" ? t("shield.note.title", { name, reason: second }) : `${name}: ${first}`}</Body1>
        <Caption1 className={styles.second}>{reason === null ? t("shield.note.whenSent") : t(`shield.mend.${reason}`)}</Caption1>
        {shield.kind === "not_fit" && <Caption1 className={styles.second}>{t("shield.note.goOn")}</Caption1>}
        {action && (
          <span>
            <FluentLink as="button" onClick={() => void navigate(action.to)}>
              {action.label}
            </FluentLink>
          </span>
        )}
      </span>
    </div>
  );
}

/** The note for a reseller chosen in a form; nothing while it is fit. Asks in the background when it is shown. */
export function ChosenResellerShield({ resellerId }: { resellerId: string }) {
  const { t } = useTranslation("shared");
  const check = useWrite("checkResellers", { silent: true });
  const ask = check.mutate;
  const all = useRead("listResellers", { search: "", partnership: [], sort: "name", descending: false });
  useEffect(() => {
    if (resellerId !== "") ask([false]);
  }, [ask, resellerId]);
  const row = all.data?.rows.find((one) => one.id === resellerId);
  if (row?.shield === undefined || row.shield.kind === "fit") return null;
  return <ShieldNote shield={row.shield} name={row.name} action={{ label: t("shield.open"), to: `/resellers/${row.id}` }} />;
}
