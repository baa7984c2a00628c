// The day on which the agreement was accepted: typed in the person's own form, or chosen in Fluent's calendar, which
// offers no day to come. What is typed is kept as typed, also when it is no date: Rust then says what would be right.
import { makeStyles } from "@fluentui/react-components";
import { DatePicker } from "@fluentui/react-datepicker-compat";
import { useCallback, useId, useMemo, useState, type KeyboardEvent } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { FormField } from "@/shared/ui";
import { pathOf } from "../draft/fields";
import { useForm, withCustomer } from "../draft/FormContext";
import { MONDAY, calendarWords } from "./calendarWords";
import { dateFromText, dayOfIso, isoOfDay } from "./dateText";

const useStyles = makeStyles({
  // The picker brings a width of its own, which is wider than its place at the minimum window.
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%" } },
  // The month and its year fit beside the two arrows.
  calendar: { "& [class*='CalendarDay__monthAndYear']": { fontSize: "12px", paddingLeft: "4px", paddingRight: 0 } },
});

const PATH = pathOf("agreementDate");

/** *Agreement acceptance date*. */
export function DateField() {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const format = useFormat();
  // The picker gives its input an id of its own, which the label would miss.
  const controlId = useId();
  const stored = form.content.customer.agreementDate;
  // While typing the text stays as typed; afterwards it is shown in the person's form.
  const [typing, setTyping] = useState<string | undefined>(undefined);
  const shown = typing ?? (dayOfIso(stored) === null ? stored : format.date(stored));
  const words = useMemo(() => calendarWords(format), [format]);

  const store = (agreementDate: string) => {
    if (agreementDate !== stored) form.edit((content) => withCustomer(content, { agreementDate }));
  };
  // The picker would put back the last good date over a text that it can't read. So the day it holds carries the text.
  const texts = useMemo(() => new WeakMap<Date, string>(), []);
  const value = useMemo(() => {
    if (shown === "") return null;
    const day = dayOfIso(stored) ?? new Date();
    texts.set(day, shown);
    return day;
  }, [shown, stored, texts]);
  const write = useCallback((day?: Date) => (day === undefined ? "" : (texts.get(day) ?? format.date(isoOfDay(day)))), [texts, format]);
  // The picker opens on every Enter; with Ctrl it is the page's one act, as in every other field.
  const onKeyDownCapture = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.stopPropagation();
    event.preventDefault();
    const { key, ctrlKey, metaKey } = event;
    event.currentTarget.parentElement?.dispatchEvent(new window.KeyboardEvent("keydown", { key, ctrlKey, metaKey, bubbles: true, cancelable: true }));
  };
  const read = useCallback((text: string) => dayOfIso(dateFromText(text, format.locale)), [format]);

  return (
    <FormField label={t("field.agreementDate")} hint={t("hint.date")} error={form.problem(PATH)} controlId={controlId}>
      <DatePicker
        id={controlId}
        className={styles.input}
        value={value}
        formatDate={write}
        parseDateFromString={read}
        allowTextInput
        disableAutoFocus
        openOnClick={false}
        maxDate={new Date()}
        firstDayOfWeek={MONDAY}
        highlightSelectedMonth
        strings={{
          ...words.strings,
          goToToday: t("calendar.goToToday"),
          prevMonthAriaLabel: t("calendar.prevMonth"),
          nextMonthAriaLabel: t("calendar.nextMonth"),
          prevYearAriaLabel: t("calendar.prevYear"),
          nextYearAriaLabel: t("calendar.nextYear"),
          prevYearRangeAriaLabel: t("calendar.prevYears"),
          nextYearRangeAriaLabel: t("calendar.nextYears"),
          monthPickerHeaderAriaLabel: t("calendar.chooseYear"),
          yearPickerHeaderAriaLabel: t("calendar.chooseMonth"),
          closeButtonAriaLabel: t("calendar.close"),
          selectedDateFormatString: t("calendar.selected"),
          todayDateFormatString: t("calendar.todayIs"),
        }}
        dateTimeFormatter={words.formatter}
        calendar={{ className: styles.calendar }}
        popupSurface={{ "aria-label": t("calendar.title") }}
        contentAfter={{ "aria-labelledby": undefined, "aria-label": t("calendar.open"), title: t("calendar.open") }}
        placeholder={t("hint.dateForm")}
        onKeyDownCapture={onKeyDownCapture}
        data-field={PATH}
        name={PATH}
        autoComplete="off"
        onSelectDate={(day) => {
          setTyping(undefined);
          store(day ? isoOfDay(day) : "");
        }}
        onChange={(_event, data) => {
          setTyping(data.value);
          store(dateFromText(data.value, format.locale));
        }}
        onFocus={() => {
          form.entered(PATH);
        }}
        onBlur={() => {
          setTyping(undefined);
          form.left(PATH);
        }}
      />
    </FormField>
  );
}
