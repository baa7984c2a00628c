// *What will happen*: each thing that a change does, with an icon and plain words.
import { Body1Strong, Caption1, Subtitle2, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import {
  ArrowSwapRegular,
  ArrowSyncOffRegular,
  ArrowSyncRegular,
  CalendarClockRegular,
  CheckmarkCircleRegular,
  ClockRegular,
  DeleteRegular,
  DocumentAddRegular,
  LockClosedRegular,
  MoneyRegular,
  NoteRegular,
  PauseCircleRegular,
  PeopleRegular,
  PeopleSubtractRegular,
  PersonSupportRegular,
  PersonWrenchRegular,
  ProhibitedRegular,
  ShieldQuestionRegular,
  TimerRegular,
  WarningRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useId } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { ChangeEffect, ChangeEffectKind, ChangePreview } from "@/shared/ipc";
import { useTermWords } from "@/shared/parts/terms";
import { useMoments } from "./moments";
import { moneyText } from "./money";

type Tone = "plain" | "soon" | "now";

const LOOK: Record<ChangeEffectKind, { icon: FluentIcon; tone: Tone }> = {
  licences: { icon: PeopleRegular, tone: "plain" },
  charged: { icon: MoneyRegular, tone: "plain" },
  credited: { icon: MoneyRegular, tone: "plain" },
  price_unknown: { icon: MoneyRegular, tone: "soon" },
  price_from: { icon: MoneyRegular, tone: "plain" },
  only_until: { icon: TimerRegular, tone: "soon" },
  window_opens: { icon: TimerRegular, tone: "plain" },
  fixed_until: { icon: LockClosedRegular, tone: "plain" },
  users_lose: { icon: PeopleSubtractRegular, tone: "soon" },
  access_ends: { icon: ProhibitedRegular, tone: "now" },
  drops_planned: { icon: DeleteRegular, tone: "now" },
  takes_effect: { icon: CalendarClockRegular, tone: "plain" },
  renews: { icon: ArrowSyncRegular, tone: "plain" },
  ends: { icon: CalendarClockRegular, tone: "soon" },
  paid_extension: { icon: WarningRegular, tone: "soon" },
  grace: { icon: ClockRegular, tone: "plain" },
  billing_continues: { icon: MoneyRegular, tone: "soon" },
  billing_stops: { icon: MoneyRegular, tone: "plain" },
  auto_renew_goes_off: { icon: ArrowSyncOffRegular, tone: "soon" },
  reassigned: { icon: ArrowSwapRegular, tone: "plain" },
  assign_by_hand: { icon: PersonWrenchRegular, tone: "soon" },
  second_subscription: { icon: DocumentAddRegular, tone: "plain" },
  window_kept: { icon: TimerRegular, tone: "plain" },
  held_by_review: { icon: PauseCircleRegular, tone: "soon" },
  waits_for_order: { icon: ClockRegular, tone: "plain" },
  waits_for_change: { icon: ClockRegular, tone: "plain" },
  record_checked: { icon: ShieldQuestionRegular, tone: "plain" },
  note_only: { icon: NoteRegular, tone: "plain" },
  contact_shown: { icon: PersonSupportRegular, tone: "plain" },
  irreversible: { icon: WarningRegular, tone: "now" },
};

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "10px 0 0", padding: 0, display: "flex", flexDirection: "column", gap: "14px" },
  item: { display: "flex", gap: "10px", alignItems: "flex-start" },
  icon: { fontSize: "18px", display: "inline-flex", flex: "0 0 auto", color: tokens.colorNeutralForeground2 },
  soon: { color: tokens.colorPaletteMarigoldForeground2 },
  now: { color: tokens.colorPaletteRedForeground1 },
  words: { display: "flex", flexDirection: "column", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Words {
  title: string;
  detail: string;
}

/** The words of one effect. */
export function useEffectWords(): (effect: ChangeEffect) => Words {
  const { t } = useTranslation("subscription");
  const format = useFormat();
  const moments = useMoments();
  const terms = useTermWords();
  const money = (amount: ChangeEffect["money"]) => moneyText(format, amount);
  return (effect) => {
    const at = effect.at;
    const values = {
      count: effect.quantity,
      number: format.number(effect.quantity),
      after: format.number(effect.quantityAfter),
      money: money(effect.money),
      unit: money(effect.unit),
      days: format.number(effect.days),
      ofDays: format.number(effect.ofDays),
      date: at === null ? "" : moments.date(at),
      local: at === null ? "" : moments.local(at),
      utc: at === null ? "" : moments.utc(at),
      product: effect.product,
    };
    const plain = (key: Exclude<ChangeEffectKind, "licences" | "access_ends" | "paid_extension" | "drops_planned" | "contact_shown">): Words => ({
      title: t(`effect.${key}.title`, values),
      detail: t(`effect.${key}.detail`, values),
    });
    switch (effect.kind) {
      case "licences": {
        const more = effect.quantityAfter - effect.quantity;
        const key = more > 0 ? "more" : more < 0 ? "fewer" : "same";
        return { title: t(`effect.licences.${key}`, { count: Math.abs(more), number: format.number(Math.abs(more)) }), detail: more === 0 ? t("effect.licences.stay", values) : t("effect.licences.detail", values) };
      }
      case "access_ends":
        return at === null ? { title: t("effect.access_ends.now"), detail: t("effect.access_ends.nowDetail") } : { title: t("effect.access_ends.title", values), detail: t("effect.access_ends.detail", values) };
      case "paid_extension":
        return { title: t("effect.paid_extension.title", values), detail: effect.money === null ? t("effect.paid_extension.noPrice") : t("effect.paid_extension.detail", values) };
      case "drops_planned": {
        const next = effect.nextTerm;
        const what = next === null ? "" : t("planned", { number: format.number(next.quantity), product: next.productName, plan: terms(next) });
        return { title: t("effect.drops_planned.title"), detail: t("effect.drops_planned.detail", { what }) };
      }
      case "contact_shown":
        return { title: effect.product === "" ? t("effect.contact_shown.provider") : t("effect.contact_shown.title", values), detail: t("effect.contact_shown.detail") };
      case "note_only":
        return { title: t("effect.note_only.title"), detail: effect.product === "" ? t("effect.note_only.none") : t("effect.note_only.detail", values) };
      case "takes_effect":
        return at === null ? { title: t("effect.takes_effect.unknown"), detail: "" } : plain("takes_effect");
      case "second_subscription":
        return at === null ? { title: t("effect.second_subscription.unknown"), detail: "" } : plain("second_subscription");
      case "charged":
      case "credited":
      case "price_unknown":
      case "price_from":
      case "only_until":
      case "window_opens":
      case "fixed_until":
      case "users_lose":
      case "renews":
      case "ends":
      case "grace":
      case "billing_continues":
      case "billing_stops":
      case "auto_renew_goes_off":
      case "reassigned":
      case "assign_by_hand":
      case "window_kept":
      case "held_by_review":
      case "waits_for_order":
      case "waits_for_change":
      case "record_checked":
      case "irreversible":
        return plain(effect.kind);
    }
  };
}

/** The list. */
export function WhatWillHappen({ preview }: { preview: ChangePreview }) {
  const styles = useStyles();
  const id = useId();
  const { t } = useTranslation("subscription");
  const words = useEffectWords();
  return (
    <section aria-labelledby={id}>
      <Subtitle2 as="h3" id={id}>
        {t("whatWill")}
      </Subtitle2>
      {preview.blocked !== null ? (
        <Caption1 block className={styles.quiet} role="alert">
          {t(`blocked.${preview.blocked}`)}
        </Caption1>
      ) : (
        <ul className={styles.list}>
          {preview.effects.map((effect, index) => {
            const { icon: Icon, tone } = LOOK[effect.kind];
            const said = words(effect);
            return (
              <li key={`${effect.kind} ${String(index)}`} className={styles.item}>
                <span className={mergeClasses(styles.icon, tone !== "plain" && styles[tone])} aria-hidden>
                  {effect.kind === "licences" && effect.quantityAfter < effect.quantity ? <PeopleSubtractRegular /> : effect.kind === "licences" && effect.quantityAfter === effect.quantity ? <CheckmarkCircleRegular /> : <Icon />}
                </span>
                <span className={styles.words}>
                  <Body1Strong>{said.title}</Body1Strong>
                  {said.detail !== "" && <Caption1 className={styles.quiet}>{said.detail}</Caption1>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
