// Several at once: a pasted list or a file, looked through row by row before anything is written.
import { Body1, Button, Caption1, Dropdown, Field, MessageBar, MessageBarBody, MessageBarTitle, Option, Subtitle2, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { DocumentArrowUpRegular, ErrorCircleRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type Language, type ListPreview } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { PageFrame, useAnnounce } from "@/shared/ui";
import { readListFile } from "./readListFile";

const LANGUAGES: readonly Language[] = ["en", "de"];
/** Good rows shown; the count tells of the others. */
const SHOWN = 8;
/** Most bad rows shown: who has more mends the list as a whole. */
const SHOWN_BAD = 200;

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", gap: "20px", maxWidth: "960px" },
  top: { display: "flex", gap: "16px", alignItems: "flex-end", flexWrap: "wrap" },
  language: { minWidth: "160px" },
  listbox: { zIndex: 100 },
  text: { width: "100%", "& > textarea": { fontFamily: tokens.fontFamilyMonospace, fontSize: "13px", minHeight: "132px", maxHeight: "240px" } },
  quiet: { color: tokens.colorNeutralForeground2 },
  section: { display: "flex", flexDirection: "column", gap: "8px" },
  scroll: { overflowX: "auto", maxWidth: "100%" },
  number: { width: "64px" },
  name: { width: "150px" },
  wrong: { display: "flex", gap: "8px", alignItems: "flex-start", padding: "8px 0" },
  icon: { display: "inline-flex", fontSize: "16px", color: tokens.colorPaletteRedForeground1, flex: "0 0 auto", marginTop: "2px" },
  found: { fontFamily: tokens.fontFamilyMonospace, fontSize: "13px", overflowWrap: "anywhere" },
  end: { marginLeft: "auto", display: "flex", gap: "8px", alignItems: "center" },
});

/** The page. */
export function InvitePage() {
  const styles = useStyles();
  const { t, i18n } = useTranslation(["partnership", "shared"]);
  const navigate = useNavigate();
  const announce = useAnnounce();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [language, setLanguage] = useState<Language>(i18n.language === "de" ? "de" : "en");
  const [unreadable, setUnreadable] = useState(false);
  const list = useDebounced(text, 200);
  const preview = useReadWhen(list.trim() !== "", "previewPartnershipList", list, language).data;
  const write = useWrite("writePartnershipList", {
    onDone: (written) => {
      announce(t("partnership:invite.written", { count: written.count }));
      void navigate(`/resellers/invite/${written.batch}`);
    },
  });
  const seen = list.trim() === "" || list !== text ? undefined : preview;
  const good = seen?.good.length ?? 0;

  const take = async (chosen: File) => {
    const read = await readListFile(chosen);
    setUnreadable(read === undefined);
    if (read !== undefined) setText(read);
  };

  return (
    <PageFrame
      title={t("partnership:invite.title")}
      caption={t("partnership:invite.caption")}
      footer={
        <>
          <Button
            appearance="primary"
            data-primary
            disabledFocusable={good === 0 || write.isPending}
            onClick={() => {
              if (good > 0) write.mutate([list, language, good]);
            }}
          >
            {good === 0 ? t("partnership:invite.writeNone") : t("partnership:invite.write", { count: good })}
          </Button>
          {seen !== undefined && seen.badRows > 0 && <Caption1 className={styles.quiet}>{t("partnership:invite.leftOut", { count: seen.badRows })}</Caption1>}
          <span className={styles.end}>
            <Button onClick={() => void navigate("/resellers")}>{t("partnership:invite.cancel")}</Button>
          </span>
        </>
      }
    >
      <div className={styles.page}>
        <div className={styles.top}>
          <Button
            icon={<DocumentArrowUpRegular />}
            onClick={() => {
              file.current?.click();
            }}
          >
            {t("partnership:invite.file")}
          </Button>
          <input
            ref={file}
            type="file"
            hidden
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            aria-label={t("partnership:invite.file")}
            onChange={(event) => {
              const [chosen] = event.target.files ?? [];
              if (chosen) void take(chosen);
              event.target.value = "";
            }}
          />
          <Field label={t("partnership:invite.language")}>
            <Dropdown
              inlinePopup
              className={styles.language}
              listbox={{ className: styles.listbox }}
              value={t(`shared:language.${language}`)}
              selectedOptions={[language]}
              onOptionSelect={(_event, data) => {
                const chosen = LANGUAGES.find((one) => one === data.optionValue);
                if (chosen) setLanguage(chosen);
              }}
            >
              {LANGUAGES.map((one) => (
                <Option key={one} value={one}>
                  {t(`shared:language.${one}`)}
                </Option>
              ))}
            </Dropdown>
          </Field>
        </div>
        {unreadable && (
          <MessageBar intent="error">
            <MessageBarBody>{t("partnership:invite.unreadable")}</MessageBarBody>
          </MessageBar>
        )}
        <Field label={t("partnership:invite.list")} hint={t("partnership:invite.hint")}>
          <Textarea
            className={styles.text}
            resize="vertical"
            value={text}
            spellCheck={false}
            placeholder={t("partnership:invite.example")}
            onChange={(_event, data) => {
              setUnreadable(false);
              setText(data.value);
            }}
          />
        </Field>
        {seen !== undefined && <Seen preview={seen} />}
      </div>
    </PageFrame>
  );
}

