// What can happen to a reseller at the practice Partner Center: it accepts, the partnership ends, Microsoft suspends it.
import { Button, Dropdown, Field, Option, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { HandshakeRegular, LinkDismissRegular, PersonQuestionMarkRegular, ShieldCheckmarkRegular, ShieldDismissRegular, type FluentIcon } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type PracticeEventKind, type ResellerRow } from "@/shared/ipc";
import { PracticeInvited } from "@/shared/parts/connect";
import { useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  title: { marginTop: "16px" },
  item: { display: "flex", flexDirection: "column", gap: "8px", paddingBottom: "8px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  acts: { display: "flex", flexWrap: "wrap", gap: "8px" },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  listbox: { zIndex: 100, maxHeight: "40vh" },
});

const ICONS: Record<PracticeEventKind, FluentIcon> = {
  accepts: HandshakeRegular,
  accepts_unknown: PersonQuestionMarkRegular,
  ends: LinkDismissRegular,
  suspended: ShieldDismissRegular,
  fit: ShieldCheckmarkRegular,
};

/** What can happen to this one now. */
function possible(row: ResellerRow | undefined): PracticeEventKind[] {
  if (row === undefined) return ["accepts"];
  if (row.partnership === "active") return [...(row.tenantId === "" ? [] : (["ends"] as const)), row.shield.kind === "not_fit" ? "fit" : "suspended"];
  return row.tenantId === "" ? ["accepts", "accepts_unknown"] : ["accepts"];
}

/** The entries of the drawer. */
export function PracticeResellers() {
  const styles = useStyles();
  const { t } = useTranslation("practice");
  const announce = useAnnounce();
  const [id, setId] = useState("");
  const [done, setDone] = useState("");
  const rows = useRead("listResellers", { search: "", partnership: [], sort: "name", descending: false }).data?.rows ?? [];
  const row = rows.find((one) => one.id === id);
  const choice = useRef<HTMLButtonElement>(null);
  // What was pressed can't happen twice, so it goes: the focus must not go with it, or Escape would find no drawer.
  const onDone = () => {
    choice.current?.focus();
    const said = t("reseller.done");
    setDone(said);
    announce(said);
  };
  const write = useWrite("practiceReseller", { onDone });
  return (
    <>
      <Subtitle2 as="h3" className={styles.title}>
        {t("reseller.title")}
      </Subtitle2>
      <div className={styles.item}>
        <Field label={t("reseller.which")}>
          <Dropdown ref={choice} inlinePopup listbox={{ className: styles.listbox }} value={row?.name ?? t("reseller.stranger")} selectedOptions={[id]} onOptionSelect={(_event, data) => { setId(data.optionValue ?? ""); setDone(""); }}>
            <Option value="">{t("reseller.stranger")}</Option>
            {rows.map((one) => (
              <Option key={one.id} value={one.id}>
                {one.name}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <div className={styles.acts}>
          <PracticeInvited onDone={onDone} />
          {possible(row).map((kind) => {
            const Icon = ICONS[kind];
            return (
              <Button key={kind} size="small" icon={<Icon />} disabledFocusable={write.isPending} onClick={() => { write.mutate([{ kind, resellerId: id }]); }}>
                {t(`reseller.${kind}`)}
              </Button>
            );
          })}
        </div>
        <span className={styles.hint}>{done === "" ? t("reseller.hint") : done}</span>
      </div>
    </>
  );
}
