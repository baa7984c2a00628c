// An open reseller: contact, newest customers, and *Add new customer*, or what is missing for it.
import { Body1, Body1Strong, Button, Caption1, Link as FluentLink, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, InfoRegular, OpenRegular } from "@fluentui/react-icons";
import { Link, useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadWhen, type PartnershipView, type ResellerRow } from "@/shared/ipc";
import { PartnershipActions } from "@/shared/parts/partnership";
import { StandsBadge } from "@/shared/parts/StandsBadge";
import { useAddCustomer } from "@/shared/parts/startDraft";
import { SMALL } from "@/shared/ui";

const useStyles = makeStyles({
  blocks: { display: "grid", gridTemplateColumns: "minmax(170px, 1fr) minmax(260px, 1.7fr) minmax(208px, max-content)", columnGap: "28px", rowGap: "16px", "@media (max-width: 1099px)": { gridTemplateColumns: "minmax(160px, 1fr) minmax(240px, 1.4fr)" }, [SMALL]: { gridTemplateColumns: "minmax(0, 1fr)" } },
  block: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0 },
  head: { color: tokens.colorNeutralForeground2, marginBottom: "2px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  customer: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)", columnGap: "12px", alignItems: "start", minHeight: "24px" },
  name: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", color: tokens.colorBrandForegroundLink, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  act: { display: "flex", flexDirection: "column", gap: "8px", maxWidth: "260px", whiteSpace: "nowrap", "@media (max-width: 1099px)": { gridColumn: "1 / -1", alignItems: "flex-start" } },
  reason: { whiteSpace: "normal", display: "flex", gap: "8px", alignItems: "flex-start", color: tokens.colorNeutralForeground2 },
  icon: { display: "inline-flex", fontSize: "16px", flex: "0 0 auto", marginTop: "2px" },
  list: { listStyleType: "none", margin: 0, padding: 0 },
});

type Missing = Exclude<PartnershipView, "active">;

/** Three blocks. */
export function ResellerInside({ row }: { row: ResellerRow }) {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const detail = useReadWhen(true, "resellerDetail", row.id);
  const { add, busy } = useAddCustomer();
  const newest = detail.data?.newestCustomers ?? [];
  const missing: Missing | "tenant" = row.partnership === "active" ? "tenant" : row.partnership;
  const allOfThem = `/customers?reseller=${row.id}`;
  return (
    <div className={styles.blocks}>
      <section className={styles.block} aria-label={t("resellers:contact")}>
        <Caption1 className={styles.head}>{t("resellers:contact")}</Caption1>
        {row.contactName === "" ? <Body1 className={styles.quiet}>{t("resellers:noContact")}</Body1> : <Body1Strong>{row.contactName}</Body1Strong>}
        {(row.contactRole !== "" || row.town !== "") && <Caption1 className={styles.quiet}>{[row.contactRole, row.town].filter((part) => part !== "").join(" · ")}</Caption1>}
        {row.contactEmail !== "" && <Body1>{row.contactEmail}</Body1>}
        {row.contactPhone !== "" && <Body1>{row.contactPhone}</Body1>}
      </section>
      <section className={styles.block} aria-label={t("resellers:newest")}>
        <Caption1 className={styles.head}>{t("resellers:newest")}</Caption1>
        {detail.data !== undefined && newest.length === 0 && <Body1 className={styles.quiet}>{t("resellers:noCustomers")}</Body1>}
        <ul className={styles.list}>
          {newest.map((customer) => (
            <li key={customer.id} className={styles.customer}>
              <Link to={`/customers?open=${customer.id}`} className={styles.name}>
                {customer.name}
              </Link>
              <StandsBadge stands={customer.stands} whole />
            </li>
          ))}
        </ul>
        {row.customers > 0 && (
          <span>
            <FluentLink as="button" onClick={() => void navigate(allOfThem)}>
              {t("resellers:allCustomers", { count: row.customers, number: format.number(row.customers) })}
            </FluentLink>
          </span>
        )}
      </section>
      <div className={styles.act}>
        {row.takesCustomers ? (
          <Button appearance="primary" icon={<AddRegular />} data-primary disabledFocusable={busy} onClick={() => { add(row.id); }}>
            {t("shared:act.addCustomer")}
          </Button>
        ) : (
          <div className={styles.reason}>
            <span className={styles.icon} aria-hidden>
              <InfoRegular />
            </span>
            <Caption1>{t(`resellers:missing.${missing}`)}</Caption1>
          </div>
        )}
        <Button icon={<OpenRegular />} onClick={() => void navigate(`/resellers/${row.id}`)}>
          {t("resellers:open")}
        </Button>
        {row.partnership !== "active" && <PartnershipActions resellerId={row.id} partnership={row.partnership} />}
      </div>
    </div>
  );
}
