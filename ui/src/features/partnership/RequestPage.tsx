// Request a partnership: the draft mail with the personalised link, and what accepting means beside it.
import { Button, Link, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { ClockRegular, HandshakeRegular, PersonKeyRegular, TaskListLtrRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { call, useReadForForm, useWrite, type PartnershipRequestView } from "@/shared/ipc";
import { DiscardDraft, MailDraftEditor, MailPage, SavedNote, lacksLink, type MailFact } from "@/shared/parts/mail";
import { ErrorState, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";
import { AskedFields, AskedIds } from "./AskedFields";
import { LinkSetup } from "./LinkSetup";
import { useProblemText } from "./problems";
import { useRequest } from "./useRequest";

/** Address of the list with this reseller open. */
function listOf(view: PartnershipRequestView): string {
  return view.resellerId === "" ? "/resellers" : `/resellers?open=${view.resellerId}`;
}

function Written({ first }: { first: PartnershipRequestView }) {
  const { t } = useTranslation(["partnership", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { session, shown } = useRequest(first);
  const { view, saveState } = shown;
  const problemText = useProblemText();
  // A field that was not left yet is still being written: nothing is wrong with it.
  const [left, setLeft] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const sent = useWrite("markPartnershipSent", { onDone: () => { announce(t("partnership:markedSent")); } });
  const leave = (field: string) => {
    setLeft((before) => (before.includes(field) ? before : [...before, field]));
  };
  const problem = (field: string) => (asked || left.includes(field) ? problemText(view, field) : "");
  const blockedBy = view.problems.find((one) => one.field === "mail.link") ?? view.problems[0];
  // Said at once and not only when it is saved: nobody shall press *Open in email* in between.
  const blockedKey = lacksLink(view.mail) ? "linkMissing" : blockedBy === undefined ? undefined : blockedBy.key === "linkNotSet" ? "linkNotSet" : blockedBy.key === "linkMissing" ? undefined : "fields";
  const blocked = blockedKey === undefined ? "" : t(`partnership:blocked.${blockedKey}`);
  const reminder = view.kind === "reminder";
  const complete = view.problems.length === 0 && blocked === "";

  const showProblems = () => {
    setAsked(true);
    const place = view.problems.map((one) => document.querySelector<HTMLElement>(`[data-field="${one.field}"]`)).find((one) => one !== null);
    place?.focus();
  };
  const facts: MailFact[] = [
    { icon: PersonKeyRegular, title: t("partnership:facts.who"), text: t("partnership:facts.whoText") },
    { icon: HandshakeRegular, title: t("partnership:facts.what"), text: t("partnership:facts.whatText") },
    { icon: TaskListLtrRegular, title: t("partnership:facts.before"), text: t("partnership:facts.beforeText") },
    { icon: ClockRegular, title: t("partnership:facts.hear"), text: t("partnership:facts.hearText") },
  ];
  const done = async () => {
    if (!(await session.flush())) return;
    if (view.open && complete) {
      const finished = await call("finishPartnershipRequest", view.id);
      announce(t("partnership:listed", { company: finished.form.company }));
    }
    await navigate(listOf(view));
  };

  const asks = {
    form: view.form,
    readOnly: !view.open,
    problem,
    onLeave: leave,
    onChange: (form: PartnershipRequestView["form"]) => {
      session.edit((typed) => ({ ...typed, form }));
    },
  };
  const last = [
    ...(view.openedAt === null ? [] : [t("partnership:openedAt", { when: format.moment(view.openedAt) })]),
    ...(view.copiedAt === null ? [] : [t("partnership:copiedAt", { when: format.moment(view.copiedAt) })]),
    ...(view.sentAt === null ? [] : [t("partnership:sentAt", { when: format.moment(view.sentAt) })]),
  ];

  return (
    <MailPage
      title={t(reminder ? "partnership:remindTitle" : "partnership:title")}
      parent={{ name: t("partnership:resellers"), path: "/resellers" }}
      saved={<SavedNote state={saveState} parts={[view.open ? t(`partnership:save.${saveState}`) : t(`partnership:stage.${view.stage}`), ...last]} />}
      factsTitle={t("partnership:facts.title")}
      facts={facts}
      blocked={blocked}
      onBlocked={showProblems}
      onOpen={async () => {
        await session.flush();
        return call("openPartnershipMail", view.id);
      }}
      onCopy={async () => {
        await session.flush();
        await call("copyPartnershipMail", view.id);
      }}
      onDone={() => void done()}
      doneLabel={t(view.open ? "partnership:done" : "partnership:back")}
      doneNote={!view.open ? "" : complete ? t(reminder ? "partnership:doneReminds" : "partnership:doneLists", { company: view.form.company, date: format.shortDate(new Date().toISOString()) }) : t("partnership:doneKeepsDraft")}
      more={
        <>
          {view.open && (
            <DiscardDraft
              company={view.form.company.trim()}
              onDiscard={() => {
                session.abandon();
                void call("discardPartnershipRequest", view.id).then(() => navigate("/resellers"));
              }}
            />
          )}
          {!view.open && view.sentAt === null && ["opened", "copied", "requested", "stale"].includes(view.stage) && (
            <Button onClick={() => { sent.mutate([view.id]); }}>{t("partnership:markSent")}</Button>
          )}
        </>
      }
      closed={!view.open && ["active", "declined", "ended"].includes(view.stage)}
    >
      {view.open && view.mail.link === "" && <LinkSetup />}
      <Told view={view} />
      <AskedFields {...asks} />
      <MailDraftEditor
        to={view.form.email}
        onTo={
          view.open
            ? (email) => {
                session.edit((typed) => ({ ...typed, form: { ...typed.form, email } }));
              }
            : undefined
        }
        mail={view.mail}
        whom={view.form.company.trim()}
        readOnly={!view.open}
        problem={(field) => problem(field === "to" ? "form.email" : `mail.${field}`)}
        onLeave={(field) => {
          leave(field === "to" ? "form.email" : `mail.${field}`);
        }}
        onLanguage={(language) => {
          session.edit((typed) => ({ ...typed, language }));
        }}
        onText={(text) => {
          session.edit((typed) => ({ ...typed, [typed.language]: text }));
        }}
        onReset={() => {
          session.edit((typed) => ({ ...typed, [typed.language]: null }));
        }}
        toEnd={
          view.open && !reminder ? (
            <Link as="button" onClick={() => void navigate("/resellers/invite")}>
              {t("partnership:inviteSeveral")}
            </Link>
          ) : undefined
        }
      />
      <AskedIds {...asks} />
    </MailPage>
  );
}

/** What is worth knowing before it leaves: it may be somebody known already, it may be long. */
function Told({ view }: { view: PartnershipRequestView }) {
  const { t } = useTranslation("partnership");
  return (
    <>
      {view.open && view.knownAs !== "" && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("knownAs", { name: view.knownAs })}</MessageBarBody>
        </MessageBar>
      )}
      {view.open && view.mail.tooLong && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("tooLong")}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

/** The page of one request. */
export function RequestPage() {
  const { t } = useTranslation(["partnership", "shared"]);
  const { id = "" } = useParams();
  const request = useReadForForm("partnershipRequest", id);
  if (request.data) return <Written key={request.data.id} first={request.data} />;
  return <PageFrame title={t("partnership:title")}>{request.error ? <ErrorState why={t(`shared:error.${request.error.code}`)} onRetry={() => void request.refetch()} /> : <LoadingRows />}</PageFrame>;
}
