// Who earns the incentive of the order: a reseller, or nobody, and then it is said.
import { Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { InfoRegular, ShieldCheckmarkRegular, ShieldDismissRegular, ShieldQuestionRegular, type FluentIcon } from "@fluentui/react-icons";
import { useMemo } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, type FitnessView, type ResellerRow } from "@/shared/ipc";
import { ChosenResellerShield } from "@/shared/parts/shield";
import { PlainChoice } from "../customer/Fields";
import { useForm } from "../draft/FormContext";

const useStyles = makeStyles({
  note: { display: "flex", alignItems: "flex-start", gap: "6px", marginTop: "6px", color: tokens.colorNeutralForeground2 },
  icon: { fontSize: "16px", flex: "0 0 auto", display: "inline-flex" },
  good: { color: tokens.colorPaletteGreenForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
});

const ICONS: Record<FitnessView, FluentIcon> = {
  fit: ShieldCheckmarkRegular,
  unknown: ShieldQuestionRegular,
  agreement_not_signed: ShieldDismissRegular,
  partner_id_not_valid: ShieldDismissRegular,
  suspended: ShieldDismissRegular,
};

/** *Reseller of record (incentives)*. */
export function ResellerOfRecord() {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const resellers = useRead("listResellers", { search: "", partnership: ["active"], sort: "name", descending: false });
  const rows = useMemo(() => (resellers.data?.rows ?? []).filter((row) => row.partnerId !== ""), [resellers.data]);
  const chosen = form.content.resellerOfRecord;
  const choices = useMemo(
    () => [{ value: "", text: t("panelOrder.none") }, ...rows.map((row) => ({ value: row.id, text: `${row.name} · ${row.partnerId}` }))],
    [rows, t],
  );
  const row = rows.find((each) => each.id === chosen);
  return (
    <>
      <PlainChoice
        path="resellerOfRecord"
        label={t("field.resellerOfRecord")}
        choices={choices}
        value={chosen}
        onChoose={(resellerOfRecord) => {
          form.edit((content) => ({ ...content, resellerOfRecord }));
        }}
      />
      {chosen === "" && (
        <Caption1 className={styles.note}>
          <span className={styles.icon} aria-hidden>
            <InfoRegular />
          </span>
          {t("panelOrder.noneText")}
        </Caption1>
      )}
      {row !== undefined && (row.shield.kind === "fit" ? <FitNote row={row} /> : <ChosenResellerShield resellerId={row.id} />)}
    </>
  );
}

function FitNote({ row }: { row: ResellerRow }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const Icon = ICONS[row.fitness];
  const when = row.fitnessCheckedAt === null ? "" : format.moment(row.fitnessCheckedAt);
  const tone = row.fitness === "fit" ? styles.good : row.fitness === "unknown" ? undefined : styles.bad;
  return (
    <Caption1 className={styles.note}>
      <span className={mergeClasses(styles.icon, tone)} aria-hidden>
        <Icon />
      </span>
      {words()}
    </Caption1>
  );

  function words(): string {
    switch (row.fitness) {
      case "fit":
        return t("panelOrder.fit", { when });
      case "unknown":
        return t("panelOrder.fitUnknown");
      case "agreement_not_signed":
      case "partner_id_not_valid":
      case "suspended":
        return t("panelOrder.notFit", { when, reason: t(`panelOrder.fitness.${row.fitness}`) });
    }
  }
}
