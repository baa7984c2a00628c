// Invitation links and templates: who writes, own ids, both links with what they are, and the mails' templates.
import { Body1Strong, Button, Input, Subtitle2, makeStyles } from "@fluentui/react-components";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type FieldProblem, type InvitationSettings } from "@/shared/ipc";
import { LinkField } from "@/shared/parts/mail";
import { ErrorState, FormField, LoadingRows, useAnnounce } from "@/shared/ui";
import { Templates } from "./Templates";

const useStyles = makeStyles({
  section: { padding: "4px 0 28px", display: "flex", flexDirection: "column", gap: "14px", scrollMarginTop: "12px" },
  group: { display: "flex", flexDirection: "column", gap: "14px", marginTop: "4px" },
  two: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(240px, 1fr))", gap: "14px 16px" },
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%" } },
});

type TextField = "providerName" | "sender" | "phone" | "tenantId" | "partnerId";

function Form({ kept }: { kept: InvitationSettings }) {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const announce = useAnnounce();
  const [typed, setTyped] = useState(kept);
  const [wrong, setWrong] = useState<readonly FieldProblem[]>([]);
  const save = useWrite("saveInvitationSettings", {
    silent: true,
    onDone: (answer) => {
      setWrong([]);
      setTyped(answer.settings);
      announce(t("settings.kept"));
    },
  });
  const changed = (Object.keys(kept) as (keyof InvitationSettings)[]).some((field) => kept[field] !== typed[field]);
  const text = (field: TextField, hint?: string) => {
    const found = wrong.find((problem) => problem.field === field);
    return (
      <FormField label={t(`settings.${field}`)} hint={hint} error={found === undefined ? undefined : t(`problem.${found.key as "required"}`, { expected: found.expected })}>
        <Input
          className={styles.input}
          value={typed[field]}
          autoComplete="off"
          spellCheck={false}
          onChange={(_event, data) => {
            setTyped({ ...typed, [field]: data.value });
            setWrong(wrong.filter((problem) => problem.field !== field));
          }}
        />
      </FormField>
    );
  };
  return (
    <form
      className={styles.group}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate([typed], {
          onError: (error) => {
            setWrong(error.fields);
          },
        });
      }}
    >
      <Body1Strong as="h3">{t("settings.whoWrites")}</Body1Strong>
      {text("providerName", t("settings.providerHint"))}
      <div className={styles.two}>
        {text("sender")}
        {text("phone")}
      </div>
      <Body1Strong as="h3">{t("settings.ids")}</Body1Strong>
      <div className={styles.two}>
        {text("tenantId", t("settings.tenantHint"))}
        {text("partnerId", t("settings.partnerHint"))}
      </div>
      <Body1Strong as="h3">{t("settings.links")}</Body1Strong>
      <LinkField kind="reseller" label={t("settings.resellerLink")} hint={t("settings.resellerHint")} value={typed.resellerLink} onChange={(resellerLink) => { setTyped({ ...typed, resellerLink }); }} />
      <LinkField kind="customer" label={t("settings.customerLink")} hint={t("settings.customerHint")} value={typed.customerLink} onChange={(customerLink) => { setTyped({ ...typed, customerLink }); }} />
      <span>
        <Button type="submit" appearance={changed ? "primary" : "secondary"} disabledFocusable={!changed || save.isPending}>
          {t("settings.keep")}
        </Button>
      </span>
    </form>
  );
}

/** The section. Its address is `/settings#invitations`. */
export function Invitations() {
  const styles = useStyles();
  const { t } = useTranslation(["partnership", "shared"]);
  const title = useId();
  const view = useRead("invitationSettings");
  const here = window.location.hash.endsWith("#invitations");
  useEffect(() => {
    if (here && view.data !== undefined) document.getElementById("invitations")?.scrollIntoView({ block: "start" });
  }, [here, view.data]);
  return (
    <section className={styles.section} id="invitations" aria-labelledby={title}>
      <Subtitle2 as="h2" id={title}>
        {t("partnership:settings.title")}
      </Subtitle2>
      {view.data === undefined ? (
        view.error ? <ErrorState why={t(`shared:error.${view.error.code}`)} onRetry={() => void view.refetch()} /> : <LoadingRows rows={4} />
      ) : (
        <>
          <Form key={JSON.stringify(view.data.settings)} kept={view.data.settings} />
          <Templates />
        </>
      )}
    </section>
  );
}
