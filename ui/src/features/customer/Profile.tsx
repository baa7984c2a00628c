// Name, contact and address, as known or as a change that waits wants them.
import { Body1, Caption1, Link, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadWhen, type CustomerPageView } from "@/shared/ipc";
import { FactList, LoadingRows } from "@/shared/ui";

const useStyles = makeStyles({
  columns: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(260px, 1fr))", columnGap: "36px", rowGap: "12px" },
  address: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  bar: { marginBottom: "10px" },
  read: { display: "block", color: tokens.colorNeutralForeground2, marginTop: "10px" },
});

/** The block. */
export function Profile({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("customer");
  const format = useFormat();
  const navigate = useNavigate();
  const made = view.row.tenantId !== "";
  const read = useReadWhen(made, "customerProfile", view.row.id);
  const profile = read.data;
  if (made && profile === undefined && read.error === null) return <LoadingRows rows={3} height={28} />;
  const value = (field: string) => profile?.fields.find((one) => one.field === field)?.value ?? "";
  const contact = [value("firstName"), value("lastName")].filter((part) => part !== "").join(" ") || view.contactName;
  const town = [value("postalCode"), value("city") || view.row.town].filter((part) => part !== "").join(" ");
  const lines = [value("addressLine1"), value("addressLine2"), town, value("state"), format.country(view.row.country)].filter((part) => part !== "");
  return (
    <>
      {profile !== undefined && profile.operationId !== "" && (
        <MessageBar intent={profile.state === "needs_attention" ? "warning" : "info"} layout="multiline" className={styles.bar}>
          <MessageBarBody>{t(profile.state === "needs_attention" ? "profile.attention" : "profile.waiting")}</MessageBarBody>
          <MessageBarActions>
            <Link as="button" onClick={() => void navigate(`/outbox?operation=${profile.operationId}`)}>
              {t("toOutbox")}
            </Link>
          </MessageBarActions>
        </MessageBar>
      )}
      <div className={styles.columns}>
        <FactList
          facts={[
            { name: t("profile.company"), value: value("companyName") || view.row.name },
            ...(view.registrationNumber === "" ? [] : [{ name: t("profile.registration"), value: view.registrationNumber }]),
            { name: t("profile.address"), value: <span className={styles.address}>{lines.map((line) => <span key={line}>{line}</span>)}</span> },
          ]}
        />
        <FactList
          facts={[
            { name: t("profile.contact"), value: contact || <span className={styles.quiet}>{t("unknown")}</span> },
            ...(value("email") || view.contactEmail ? [{ name: t("profile.email"), value: value("email") || view.contactEmail }] : []),
            ...(value("phone") === "" ? [] : [{ name: t("profile.phone"), value: value("phone") }]),
          ]}
        />
      </div>
      {profile !== undefined && !profile.whole && <Body1 className={styles.read}>{profile.reading ? t("profile.reading") : t("profile.notWhole")}</Body1>}
      {profile !== undefined && profile.readAt !== null && <Caption1 className={styles.read}>{t("profile.readAt", { when: format.moment(profile.readAt) })}</Caption1>}
    </>
  );
}