function Seen({ preview }: { preview: ListPreview }) {
  const styles = useStyles();
  const { t } = useTranslation(["partnership", "shared"]);
  const format = useFormat();
  const more = preview.good.length - SHOWN;
  return (
    <>
      {preview.ignoredColumns.length > 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t("partnership:invite.ignored", { columns: preview.ignoredColumns.join(", ") })}</MessageBarBody>
        </MessageBar>
      )}
      {preview.hints.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {[
              ...preview.hints.map((hint) => t("partnership:invite.hintColumn", { column: t(`partnership:field.${hint.field as "company"}`), holds: t(`partnership:invite.holds.${hint.holds as "emails"}`) })),
              t(preview.hasHead ? "partnership:invite.hintHead" : "partnership:invite.hintOrder"),
            ].join(" ")}
          </MessageBarBody>
        </MessageBar>
      )}
      {preview.bad.length > 0 && (
        <section className={styles.section} aria-label={t("partnership:invite.badTitle", { count: preview.badRows })}>
          <Subtitle2 as="h2">{t("partnership:invite.badTitle", { count: preview.badRows })}</Subtitle2>
          <div className={styles.scroll}>
            <Table size="small" aria-label={t("partnership:invite.badTitle", { count: preview.badRows })}>
              <TableHeader>
                <TableRow>
                  <TableHeaderCell className={styles.number}>{t("partnership:invite.row")}</TableHeaderCell>
                  <TableHeaderCell className={styles.name}>{t("partnership:invite.fieldHead")}</TableHeaderCell>
                  <TableHeaderCell>{t("partnership:invite.wrong")}</TableHeaderCell>
                </TableRow>
              </TableHeader>
              <TableBody>
                {preview.bad.slice(0, SHOWN_BAD).map((problem) => (
                  <TableRow key={`${String(problem.line)} ${problem.field} ${problem.problem}`} data-bad-row={problem.line}>
                    <TableCell>{format.number(problem.line)}</TableCell>
                    <TableCell>{t(`partnership:field.${problem.field as "company"}`)}</TableCell>
                    <TableCell>
                      <span className={styles.wrong}>
                        <span className={styles.icon} aria-hidden>
                          <ErrorCircleRegular />
                        </span>
                        <span>
                          {problem.found !== "" && <span className={styles.found}>{`${problem.found} `}</span>}
                          {t(`partnership:problem.${problem.problem as "required"}`, { expected: problem.expected })}
                        </span>
                      </span>
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </div>
          {preview.bad.length > SHOWN_BAD && <Caption1 className={styles.quiet}>{t("partnership:invite.moreBad", { count: preview.bad.length - SHOWN_BAD })}</Caption1>}
        </section>
      )}
      {preview.good.length > 0 && (
        <section className={styles.section} aria-label={t("partnership:invite.goodTitle", { count: preview.good.length })}>
          <Subtitle2 as="h2">{t("partnership:invite.goodTitle", { count: preview.good.length })}</Subtitle2>
          <div className={styles.scroll}>
            <Table size="small" aria-label={t("partnership:invite.goodTitle", { count: preview.good.length })}>
              <TableHeader>
                <TableRow>
                  <TableHeaderCell className={styles.number}>{t("partnership:invite.row")}</TableHeaderCell>
                  <TableHeaderCell>{t("partnership:field.company")}</TableHeaderCell>
                  <TableHeaderCell>{t("partnership:field.contactName")}</TableHeaderCell>
                  <TableHeaderCell>{t("partnership:field.email")}</TableHeaderCell>
                  <TableHeaderCell>{t("partnership:field.country")}</TableHeaderCell>
                  <TableHeaderCell>{t("partnership:field.language")}</TableHeaderCell>
                </TableRow>
              </TableHeader>
              <TableBody>
                {preview.good.slice(0, SHOWN).map((row) => (
                  <TableRow key={row.line}>
                    <TableCell>{format.number(row.line)}</TableCell>
                    <TableCell>{row.form.company}</TableCell>
                    <TableCell>{row.form.contactName === "" ? t("shared:ui.none") : row.form.contactName}</TableCell>
                    <TableCell>{row.form.email}</TableCell>
                    <TableCell>{format.country(row.form.country)}</TableCell>
                    <TableCell>{t(`shared:language.${row.language}`)}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </div>
          {more > 0 && <Body1 className={styles.quiet}>{t("partnership:invite.more", { count: more })}</Body1>}
        </section>
      )}
      {preview.good.length === 0 && preview.bad.length > 0 && (
        <MessageBar intent="warning">
          <MessageBarBody>
            <MessageBarTitle>{t("partnership:invite.noneGood")}</MessageBarTitle>
            {t("partnership:invite.noneGoodWhy")}
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
