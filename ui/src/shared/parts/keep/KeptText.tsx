// Text that only the book knows, and that saves itself: an alias, a note.
import { Input, Textarea } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite } from "@/shared/ipc";
import { FormField } from "@/shared/ui";
import { Block } from "./Block";

/** After the last key, in milliseconds: on disk within a second. */
const SAVE_AFTER = 500;

/** Commands that keep such a text. */
type Kept = "saveCustomerAlias" | "saveCustomerNote" | "saveResellerNote";

/** What was typed last is kept when the page goes away before its time. */
function useKept(name: Kept, id: string, kept: string) {
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

/** A line of text with its own title; `hint` stands below while it is empty. */
export function KeptLine({ save, id, kept, title, label, hint }: { save: Kept; id: string; kept: string; title: string; label: string; hint: string }) {
  const { t } = useTranslation("shared");
  const { text, setText, resting } = useKept(save, id, kept);
  return (
    <Block title={title}>
      <FormField label={label} hint={!resting ? t("keep.saving") : text === "" ? hint : t("keep.saved")}>
        <Input value={text} maxLength={80} onChange={(_event, data) => { setText(data.value); }} />
      </FormField>
    </Block>
  );
}

/** A private note. */
export function KeptNote({ save, id, kept }: { save: Kept; id: string; kept: string }) {
  const { t } = useTranslation("shared");
  const { text, setText, resting } = useKept(save, id, kept);
  return (
    <Block title={t("keep.note")}>
      <FormField label={t("keep.noteLabel")} hint={!resting ? t("keep.saving") : text === "" ? t("keep.noteHint") : t("keep.saved")}>
        <Textarea value={text} rows={5} resize="vertical" onChange={(_event, data) => { setText(data.value); }} />
      </FormField>
    </Block>
  );
}
