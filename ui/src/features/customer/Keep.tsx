// What only the book knows of a customer: alias, tags, note. Each is saved by itself, half a second after the last key.
import { Input, Subtitle2, Tag, TagGroup, Textarea, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type CustomerPageView } from "@/shared/ipc";
import { FormField, useAnnounce } from "@/shared/ui";

/** After the last key, in milliseconds: on disk within a second. */
const SAVE_AFTER = 500;

const useStyles = makeStyles({
  block: { display: "flex", flexDirection: "column", gap: "6px", minWidth: 0 },
  tags: { display: "flex", flexWrap: "wrap", gap: "6px", marginBottom: "2px" },
});

/** A titled block beside the page. */
export function Block({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.block} aria-label={title}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      {children}
    </section>
  );
}

/** Text that saves itself; what was typed last is kept when the page goes away before its time. */
function useKept(name: "saveCustomerAlias" | "saveCustomerNote", id: string, kept: string) {
  const save = useWrite(name);
  const mutate = save.mutate;
  const [text, setText] = useState(kept);
  const last = useRef(kept);
  const typed = useRef(kept);
  useEffect(() => {
    typed.current = text;
    if (text === last.current) return undefined;
    const timer = setTimeout(() => {
      last.current = text;
      mutate([id, text]);
    }, SAVE_AFTER);
    return () => {
      clearTimeout(timer);
    };
  }, [text, id, mutate]);
  useEffect(() => () => {
    if (typed.current !== last.current) mutate([id, typed.current]);
  }, [id, mutate]);
  return { text, setText, resting: text === last.current && !save.isPending };
}

function Alias({ view }: { view: CustomerPageView }) {
  const { t } = useTranslation("customer");
  const { text, setText, resting } = useKept("saveCustomerAlias", view.row.id, view.row.alias);
  return (
    <Block title={t("keep.alias")}>
      <FormField label={t("keep.aliasLabel")} hint={!resting ? t("keep.saving") : text === "" ? t("keep.aliasHint") : t("keep.saved")}>
        <Input value={text} maxLength={80} onChange={(_event, data) => { setText(data.value); }} />
      </FormField>
    </Block>
  );
}

function Tags({ view }: { view: CustomerPageView }) {
  const styles = useStyles();
  const { t } = useTranslation("customer");
  const announce = useAnnounce();
  const { id } = view.row;
  const [text, setText] = useState("");
  // The last word is the person's, also while the book still writes the one before.
  const [mine, setMine] = useState<string[] | undefined>();
  const told = useRef(view.tags);
  if (told.current !== view.tags) {
    told.current = view.tags;
    if (mine !== undefined) setMine(undefined);
  }
  const tags = mine ?? view.tags;
  const save = useWrite("saveCustomerTags");
  const put = (next: string[], said: string) => {
    setMine(next);
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
      <Input value={text} aria-label={t("keep.addTag")} placeholder={t("keep.addTag")} list="customer-tags" maxLength={40} onChange={(_event, data) => { setText(data.value); }} onKeyDown={onKey} onBlur={add} />
      <datalist id="customer-tags">
        {view.knownTags.filter((tag) => !tags.includes(tag)).map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </Block>
  );
}

function Note({ view }: { view: CustomerPageView }) {
  const { t } = useTranslation("customer");
  const { text, setText, resting } = useKept("saveCustomerNote", view.row.id, view.note);
  return (
    <Block title={t("keep.note")}>
      <FormField label={t("keep.noteLabel")} hint={!resting ? t("keep.saving") : text === "" ? t("keep.noteHint") : t("keep.saved")}>
        <Textarea value={text} rows={5} resize="vertical" onChange={(_event, data) => { setText(data.value); }} />
      </FormField>
    </Block>
  );
}

/** Alias, tags, note. */
export function Keep({ view }: { view: CustomerPageView }) {
  return (
    <>
      <Alias view={view} />
      <Tags view={view} />
      <Note view={view} />
    </>
  );
}
