// What only the book knows of a customer: alias, tags, note.
import { useTranslation } from "@/shared/i18n";
import type { CustomerPageView } from "@/shared/ipc";
import { KeptLine, KeptNote, KeptTags } from "@/shared/parts/keep";

/** Alias, tags, note. */
export function Keep({ view }: { view: CustomerPageView }) {
  const { t } = useTranslation("customer");
  const { id } = view.row;
  return (
    <>
      <KeptLine save="saveCustomerAlias" id={id} kept={view.row.alias} title={t("keep.alias")} label={t("keep.aliasLabel")} hint={t("keep.aliasHint")} />
      <KeptTags save="saveCustomerTags" id={id} kept={view.tags} known={view.knownTags} />
      <KeptNote save="saveCustomerNote" id={id} kept={view.note} />
    </>
  );
}
