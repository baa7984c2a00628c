// Book and Partner Center were both changed: three values per field with their dates, the person's decision, and what it
// will do.
import { Body1, Body1Strong, Button, Caption1, Input, MessageBar, MessageBarBody, Radio, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { BookOpenRegular, CheckmarkCircleRegular, CircleRegular, SendRegular } from "@fluentui/react-icons";
import { useEffect, useId, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadForForm, useWrite, type DifferenceField, type DifferenceView, type ProductTitle } from "@/shared/ipc";
import { Crumbs } from "@/shared/parts/Crumbs";
import { EmptyState, ErrorState, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";
import { Breakable } from "./Breakable";
import { decide, firstChoice, valueOf, type Choice, type Side } from "./decide";
import { isFree, problemsOf, useFieldName, useFieldValue, useProblemWords } from "./profileFields";

const useStyles = makeStyles({
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px", marginBottom: "8px" },
  grow: { flex: "1 1 auto" },
  table: { width: "100%", maxWidth: "1120px", borderCollapse: "collapse", tableLayout: "fixed" },
  columnHead: { textAlign: "start", verticalAlign: "bottom", padding: "4px 12px 6px 0", fontWeight: tokens.fontWeightSemibold, borderBottom: `1px solid ${tokens.colorNeutralStroke1}` },
  cell: { textAlign: "start", verticalAlign: "middle", height: "52px", padding: "6px 12px 6px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, fontWeight: tokens.fontWeightRegular, overflowWrap: "anywhere" },
  chosen: { backgroundColor: tokens.colorBrandBackground2 },
  when: { display: "block", color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  quiet: { color: tokens.colorNeutralForeground2 },
  conflict: { display: "block", color: tokens.colorPaletteRedForeground1 },
  wrong: { display: "block", color: tokens.colorPaletteRedForeground1, marginTop: "2px" },
  other: { display: "flex", alignItems: "center", minWidth: 0 },
  input: { flex: "1 1 auto", minWidth: 0 },
  bar: { marginTop: "12px" },
  section: { margin: "28px 0 8px" },
  list: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  step: { display: "flex", alignItems: "flex-start", gap: "8px", overflowWrap: "anywhere" },
  icon: { display: "inline-flex", fontSize: "20px", color: tokens.colorNeutralForeground2, flex: "0 0 auto" },
});

/** The page of the operation in the address. */
export function DifferencePage() {
  const { id = "" } = useParams();
  const { t } = useTranslation(["outbox", "shared"]);
  const navigate = useNavigate();
  const read = useReadForForm("operationDetail", id);
  const detail = read.data;
  const back = () => void navigate(`/outbox?operation=${id}`);
  useEscape(back);
  if (detail?.difference) return <Decision key={id} operation={id} customer={detail.row.customerName} difference={detail.difference} titles={detail.titles} onClose={back} />;
  return (
    <PageFrame crumbs={<Crumbs above={[{ name: t("outbox:title"), to: "/outbox" }]} />} title={t("outbox:difference.page")}>
      {detail !== undefined ? (
        <EmptyState icon={CheckmarkCircleRegular} title={t("outbox:difference.settled")} why={t("outbox:difference.settledWhy")} action={<Button onClick={back}>{t("outbox:back")}</Button>} />
      ) : read.error ? (
        <ErrorState why={t(`shared:error.${read.error.code}`)} onRetry={() => void read.refetch()} />
      ) : (
        <LoadingRows />
      )}
    </PageFrame>
  );
}

/** Escape leads back, as from a panel; not from a menu or the search, which close themselves with it. */
function useEscape(back: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const here = target === document.body || (target instanceof Element && target.closest('[data-region="page"]') !== null);
      if (event.key === "Escape" && !event.defaultPrevented && here) back();
    };
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
    };
  });
}

