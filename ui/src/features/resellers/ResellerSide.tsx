// Beside a reseller: contact, both identifiers, what Partner Center answered, and what only the book knows.
import { Body1, Body1Strong, Caption1, Dropdown, Option, Subtitle2, Tag, TagGroup, Input, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type AnswerView, type ResellerPageView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { FormField, SMALL, useAnnounce } from "@/shared/ui";

/** After the last key. */
const SAVE_AFTER = 600;

const useStyles = makeStyles({
  side: { width: "360px", flex: "0 0 auto", display: "flex", flexDirection: "column", gap: "24px", "@media (max-width: 1099px)": { width: "100%", display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: "28px" }, [SMALL]: { gridTemplateColumns: "minmax(0, 1fr)" } },
  block: { display: "flex", flexDirection: "column", gap: "6px", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  id: { display: "flex", flexDirection: "column", gap: "2px", paddingTop: "4px" },
  tags: { display: "flex", flexWrap: "wrap", gap: "6px", marginBottom: "6px" },
  answer: { display: "flex", justifyContent: "space-between", gap: "12px" },
});

function Block({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.block} aria-label={title}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      {children}
    </section>
  );
}

function Ids({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const { tenantId, partnerId } = view.row;
  return (
    <Block title={t("ids.title")}>
      <div className={styles.id}>
        <Body1Strong>{t("ids.partnerId")}</Body1Strong>
        {partnerId === "" ? <Body1 className={styles.quiet}>{t("ids.unknown")}</Body1> : <CopyText text={partnerId} name={t("ids.partnerId")} whole />}
        <Caption1 className={styles.quiet}>{t("ids.partnerIdIs")}</Caption1>
      </div>
      <div className={styles.id}>
        <Body1Strong>{t("ids.tenantId")}</Body1Strong>
        {tenantId === "" ? <Body1 className={styles.quiet}>{t("ids.tenantUnknown")}</Body1> : <CopyText text={tenantId} name={t("ids.tenantId")} whole />}
        <Caption1 className={styles.quiet}>{t("ids.tenantIdIs")}</Caption1>
      </div>
    </Block>
  );
}

function Answers({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const lines: [string, AnswerView, string][] = [
    [t("answers.agreement"), view.agreement, ""],
    [t("answers.onRecord"), view.onRecord, view.code === 0 ? "" : t("answers.code", { code: view.code })],
  ];
  return (
    <Block title={t("answers.title")}>
      {lines.map(([question, answer, code]) => (
        <div key={question} className={styles.answer}>
          <Body1>{question}</Body1>
          <Body1 className={answer === "open" ? styles.quiet : undefined}>{[t(`answers.${answer}`), code].filter((part) => part !== "").join(" · ")}</Body1>
        </div>
      ))}
    </Block>
  );
}

function Tags({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const announce = useAnnounce();
  const id = view.row.id;
  const tags = view.row.tags;
  const [text, setText] = useState("");
  const save = useWrite("saveResellerTags");
  const put = (next: string[], said: string) => {
    save.mutate([id, next]);
    announce(said);
  };
  const add = () => {
    const tag = text.trim();
    setText("");
    if (tag === "" || tags.some((known) => known.toLocaleLowerCase() === tag.toLocaleLowerCase())) return;
    put([...tags, tag], t("keep.tagAdded", { tag }));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== ",") return;
    event.preventDefault();
    add();
  };
  return (
    <Block title={t("keep.tags")}>
      {tags.length > 0 && (
        <TagGroup className={styles.tags} aria-label={t("keep.tags")} onDismiss={(_event, data) => { put(tags.filter((tag) => tag !== data.value), t("keep.tagRemoved", { tag: data.value })); }}>
          {tags.map((tag) => (
            <Tag key={tag} value={tag} size="small" dismissible dismissIcon={{ "aria-label": t("keep.removeTag") }}>
              {tag}
            </Tag>
          ))}
        </TagGroup>
      )}
      <Input value={text} aria-label={t("keep.addTag")} placeholder={t("keep.addTag")} list="reseller-tags" maxLength={40} onChange={(_event, data) => { setText(data.value); }} onKeyDown={onKey} onBlur={add} />
      <datalist id="reseller-tags">
        {view.knownTags.filter((tag) => !tags.includes(tag)).map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </Block>
  );
}

function Note({ view }: { view: ResellerPageView }) {
  const { t } = useTranslation("resellers");
  const id = view.row.id;
  const [text, setText] = useState(view.note);
  const save = useWrite("saveResellerNote");
  const mutate = save.mutate;
  const kept = useRef(view.note);
  const typed = useRef(text);
  useEffect(() => {
    typed.current = text;
    if (text === kept.current) return undefined;
    const timer = setTimeout(() => {
      kept.current = text;
      mutate([id, text]);
    }, SAVE_AFTER);
    return () => {
      clearTimeout(timer);
    };
  }, [text, id, mutate]);
  // What was typed last is kept when the page goes away before its time.
  useEffect(() => () => {
    if (typed.current !== kept.current) mutate([id, typed.current]);
  }, [id, mutate]);
  const state = text !== kept.current || save.isPending ? t("keep.saving") : t("keep.saved");
  return (
    <Block title={t("keep.note")}>
      <FormField label={t("keep.noteLabel")} hint={text === "" && view.note === "" ? t("keep.noteHint") : state}>
        <Textarea value={text} rows={5} resize="vertical" onChange={(_event, data) => { setText(data.value); }} />
      </FormField>
    </Block>
  );
}

function Support({ view }: { view: ResellerPageView }) {
  const { t } = useTranslation("resellers");
  const announce = useAnnounce();
  const save = useWrite("saveResellerSupport", { onDone: () => { announce(t("keep.saved")); } });
  const id = view.row.id;
  const own = view.supportChoices.find((choice) => choice.id === id);
  const others = view.supportChoices.filter((choice) => choice.id !== id);
  const name = view.supportId === "" ? t("support.provider") : (view.supportChoices.find((choice) => choice.id === view.supportId)?.name ?? t("support.gone"));
  return (
    <Block title={t("support.title")}>
      <FormField label={t("support.label")} hint={t("support.hint")}>
        <Dropdown inlinePopup value={name} selectedOptions={[view.supportId]} onOptionSelect={(_event, data) => { save.mutate([id, data.optionValue ?? ""]); }}>
          <Option value="">{t("support.provider")}</Option>
          {own && <Option value={own.id}>{own.name}</Option>}
          {others.map((choice) => (
            <Option key={choice.id} value={choice.id}>
              {choice.name}
            </Option>
          ))}
        </Dropdown>
      </FormField>
    </Block>
  );
}

/** All of it. */
export function ResellerSide({ view }: { view: ResellerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const row = view.row;
  const has = row.contactName !== "" || row.contactEmail !== "" || row.contactPhone !== "";
  return (
    <div className={styles.side}>
      <Block title={t("contact")}>
        {!has && <Body1 className={styles.quiet}>{t("noContact")}</Body1>}
        {row.contactName !== "" && <Body1Strong>{row.contactName}</Body1Strong>}
        {row.contactRole !== "" && <Caption1 className={styles.quiet}>{row.contactRole}</Caption1>}
        {row.contactEmail !== "" && <CopyText text={row.contactEmail} name={t("mail")} whole />}
        {row.contactPhone !== "" && <Body1>{row.contactPhone}</Body1>}
      </Block>
      <Ids view={view} />
      {row.partnership === "active" && <Answers view={view} />}
      <Support view={view} />
      <Tags view={view} />
      <Note view={view} />
    </div>
  );
}
