// Name, contact and address of a customer that exists. What is submitted waits in the outbox like everything else.
import { Body1, Button, Caption1, Input, Link, MessageBar, MessageBarActions, MessageBarBody, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { SendRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadForForm, useWrite, type ProfileView } from "@/shared/ipc";
import { ErrorState, FormField, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";
import { problemsOf, useFieldName, useProblemWords, type ProfileField } from "./profileFields";

const useStyles = makeStyles({
  form: { maxWidth: "760px", display: "flex", flexDirection: "column", gap: "24px" },
  group: { display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: "16px", rowGap: "12px", border: "none", margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: "8px" },
  wide: { gridColumn: "1 / -1" },
  quiet: { color: tokens.colorNeutralForeground2 },
  bar: { marginBottom: "16px", maxWidth: "760px" },
  grow: { flex: "1 1 auto" },
});

const GROUPS: readonly { title: "company" | "contact" | "address"; fields: readonly ProfileField[] }[] = [
  { title: "company", fields: ["companyName"] },
  { title: "contact", fields: ["firstName", "lastName", "email", "phone"] },
  { title: "address", fields: ["addressLine1", "addressLine2", "postalCode", "city", "state"] },
];
const WIDE: readonly ProfileField[] = ["companyName", "addressLine1", "addressLine2"];
const REQUIRED: readonly ProfileField[] = ["companyName", "firstName", "lastName", "email", "addressLine1", "city"];
const UNSETTLED: readonly (ProfileView["state"])[] = ["sending", "needs_attention"];

/** The page. */
export function EditCustomerPage() {
  const { t } = useTranslation(["outbox", "shared"]);
  const { customerId = "" } = useParams();
  const read = useReadForForm("customerProfile", customerId);
  const view = read.data;
  // Once it is open it stays: a later answer fills what was not typed, and takes no typing away.
  const [begun, setBegun] = useState("");
  const opens = view !== undefined && (begun === customerId || view.whole || !view.reading);
  useEffect(() => {
    if (opens) setBegun(customerId);
  }, [opens, customerId]);
  if (opens) return <Form key={view.customerId} view={view} />;
  return (
    <PageFrame title={t("outbox:edit.title")} caption={view?.customerName}>
      {read.error ? (
        <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} />
      ) : (
        <>
          {view?.reading === true && (
            <MessageBar intent="info" layout="multiline" data-reading>
              <MessageBarBody>{t("outbox:edit.reading")}</MessageBarBody>
              <MessageBarActions>
                <Button onClick={() => { setBegun(customerId); }}>{t("outbox:edit.dontWait")}</Button>
              </MessageBarActions>
            </MessageBar>
          )}
          <LoadingRows rows={6} />
        </>
      )}
    </PageFrame>
  );
}

function Form({ view }: { view: ProfileView }) {
  const styles = useStyles();
  const { t } = useTranslation(["outbox", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const nameOf = useFieldName();
  const say = useProblemWords();
  // What the person typed lies over what is known, so that a fresh reading never takes typing away.
  const [typed, setTyped] = useState<Partial<Record<ProfileField, string>>>({});
  const back = () => void navigate(`/customers?open=${view.customerId}`);
  const change = useWrite("changeCustomerProfile", {
    silent: true,
    onDone: (operation) => {
      announce(operation === "" ? t("outbox:edit.nothing") : t("outbox:edit.saved"));
      if (operation === "") back();
      else void navigate(`/outbox?operation=${operation}`);
    },
  });
  const problems = problemsOf(change.error);
  const value = (field: ProfileField) => typed[field] ?? view.fields.find((one) => one.field === field)?.value ?? "";
  const unsettled = UNSETTLED.includes(view.state);
  // Said where it is typed, and only while it is so: the contact is not reviewed, and what was typed back changes nothing.
  const reviewedAnew = (fields: readonly ProfileField[]) => view.reviewed.some((one) => fields.some((field) => field === one.field && value(field).trim() !== one.value.trim()));
  const submit = () => {
    // What was neither known nor typed is left to the book: it may have been told in this very moment.
    const told = view.fields.filter(({ field }) => view.whole || field in typed || value(field as ProfileField) !== "");
    change.mutate([view.customerId, told.map(({ field }) => ({ field, value: value(field as ProfileField) }))], {
      onError: (error) => document.querySelector<HTMLElement>(`[data-field="${problemsOf(error)[0]?.field ?? ""}"]`)?.focus(),
    });
  };
  return (
    <PageFrame
      title={t("outbox:edit.title")}
      caption={view.readAt === null ? view.customerName : `${view.customerName} · ${t("outbox:edit.readAt", { when: format.moment(view.readAt) })}`}
      footer={
        <>
          <Button appearance="subtle" onClick={back}>
            {t("outbox:edit.cancel")}
          </Button>
          <span className={styles.grow} />
          {!unsettled && (
            <Button appearance="primary" data-primary icon={<SendRegular />} disabledFocusable={change.isPending} onClick={submit}>
              {t("outbox:edit.submit")}
            </Button>
          )}
        </>
      }
    >
      {!view.whole && (
        <MessageBar intent="warning" layout="multiline" className={styles.bar} data-not-whole>
          <MessageBarBody>{t("outbox:edit.notWhole")}</MessageBarBody>
        </MessageBar>
      )}
      {view.whole && !view.known && (
        <MessageBar intent="info" layout="multiline" className={styles.bar} data-not-compared>
          <MessageBarBody>{t("outbox:edit.notCompared")}</MessageBarBody>
        </MessageBar>
      )}
      {view.operationId !== "" && (
        <MessageBar intent={unsettled ? "warning" : "info"} layout="multiline" className={styles.bar}>
          <MessageBarBody>{unsettled ? t("outbox:edit.unsettled") : t("outbox:edit.waiting")}</MessageBarBody>
          <MessageBarActions>
            <Link as="button" onClick={() => void navigate(`/outbox?operation=${view.operationId}`)}>
              {t("outbox:edit.toOutbox")}
            </Link>
          </MessageBarActions>
        </MessageBar>
      )}
      {change.error && problems.length === 0 && (
        <MessageBar intent="error" layout="multiline" className={styles.bar} role="alert">
          <MessageBarBody>{t(`shared:error.${change.error.code}`)}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.form}>
        <Body1 className={styles.quiet}>{t("outbox:edit.intro")}</Body1>
        {GROUPS.map((group) => (
          <fieldset key={group.title} className={styles.group}>
            <legend className={styles.legend}>
              <Subtitle2>{t(`outbox:edit.${group.title}`)}</Subtitle2>
            </legend>
            {group.fields.map((field) => {
              const wrong = problems.find((one) => one.field === field);
              return (
                <div key={field} className={WIDE.includes(field) ? styles.wide : undefined}>
                  <FormField label={nameOf(field)} required={REQUIRED.includes(field)} error={wrong === undefined ? undefined : say(wrong)}>
                    <Input data-field={field} type={field === "email" ? "email" : field === "phone" ? "tel" : "text"} value={value(field)} readOnly={unsettled} onChange={(_event, data) => { setTyped((before) => ({ ...before, [field]: data.value })); }} />
                  </FormField>
                </div>
              );
            })}
            {reviewedAnew(group.fields) && (
              <MessageBar intent="warning" layout="multiline" className={styles.wide} data-review>
                <MessageBarBody>{t("outbox:edit.review")}</MessageBarBody>
              </MessageBar>
            )}
            {group.title === "address" && (
              <Caption1 className={mergeClasses(styles.wide, styles.quiet)}>
                {t("outbox:edit.country")}: {format.country(view.country)}
              </Caption1>
            )}
          </fieldset>
        ))}
      </div>
    </PageFrame>
  );
}
