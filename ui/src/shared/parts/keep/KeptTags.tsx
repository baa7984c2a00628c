// Private tags: each is saved as it is added or taken away.
import { Input, Tag, TagGroup, makeStyles } from "@fluentui/react-components";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";
import { Block } from "./Block";

const useStyles = makeStyles({
  tags: { display: "flex", flexWrap: "wrap", gap: "6px", marginBottom: "2px" },
});

/** The tags of one customer or reseller; `known` are those used anywhere, to choose from. */
export function KeptTags({ save: name, id, kept, known }: { save: "saveCustomerTags" | "saveResellerTags"; id: string; kept: readonly string[]; known: readonly string[] }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const announce = useAnnounce();
  const listId = useId();
  const [text, setText] = useState("");
  // The last word is the person's, also while the book still writes the one before.
  const [mine, setMine] = useState<readonly string[] | undefined>();
  const told = useRef(kept);
  if (told.current !== kept) {
    told.current = kept;
    if (mine !== undefined) setMine(undefined);
  }
  const tags = mine ?? kept;
  const save = useWrite(name);
  const put = (next: string[], said: string) => {
    setMine(next);
    save.mutate([id, next]);
    announce(said);
  };
  const add = () => {
    const tag = text.trim();
    setText("");
    if (tag === "" || tags.some((one) => one.toLocaleLowerCase() === tag.toLocaleLowerCase())) return;
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
      <Input value={text} aria-label={t("keep.addTag")} placeholder={t("keep.addTag")} list={listId} maxLength={40} onChange={(_event, data) => { setText(data.value); }} onKeyDown={onKey} onBlur={add} />
      <datalist id={listId}>
        {known.filter((tag) => !tags.includes(tag)).map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </Block>
  );
}
