// Narrows the outbox down to one onboarding session, and leads to its review and report, or to those of all.
import { Dropdown, Link as FluentLink, Option, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";

const useStyles = makeStyles({
  box: { display: "flex", alignItems: "center", gap: "12px", marginLeft: "auto", minWidth: 0, flexWrap: "wrap" },
  dropdown: { minWidth: "160px", maxWidth: "260px" },
  listbox: { zIndex: 100, maxHeight: "60vh" },
});

/** Nothing before the first session. */
export function SessionFilter({ chosen, onChoose }: { chosen: string; onChoose: (id: string) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("session");
  const format = useFormat();
  const navigate = useNavigate();
  const all = useRead("sessions").data?.all ?? [];
  if (all.length === 0) return null;
  const name = all.find((one) => one.id === chosen)?.name;
  return (
    <div className={styles.box}>
      <Dropdown className={styles.dropdown} listbox={{ className: styles.listbox }} aria-label={t("filter.label")} value={name ?? t("filter.all")} selectedOptions={[chosen]} onOptionSelect={(_event, data) => { onChoose(data.optionValue ?? ""); }}>
        <Option value="">{t("filter.all")}</Option>
        {all.map((one) => (
          <Option key={one.id} value={one.id} text={one.name}>
            {`${one.name}, ${format.shortDate(one.startedAt)}`}
          </Option>
        ))}
      </Dropdown>
      {name === undefined ? (
        <FluentLink as="button" onClick={() => void navigate("/sessions")}>
          {t("list.open")}
        </FluentLink>
      ) : (
        <>
          <FluentLink as="button" onClick={() => void navigate(`/session/${chosen}`)}>
            {t("filter.review")}
          </FluentLink>
          <FluentLink as="button" onClick={() => void navigate(`/session/${chosen}/report`)}>
            {t("filter.report")}
          </FluentLink>
        </>
      )}
    </div>
  );
}
