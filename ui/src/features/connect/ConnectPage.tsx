// Connect with an existing customer: for whom the customer is invited, the draft mail with the link that is built for
// it, and what accepting means beside it.
import { Button, Dropdown, Input, MessageBar, MessageBarBody, Option, makeStyles } from "@fluentui/react-components";
import { ClockRegular, HandshakeRegular, PersonKeyRegular, ShieldKeyholeRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { call, useReadForForm, type CustomerInvitationView, type MailText, type SaveCustomerInvitation } from "@/shared/ipc";
import { overText } from "@/shared/lib/overText";
import { useTrade } from "@/shared/parts/clock";
import { DiscardDraft, MailDraftEditor, MailPage, SavedNote, lacksLink, type MailFact } from "@/shared/parts/mail";
import { ErrorState, FormField, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";

/** The longest that an edit waits before it is on its way to disk. */
const SAVE_AFTER = 250;

const useStyles = makeStyles({
  fields: { display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: "16px", rowGap: "14px", "@media (max-width: 699px)": { gridTemplateColumns: "1fr" } },
  wide: { gridColumn: "1 / -1" },
  listbox: { zIndex: 100, maxHeight: "50vh" },
});

type Typed = Omit<SaveCustomerInvitation, "id">;

function typedOf(view: CustomerInvitationView): Typed {
  const { resellerId, company, domain, contactName, email, mail } = view;
  return { resellerId, company, domain, contactName, email, language: mail.language, de: mail.deEdited ? mail.de : null, en: mail.enEdited ? mail.en : null };
}

/** What is typed, saved behind the person's back; `flush` waits until all of it is on disk. */
function useTyped(first: CustomerInvitationView) {
  const [view, setView] = useState(first);
  const [typed, setTyped] = useState(() => typedOf(first));
  const [saving, setSaving] = useState(false);
  const latest = useRef(typed);
  const saved = useRef(typed);
  const gone = useRef(false);
  const flush = useCallback(async () => {
    while (!gone.current && latest.current !== saved.current) {
      const sent = latest.current;
      setSaving(true);
      const told = await call("saveCustomerInvitation", { id: first.id, ...sent });
      saved.current = sent;
      setView(told);
    }
    setSaving(false);
  }, [first.id]);
  useEffect(() => {
    latest.current = typed;
    if (typed === saved.current) return undefined;
    const timer = setTimeout(() => {
      flush().catch(() => undefined);
    }, SAVE_AFTER);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, flush]);
  useEffect(() => () => {
    flush().catch(() => undefined);
  }, [flush]);
  const abandon = () => {
    gone.current = true;
  };
  return { view, typed, setTyped, setView, saving: saving || typed !== saved.current, flush, abandon };
}

function Written({ first }: { first: CustomerInvitationView }) {
  const styles = useStyles();
  const { t } = useTranslation(["connect", "shared"]);
  const format = useFormat();
  const trade = useTrade().format;
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { view, typed, setTyped, setView, saving, flush, abandon } = useTyped(first);
  const [asked, setAsked] = useState(false);
  const [left, setLeft] = useState<readonly string[]>([]);
  const open = view.state === "draft";
  const waits = view.state === "requested" || view.state === "stale";
  const edit = (change: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...change }));
  };
  const text = (language: "de" | "en"): MailText => overText(view.mail[language], typed[language]);
  const mail = { ...view.mail, language: typed.language, de: text("de"), en: text("en"), deEdited: typed.de !== null, enEdited: typed.en !== null };
  const wrong = (field: string) => {
    const found = asked || left.includes(field) ? view.problems.find((one) => one.field === field) : undefined;
    if (found === undefined) return "";
    return t(found.key === "email" || found.key === "domain" ? `connect:problem.${found.key}` : "connect:problem.required");
  };
  const linkProblem = view.problems.find((one) => one.field === "mail.link");
  const blocked = lacksLink(mail) ? t("connect:blocked.linkMissing") : linkProblem?.key === "linkNotSet" ? t("connect:blocked.linkNotSet") : view.problems.length > 0 ? t("connect:blocked.fields") : "";
  const chosen = view.choices.find((choice) => choice.id === typed.resellerId)?.name ?? t("connect:alone");
  const facts: MailFact[] = [
    { icon: PersonKeyRegular, title: t("connect:facts.who"), text: t("connect:facts.whoText") },
    { icon: HandshakeRegular, title: t("connect:facts.what"), text: t(typed.resellerId === "" ? "connect:facts.whatAlone" : "connect:facts.whatBoth") },
    { icon: ShieldKeyholeRegular, title: t("connect:facts.not"), text: t("connect:facts.notText") },
    { icon: ClockRegular, title: t("connect:facts.hear"), text: t("connect:facts.hearText") },
  ];
  const leave = (field: string) => {
    setLeft((before) => (before.includes(field) ? before : [...before, field]));
  };
  const done = async () => {
    await flush();
    if (open && blocked === "") {
      await call("finishCustomerInvitation", view.id);
      announce(t("connect:listed", { company: typed.company }));
    }
    await navigate("/customers");
  };
  const giveUp = () => {
    abandon();
    void call("giveUpCustomerInvitation", view.id).then(() => navigate("/customers"));
  };
  const last = [
    ...(view.openedAt === null ? [] : [t("connect:openedAt", { when: format.moment(view.openedAt) })]),
    ...(view.copiedAt === null ? [] : [t("connect:copiedAt", { when: format.moment(view.copiedAt) })]),
  ];
  const field = (name: "company" | "domain" | "contactName", required: boolean, hint?: string) => (
    <FormField label={t(`connect:field.${name}`)} required={required} hint={hint} error={wrong(name)}>
      <Input value={typed[name]} placeholder={required ? undefined : t("connect:optional")} readOnly={!open} autoComplete="off" spellCheck={false} data-field={name} onChange={(_event, data) => { edit({ [name]: data.value }); }} onBlur={() => { leave(name); }} />
    </FormField>
  );
  return (
    <MailPage
      title={t("connect:title")}
      parent={{ name: t("connect:customers"), path: "/customers" }}
      saved={<SavedNote state={saving ? "saving" : "saved"} parts={[open ? t(saving ? "connect:saving" : "connect:saved") : t(`connect:state.${view.state}`), ...last]} />}
      factsTitle={t("connect:facts.title")}
      facts={facts}
      blocked={blocked}
      onBlocked={() => {
        setAsked(true);
        document.querySelector<HTMLElement>(`[data-field="${view.problems[0]?.field ?? ""}"]`)?.focus();
      }}
      onOpen={async () => {
        await flush();
        const handed = await call("openCustomerInvitation", view.id);
        setView(await call("customerInvitation", view.id));
        return handed;
      }}
      onCopy={async () => {
        await flush();
        setView(await call("copyCustomerInvitation", view.id));
      }}
      onDone={() => void done()}
      doneLabel={t(open ? "connect:done" : "connect:back")}
      doneNote={!open ? "" : t(blocked === "" ? "connect:doneLists" : "connect:doneKeeps")}
      more={open ? <DiscardDraft company={typed.company.trim()} onDiscard={giveUp} /> : waits ? <Button onClick={giveUp}>{t("connect:giveUp")}</Button> : undefined}
      closed={view.state === "connected" || view.state === "given_up"}
    >
      {view.state === "connected" && (
        <MessageBar intent="success">
          <MessageBarBody>{t("connect:connected", { company: view.company })}</MessageBarBody>
        </MessageBar>
      )}
      {view.state === "stale" && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t("connect:stale", { company: view.company, count: trade.daysSince(view.since) })}</MessageBarBody>
        </MessageBar>
      )}
      {linkProblem?.key === "linkNotSet" && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t("connect:linkNotSet")}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.fields}>
        <div className={styles.wide}>
          <FormField label={t("connect:field.for")} hint={t("connect:hint.for")}>
            <Dropdown inlinePopup disabled={!open} listbox={{ className: styles.listbox }} value={chosen} selectedOptions={[typed.resellerId]} onOptionSelect={(_event, data) => { edit({ resellerId: data.optionValue ?? "" }); }}>
              <Option value="">{t("connect:alone")}</Option>
              {view.choices.map((choice) => (
                <Option key={choice.id} value={choice.id} text={choice.name}>
                  {t("connect:with", { name: choice.name })}
                </Option>
              ))}
            </Dropdown>
          </FormField>
        </div>
        {field("company", true)}
        {field("contactName", false)}
        <div className={styles.wide}>{field("domain", false, t("connect:hint.domain"))}</div>
      </div>
      <MailDraftEditor
        to={typed.email}
        onTo={open ? (email) => { edit({ email }); } : undefined}
        mail={mail}
        whom={typed.company.trim()}
        readOnly={!open}
        problem={(name) => (name === "to" ? wrong("email") : wrong(`mail.${name}`))}
        onLeave={(name) => { leave(name === "to" ? "email" : `mail.${name}`); }}
        onLanguage={(language) => { edit({ language }); }}
        onText={(changed) => { edit({ [typed.language]: changed }); }}
        onReset={() => { edit({ [typed.language]: null }); }}
      />
    </MailPage>
  );
}

/** The page. */
export function ConnectPage() {
  const { t } = useTranslation(["connect", "shared"]);
  const id = useParams().id ?? "";
  const read = useReadForForm("customerInvitation", id);
  if (read.data) return <Written key={read.data.id} first={read.data} />;
  return <PageFrame title={t("connect:title")}>{read.error ? <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} /> : <LoadingRows />}</PageFrame>;
}
