// Book and Partner Center were both changed: three values per field with their dates, and the person's decision.
import { Body1, Body1Strong, Button, Caption1, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input, MessageBar, MessageBarBody, Radio, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite, type DifferenceView, type ProductTitle } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";
import { decide, firstChoice, type Choice, type Side } from "./decide";
import { isFree, problemsOf, useFieldName, useFieldValue, useProblemWords } from "./profileFields";

const useStyles = makeStyles({
  surface: { maxWidth: "920px", width: "calc(100vw - 48px)" },
  intro: { display: "block", marginBottom: "12px" },
  table: { width: "100%", borderCollapse: "collapse", tableLayout: "fixed" },
  head: { textAlign: "start", verticalAlign: "bottom", padding: "4px 12px 6px 0", fontWeight: tokens.fontWeightSemibold, borderBottom: `1px solid ${tokens.colorNeutralStroke1}` },
  cell: { textAlign: "start", verticalAlign: "top", padding: "8px 12px 8px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, fontWeight: tokens.fontWeightRegular, overflowWrap: "anywhere" },
  when: { display: "block", color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  quiet: { color: tokens.colorNeutralForeground2 },
  conflict: { display: "block", color: tokens.colorPaletteRedForeground1 },
  wrong: { display: "block", color: tokens.colorPaletteRedForeground1, marginTop: "2px" },
  input: { width: "100%", minWidth: 0 },
  all: { display: "flex", flexWrap: "wrap", gap: "8px", margin: "12px 0 0" },
  bar: { marginTop: "12px" },
});

/** The dialog; it closes when the decision is saved. */
export function DifferenceDialog({ operation, customer, difference, titles, onClose }: { operation: string; customer: string; difference: DifferenceView; titles: readonly ProductTitle[]; onClose: () => void }) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation(["outbox", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const nameOf = useFieldName();
  const words = useFieldValue(titles);
  const say = useProblemWords();
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(() => new Map(difference.fields.map((field) => [field.field, firstChoice(field)])));
  const [asked, setAsked] = useState<string[]>([]);
  const resolve = useWrite("resolveDifference", {
    silent: true,
    onDone: () => {
      announce(t("outbox:difference.saved"));
      onClose();
    },
  });
  const problems = problemsOf(resolve.error);
  const choose = (field: string, change: Partial<Choice>) => {
    setChoices((before) => new Map(before).set(field, { side: undefined, other: "", ...before.get(field), ...change }));
    setAsked((before) => before.filter((one) => one !== field));
  };
  const all = (side: Side) => {
    setChoices((before) => new Map(difference.fields.map((field) => [field.field, { other: field.mine, ...before.get(field.field), side }])));
    setAsked([]);
  };
  const save = () => {
    const { values, open } = decide(difference.fields, choices);
    setAsked(open);
    if (open.length > 0) document.getElementById(`${id}-${open[0] ?? ""}-mine`)?.focus();
    else resolve.mutate([operation, values]);
  };
  const shown = (field: string, value: string) => (value === "" ? t("outbox:difference.empty") : words(field, value));
  const anyFree = difference.fields.some(isFree);

  return (
    <Dialog modalType="alert" open onOpenChange={(_event, data) => { if (!data.open) onClose(); }}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{t("outbox:difference.title", { customer })}</DialogTitle>
          <DialogContent tabIndex={0} role="group" aria-label={t("outbox:difference.title", { customer })}>
            <Body1 className={styles.intro}>{t("outbox:difference.intro")}</Body1>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col" className={styles.head} style={{ width: "16%" }}>
                    {t("outbox:difference.field")}
                  </th>
                  <th scope="col" className={styles.head} style={{ width: "19%" }}>
                    {t("outbox:difference.base")}
                    <Caption1 className={styles.when}>{format.moment(difference.baseAt)}</Caption1>
                  </th>
                  <th scope="col" className={styles.head} style={{ width: "22%" }}>
                    {t("outbox:difference.mine")}
                    <Caption1 className={styles.when}>{format.moment(difference.mineAt)}</Caption1>
                  </th>
                  <th scope="col" className={styles.head} style={{ width: "22%" }}>
                    {t("outbox:difference.theirs")}
                    <Caption1 className={styles.when}>{format.moment(difference.theirsAt)}</Caption1>
                  </th>
                  {anyFree && (
                    <th scope="col" className={styles.head} style={{ width: "21%" }}>
                      {t("outbox:difference.other")}
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {difference.fields.map((field) => {
                  const name = nameOf(field.field);
                  const choice = choices.get(field.field) ?? firstChoice(field);
                  const wrong = problems.find((one) => one.field === field.field);
                  const radio = (side: Side, value: string) => (
                    <Radio
                      id={`${id}-${field.field}-${side}`}
                      name={`${id}-${field.field}`}
                      value={side}
                      checked={choice.side === side}
                      label={side === "other" ? undefined : shown(field.field, value)}
                      aria-label={t("outbox:difference.choice", { field: name, side: t(`outbox:difference.${side}`), value: shown(field.field, value) })}
                      onChange={() => { choose(field.field, { side }); }}
                    />
                  );
                  return (
                    <tr key={field.field}>
                      <th scope="row" className={styles.cell}>
                        <Body1Strong>{name}</Body1Strong>
                        {field.conflict && <Caption1 className={styles.conflict}>{t("outbox:difference.conflict")}</Caption1>}
                      </th>
                      <td className={styles.cell}>
                        <Body1 className={styles.quiet}>{shown(field.field, field.base)}</Body1>
                      </td>
                      <td className={styles.cell}>{radio("mine", field.mine)}</td>
                      <td className={styles.cell}>{radio("theirs", field.theirs)}</td>
                      {anyFree && <td className={styles.cell}>
                        {isFree(field) && (
                          <span style={{ display: "flex", alignItems: "center", minWidth: 0 }}>
                            {radio("other", choice.other)}
                            <Input className={styles.input} aria-label={t("outbox:difference.otherOf", { field: name })} value={choice.other} onChange={(_event, data) => { choose(field.field, { side: "other", other: data.value }); }} />
                          </span>
                        )}
                        {wrong && (
                          <Caption1 className={styles.wrong} role="alert">
                            {say(wrong)}
                          </Caption1>
                        )}
                      </td>}
                    </tr>
                  );
                })}
              </tbody>
            </table>
            <div className={styles.all}>
              <Button size="small" onClick={() => { all("mine"); }}>
                {t("outbox:difference.allMine")}
              </Button>
              <Button size="small" onClick={() => { all("theirs"); }}>
                {t("outbox:difference.allTheirs")}
              </Button>
            </div>
            {asked.length > 0 && (
              <MessageBar intent="warning" layout="multiline" className={styles.bar} role="alert">
                <MessageBarBody>{t("outbox:difference.undecided", { fields: asked.map(nameOf).join(", ") })}</MessageBarBody>
              </MessageBar>
            )}
            {resolve.error && problems.length === 0 && (
              <MessageBar intent="error" layout="multiline" className={styles.bar} role="alert">
                <MessageBarBody>{t(`shared:error.${resolve.error.code}`)}</MessageBarBody>
              </MessageBar>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t("outbox:difference.cancel")}</Button>
            <Button appearance="primary" disabledFocusable={resolve.isPending} onClick={save}>
              {t("outbox:difference.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
