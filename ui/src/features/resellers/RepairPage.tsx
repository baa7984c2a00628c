// The work list: subscriptions that hang on a reseller no order may name, and their repair in one go. Choose, name the
// new reseller, look at what will happen, submit. All of it works offline and waits in the outbox.
import { Body1, Body1Strong, Button, Caption1, Checkbox, Dropdown, Link as FluentLink, Option, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular, ShieldCheckmarkRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useReadWhen, useWrite, type HangingGroup, type HangingList, type HangingRow } from "@/shared/ipc";
import { Crumbs } from "@/shared/parts/Crumbs";
import { ShieldNote, useShieldWords } from "@/shared/parts/shield";
import { EmptyState, ErrorState, FactList, FormField, LoadingRows, PageFrame, SidePanel, StateBadge, useAnnounce, useWidth } from "@/shared/ui";

const useStyles = makeStyles({
  group: { marginBottom: "28px" },
  head: { display: "flex", alignItems: "baseline", gap: "12px", flexWrap: "wrap", marginBottom: "2px" },
  name: { color: tokens.colorNeutralForeground1, textDecorationLine: "none", ":hover": { textDecorationLine: "underline" } },
  reason: { color: tokens.colorPaletteRedForeground1 },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { display: "grid", gridTemplateColumns: "32px minmax(0, 1.6fr) 104px minmax(0, 1.2fr)", columnGap: "12px", alignItems: "center", minHeight: "48px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  two: { display: "flex", flexDirection: "column", minWidth: 0 },
  inline: { marginTop: "8px", padding: "16px 20px", border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px", display: "flex", flexDirection: "column", gap: "16px" },
  foot: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "12px" },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  end: { textAlign: "end", whiteSpace: "nowrap" },
  panel: { display: "flex", flexDirection: "column", gap: "16px" },
  changes: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  change: { display: "flex", flexDirection: "column" },
  what: { margin: 0, paddingLeft: "18px", display: "flex", flexDirection: "column", gap: "4px" },
  listbox: { zIndex: 100, maxHeight: "60vh" },
  option: { display: "flex", flexDirection: "column" },
});

/** As many are changed at once as the book takes in one go. */
const MOST = 500;
/** Rows of a preview shown by name; the rest is counted. */
const SHOWN = 6;

function Row({ row, chosen, onChoose }: { row: HangingRow; chosen: boolean; onChoose: (on: boolean) => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const label = `${row.customerName}, ${row.productName}`;
  return (
    <li className={styles.row}>
      {row.stays === null ? <Checkbox checked={chosen} aria-label={label} onChange={(_event, data) => { onChoose(data.checked === true); }} /> : <span />}
      <span className={styles.two}>
        <span className={styles.cut}>
          {row.customerName}
        </span>
        <Caption1 className={mergeClasses(styles.cut, styles.quiet)}>
          {row.productName}
        </Caption1>
      </span>
      <span className={mergeClasses(styles.end, styles.quiet)}>{t("resellers:page.seatCount", { count: row.quantity, number: format.number(row.quantity) })}</span>
      {row.operationState !== null ? (
        <Link to={`/outbox?operation=${row.operationId}`} className={styles.name}>
          <StateBadge state={row.operationState} text={t("resellers:repair.underWay", { state: t(`shared:state.${row.operationState}`) })} />
        </Link>
      ) : (
        <Caption1 className={styles.quiet}>
          {row.stays === null ? (row.endsAt === null ? "" : t("resellers:repair.renews", { date: format.date(row.endsAt) })) : t(`resellers:repair.stays.${row.stays}`)}
        </Caption1>
      )}
    </li>
  );
}

function Group({ group, chosen, change }: { group: HangingGroup; chosen: ReadonlySet<string>; change: (ids: string[], on: boolean) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("resellers");
  const words = useShieldWords();
  const { reseller } = group;
  const free = group.subscriptions.filter((row) => row.stays === null).map((row) => row.subscriptionId);
  const count = free.filter((id) => chosen.has(id)).length;
  return (
    <section className={styles.group} aria-label={reseller.name}>
      <div className={styles.head}>
        <Subtitle2 as="h2">
          <Link to={`/resellers/${reseller.id}`} className={styles.name}>
            {reseller.name}
          </Link>
        </Subtitle2>
        <Caption1 className={reseller.shield.kind === "not_fit" ? styles.reason : styles.quiet}>{words(reseller.shield).second}</Caption1>
      </div>
      {free.length > 0 && (
        <Checkbox
          label={t("repair.all", { count: free.length })}
          checked={count === 0 ? false : count === free.length ? true : "mixed"}
          onChange={(_event, data) => { change(free, data.checked === true); }}
        />
      )}
      <ul className={styles.list}>
        {group.subscriptions.map((row) => (
          <Row key={row.subscriptionId} row={row} chosen={chosen.has(row.subscriptionId)} onChoose={(on) => { change([row.subscriptionId], on); }} />
        ))}
      </ul>
    </section>
  );
}

function Panel({ list, ids, onDone }: { list: HangingList; ids: string[]; onDone: (count: number) => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const words = useShieldWords();
  const [to, setTo] = useState("");
  const tooMany = ids.length > MOST;
  const asked = to !== "" && ids.length > 0 && !tooMany;
  const preview = useReadWhen(asked, "previewRecord", ids, to);
  const submit = useWrite("submitRecord", { onDone });
  const choice = list.choices.find((one) => one.id === to);
  const view = asked ? preview.data : undefined;
  const ready = view !== undefined && view.changes.length > 0;
  const wide = useWidth() >= 1280;
  const footer = (
    <>
      <Caption1 className={styles.quiet}>{ids.length === 0 ? t("resellers:repair.chooseFirst") : tooMany ? t("resellers:repair.tooMany", { number: format.number(MOST) }) : to === "" ? t("resellers:repair.chooseReseller") : ""}</Caption1>
      <Button
        appearance="primary"
        data-primary
        disabledFocusable={!ready || submit.isPending}
        onClick={() => {
          if (ready) submit.mutate([ids, to, view.hash]);
        }}
      >
        {t("resellers:repair.submit")}
      </Button>
    </>
  );
  const content = (
      <div className={styles.panel}>
        <FormField label={t("resellers:repair.newReseller")} hint={t("resellers:repair.newResellerHint")}>
          <Dropdown inlinePopup listbox={{ className: styles.listbox }} value={choice?.name ?? ""} placeholder={t("resellers:repair.choose")} selectedOptions={[to]} onOptionSelect={(_event, data) => { setTo(data.optionValue ?? ""); }}>
            {list.choices.map((one) => {
              const unfit = one.shield.kind === "not_fit";
              const { first, second } = words(one.shield);
              return (
                <Option key={one.id} value={one.id} text={one.name} disabled={unfit}>
                  <span className={styles.option}>
                    <span>{one.name}</span>
                    <Caption1 className={styles.quiet}>{[one.partnerId, unfit ? second : first].join(" · ")}</Caption1>
                  </span>
                </Option>
              );
            })}
          </Dropdown>
        </FormField>
        {choice && choice.shield.kind !== "fit" && <ShieldNote shield={choice.shield} name={choice.name} />}
        {ready && (
          <>
            <Subtitle2 as="h3">{t("resellers:repair.whatWill")}</Subtitle2>
            <FactList
              facts={[
                { name: t("resellers:repair.changes"), value: format.number(view.changes.length) },
                { name: t("resellers:repair.to"), value: `${view.toName} · ${view.toPartnerId}` },
                ...(view.leftOut > 0 ? [{ name: t("resellers:repair.leftOut"), value: format.number(view.leftOut) }] : []),
              ]}
            />
            <ul className={styles.changes}>
              {view.changes.slice(0, SHOWN).map((one) => (
                <li key={one.subscriptionId} className={styles.change}>
                  <Body1Strong>{one.customerName}</Body1Strong>
                  <Caption1 className={styles.quiet}>{t("resellers:repair.change", { product: one.productName, from: one.fromName, to: view.toName })}</Caption1>
                </li>
              ))}
            </ul>
            {view.changes.length > SHOWN && <Caption1 className={styles.quiet}>{t("resellers:repair.more", { count: view.changes.length - SHOWN })}</Caption1>}
            <ul className={styles.what}>
              <li>
                <Body1>{t("resellers:repair.means.incentive")}</Body1>
              </li>
              <li>
                <Body1>{t("resellers:repair.means.contact")}</Body1>
              </li>
              <li>
                <Body1>{t("resellers:repair.means.rest")}</Body1>
              </li>
            </ul>
          </>
        )}
        {preview.error !== null && to !== "" && <Body1 role="alert">{t(`shared:error.${preview.error.code}`)}</Body1>}
      </div>
  );
  // In a narrow window a panel would lie over the very list that is chosen from: there it stands below it.
  if (!wide) {
    return (
      <section className={styles.inline} aria-label={t("resellers:repair.panel")}>
        {content}
        <div className={styles.foot}>{footer}</div>
      </section>
    );
  }
  return (
    <SidePanel label={t("resellers:repair.panel")} width={392} footer={footer}>
      {content}
    </SidePanel>
  );
}

/** The page. */
export function RepairPage() {
  const { t } = useTranslation(["resellers", "shared"]);
  const navigate = useNavigate();
  const announce = useAnnounce();
  const [address] = useSearchParams();
  const only = address.get("reseller") ?? "";
  const list = useRead("hanging", only);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState(0);
  const view = list.data;
  const rows = view?.groups.flatMap((group) => group.subscriptions) ?? [];
  const free = new Set(rows.filter((row) => row.stays === null).map((row) => row.subscriptionId));
  const ids = [...chosen].filter((id) => free.has(id)).sort();
  const change = (some: string[], on: boolean) => {
    setChosen((before) => {
      const after = new Set(before);
      for (const id of some) {
        if (on) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  };
  const back = (
    <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => void navigate("/resellers")}>
      {t("resellers:title")}
    </Button>
  );
  const wide = useWidth() >= 1280;
  const panel =
    view !== undefined && rows.length > 0 ? (
      <Panel
        list={view}
        ids={ids}
        onDone={(count) => {
          setChosen(new Set());
          setDone(count);
          announce(t("resellers:repair.done", { count }));
        }}
      />
    ) : undefined;
  const caption = view === undefined ? undefined : t("resellers:repair.caption", { count: rows.length });
  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: t("resellers:title"), to: "/resellers" }]} />}
      title={t("resellers:repair.title")}
      caption={caption}
      panel={wide ? panel : undefined}
    >
      {done > 0 && (
        <p>
          <Body1>{t("resellers:repair.done", { count: done })} </Body1>
          <FluentLink as="button" onClick={() => void navigate("/outbox")}>
            {t("resellers:repair.toOutbox")}
          </FluentLink>
        </p>
      )}
      {view === undefined ? (
        list.error ? <ErrorState why={t(`shared:error.${list.error.code}`)} onRetry={() => void list.refetch()} /> : <LoadingRows />
      ) : rows.length === 0 ? (
        <EmptyState icon={ShieldCheckmarkRegular} title={t("resellers:repair.empty.title")} why={t("resellers:repair.empty.why")} action={back} />
      ) : (
        <>
          {view.groups.map((group) => (
            <Group key={group.reseller.id} group={group} chosen={chosen} change={change} />
          ))}
          {!wide && panel}
        </>
      )}
    </PageFrame>
  );
}