function Decision({ operation, customer, difference, titles, onClose }: { operation: string; customer: string; difference: DifferenceView; titles: readonly ProductTitle[]; onClose: () => void }) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation(["outbox", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const nameOf = useFieldName();
  const words = useFieldValue(titles);
  const say = useProblemWords();
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const [asked, setAsked] = useState<string[]>([]);
  const resolve = useWrite("resolveDifference", {
    silent: true,
    onDone: () => {
      announce(t("outbox:difference.saved"));
      onClose();
    },
  });
  const problems = problemsOf(resolve.error);
  const choiceOf = (field: DifferenceField) => choices.get(field.field) ?? firstChoice(field);
  const choose = (field: DifferenceField, change: Partial<Choice>) => {
    setChoices((before) => new Map(before).set(field.field, { ...(before.get(field.field) ?? firstChoice(field)), ...change }));
    setAsked((before) => before.filter((one) => one !== field.field));
  };
  const all = (side: Side) => {
    setChoices((before) => new Map(difference.fields.map((field) => [field.field, { ...(before.get(field.field) ?? firstChoice(field)), side }])));
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
  const decided = difference.fields.filter((field) => choiceOf(field).side !== undefined).length;
  const widths = anyFree ? ["15%", "16%", "21%", "21%", "27%"] : ["20%", "20%", "30%", "30%"];

  const radio = (field: DifferenceField, side: Side, value: string) => (
    <Radio
      id={`${id}-${field.field}-${side}`}
      name={`${id}-${field.field}`}
      value={side}
      checked={choiceOf(field).side === side}
      label={side === "other" ? undefined : <Breakable text={shown(field.field, value)} />}
      aria-label={t("outbox:difference.choice", { field: nameOf(field.field), side: t(`outbox:difference.${side}`), value: shown(field.field, value) })}
      onChange={() => { choose(field, { side }); }}
    />
  );
  const cellOf = (field: DifferenceField, side: Exclude<Side, "other">) => (
    <td className={mergeClasses(styles.cell, choiceOf(field).side === side && styles.chosen)}>{radio(field, side, field[side])}</td>
  );
  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: t("outbox:title"), to: "/outbox" }]} />}
      title={t("outbox:difference.title", { customer })}
      caption={t("outbox:difference.intro")}
      footer={
        <>
          <span className={styles.grow} />
          <Caption1 className={styles.quiet}>{t("outbox:difference.chosen", { number: decided, of: difference.fields.length })}</Caption1>
          <Button onClick={onClose}>{t("outbox:difference.later")}</Button>
          <Button appearance="primary" data-primary disabledFocusable={resolve.isPending} onClick={save}>
            {t("outbox:difference.save")}
          </Button>
        </>
      }
    >
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.grow}>
          {t("outbox:difference.count", { count: difference.fields.length })}
        </Subtitle2>
        <Button size="small" onClick={() => { all("mine"); }}>
          {t("outbox:difference.allMine")}
        </Button>
        <Button size="small" onClick={() => { all("theirs"); }}>
          {t("outbox:difference.allTheirs")}
        </Button>
      </div>
      <table className={styles.table}>
        <colgroup>
          {widths.map((width, at) => (
            <col key={at} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={styles.columnHead}>
              {t("outbox:difference.field")}
            </th>
            {([["base", difference.baseAt], ["mine", difference.mineAt], ["theirs", difference.theirsAt]] as const).map(([side, at]) => (
              <th key={side} scope="col" className={styles.columnHead}>
                {t(`outbox:difference.${side}`)}
                {at !== "" && <Caption1 className={styles.when}>{format.moment(at)}</Caption1>}
              </th>
            ))}
            {anyFree && (
              <th scope="col" className={styles.columnHead}>
                {t("outbox:difference.other")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {difference.fields.map((field) => {
            const name = nameOf(field.field);
            const choice = choiceOf(field);
            const wrong = problems.find((one) => one.field === field.field);
            return (
              <tr key={field.field}>
                <th scope="row" className={styles.cell}>
                  <Body1Strong>{name}</Body1Strong>
                  {field.conflict && <Caption1 className={styles.conflict}>{t("outbox:difference.conflict")}</Caption1>}
                </th>
                <td className={styles.cell}>
                  <Body1 className={styles.quiet}>
                    <Breakable text={shown(field.field, field.base)} />
                  </Body1>
                </td>
                {cellOf(field, "mine")}
                {cellOf(field, "theirs")}
                {anyFree && (
                  <td className={mergeClasses(styles.cell, choice.side === "other" && styles.chosen)}>
                    {isFree(field) && (
                      <span className={styles.other}>
                        {radio(field, "other", choice.other)}
                        <Input className={styles.input} aria-label={t("outbox:difference.otherOf", { field: name })} value={choice.other} onChange={(_event, data) => { choose(field, { side: "other", other: data.value }); }} />
                      </span>
                    )}
                    {wrong && (
                      <Caption1 className={styles.wrong} role="alert">
                        {say(wrong)}
                      </Caption1>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
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
      <Subtitle2 as="h2" block className={styles.section}>
        {t("outbox:difference.happens")}
      </Subtitle2>
      <ul className={styles.list} aria-label={t("outbox:difference.happens")}>
        {difference.fields.map((field) => {
          const value = valueOf(field, choiceOf(field));
          const Icon = value === undefined ? CircleRegular : value === field.theirs ? BookOpenRegular : SendRegular;
          const key = value === undefined ? "open" : value === field.theirs ? "takes" : "sends";
          return (
            <li key={field.field} className={styles.step}>
              <span className={styles.icon} aria-hidden>
                <Icon />
              </span>
              <Body1 className={value === undefined ? styles.quiet : undefined}>
                {t(`outbox:difference.${key}`, { field: nameOf(field.field) })}
                {value !== undefined && <strong>{` ${shown(field.field, value)}`}</strong>}
              </Body1>
            </li>
          );
        })}
      </ul>
    </PageFrame>
  );
}
