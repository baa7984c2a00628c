// The bar below the list: how many customers are chosen and what can be done to them; while something is done to many,
// how far it has come.
import { Body1, Body1Strong, Button, Caption1, Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger, ProgressBar, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowSwapRegular, DismissRegular, PersonSupportRegular, RecordStopRegular, TagDismissRegular, TagRegular, type FluentIcon } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type BulkKind, type BulkView } from "@/shared/ipc";
import { useWidth } from "@/shared/ui";
import type { Selection } from "./selection";

/** What can be done to many, in the order of the bar. */
const KINDS: readonly BulkKind[] = ["add_tag", "remove_tag", "reseller_of_record", "support_contact"];
const ICONS: Record<BulkKind, FluentIcon> = { add_tag: TagRegular, remove_tag: TagDismissRegular, reseller_of_record: ArrowSwapRegular, support_contact: PersonSupportRegular };

const useStyles = makeStyles({
  bar: { display: "flex", alignItems: "center", gap: "8px", flex: "1 1 auto", minWidth: 0, flexWrap: "wrap", padding: "8px 0" },
  grow: { flex: "1 1 auto" },
  count: { marginInlineEnd: "4px", whiteSpace: "nowrap" },
  whole: { whiteSpace: "nowrap", minWidth: 0 },
  words: { flex: "1 1 240px", minWidth: 0, display: "flex", flexDirection: "column", gap: "4px" },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
});

/** Id of the button that opens a panel; without a kind, of the menu that has them all in a narrow window. */
export function openerOf(kind?: BulkKind): string {
  return `many-${kind ?? "all"}`;
}

/** The name of what a change sets. */
export function useChangeValue(): (view: BulkView) => string {
  const { t } = useTranslation("customers");
  return (view) => (view.change.kind === "add_tag" || view.change.kind === "remove_tag" ? view.change.value : view.change.value === "" ? t("many.provider") : view.change.value === "default" ? t("many.eachDefault") : view.name);
}

/** How many are chosen, and the actions: side by side in the widest windows, not `beside` a panel, else in a menu. */
export function SelectionBar({ selection, beside, onAct }: { selection: Selection; beside: boolean; onAct: (kind: BulkKind) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const format = useFormat();
  const wide = useWidth() >= 1600 && !beside;
  const said = !selection.all ? t("many.selected", { count: selection.count, number: format.number(selection.count) }) : selection.without === 0 ? t("many.selectedAll") : t("many.selectedBut", { count: selection.without, number: format.number(selection.without) });
  return (
    <div role="toolbar" aria-label={t("many.toolbar")} className={styles.bar}>
      <Body1Strong className={styles.count}>{said}</Body1Strong>
      {!selection.all && (
        <Button className={styles.whole} appearance="transparent" onClick={() => { selection.onAll(true); }}>
          {t("many.selectFound")}
        </Button>
      )}
      <span className={styles.grow} />
      {wide ? (
        KINDS.map((kind) => {
          const Icon = ICONS[kind];
          return (
            <Button key={kind} id={openerOf(kind)} className={styles.whole} icon={<Icon />} onClick={() => { onAct(kind); }}>
              {t(`many.kind.${kind}`)}
            </Button>
          );
        })
      ) : (
        <Menu positioning="above-end">
          <MenuTrigger disableButtonEnhancement>
            <MenuButton id={openerOf()} appearance="primary">{t("many.change")}</MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {KINDS.map((kind) => {
                const Icon = ICONS[kind];
                return (
                  <MenuItem key={kind} icon={<Icon />} onClick={() => { onAct(kind); }}>
                    {t(`many.kind.${kind}`)}
                  </MenuItem>
                );
              })}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      <Button className={styles.whole} appearance="subtle" icon={<DismissRegular />} onClick={() => { selection.onAll(false); }}>
        {t("many.clear")}
      </Button>
    </div>
  );
}

/** How far a change to many has come, and how it ended. */
export function ManyBar({ view }: { view: BulkView }) {
  const styles = useStyles();
  const { t } = useTranslation("customers");
  const format = useFormat();
  const value = useChangeValue()(view);
  const stop = useWrite("stopBulk");
  const counts = view.change.kind === "add_tag" || view.change.kind === "remove_tag" ? "many.counted.customers" : "many.counted.subscriptions";
  const changed = t(counts, { count: view.changed, number: format.number(view.changed) });
  const figures = { gone: format.number(view.gone), total: format.number(view.total), changed, left: format.number(view.leftOut) };
  const running = view.state === "running";
  return (
    <section aria-label={t(`many.running.${view.change.kind}`, { value })} className={styles.bar}>
      <div className={styles.words} role="status">
        <Body1 className={styles.line}>{running ? t(`many.running.${view.change.kind}`, { value }) : t(view.state === "done" ? "many.done" : "many.stopped", figures)}</Body1>
        {running && <ProgressBar value={view.total === 0 ? 0 : view.gone / view.total} thickness="large" aria-label={t("many.progress", figures)} />}
      </div>
      {running && <Caption1 className={styles.quiet}>{t("many.progress", figures)}{view.waits && ` · ${t("many.waits")}`}</Caption1>}
      <Button icon={running ? <RecordStopRegular /> : <DismissRegular />} disabledFocusable={stop.isPending} onClick={() => { stop.mutate([view.number]); }}>
        {t(running ? "many.stop" : "many.close")}
      </Button>
    </section>
  );
}
