// The report on screen, on paper and as a PDF file: Rust puts it in words once, all three show the same.
import { Button, Caption1, Dropdown, Option, makeStyles } from "@fluentui/react-components";
import { DocumentPdfRegular, PrintRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useParams } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useReadWhen, useWrite, type Language } from "@/shared/ipc";
import { Crumbs } from "@/shared/parts/Crumbs";
import { ErrorState, LoadingRows, PageFrame, PrintSheet, useAnnounce } from "@/shared/ui";
import { Sheet } from "./Sheet";

const LANGUAGES: readonly Language[] = ["en", "de"];

const useStyles = makeStyles({
  act: { whiteSpace: "nowrap" },
  language: { minWidth: "120px" },
  paper: { maxWidth: "760px" },
});

/** The page of the session in the address. */
export function ReportPage() {
  const styles = useStyles();
  const { id = "" } = useParams();
  const { t, i18n } = useTranslation(["session", "shared"]);
  const announce = useAnnounce();
  const [language, setLanguage] = useState<Language>(i18n.language === "de" ? "de" : "en");
  const [saved, setSaved] = useState(false);
  const report = useReadWhen(id !== "", "sessionReport", id, language);
  const print = useWrite("printPage");
  const save = useWrite("saveSessionReport", {
    onDone: (done) => {
      setSaved(done);
      if (done) announce(t("session:report.saved"));
    },
  });
  const view = report.data;
  return (
    <PageFrame
      crumbs={<Crumbs above={[{ name: t("session:list.outbox"), to: "/outbox" }, { name: t("session:list.title"), to: "/sessions" }, { name: view === undefined ? t("session:report.back") : view.title, to: `/session/${id}` }]} />}
      title={t("session:report.title")}
      caption={saved ? t("session:report.saved") : view === undefined ? "" : view.title}
      actions={
        <>
          <Dropdown className={styles.language} aria-label={t("session:report.language")} value={t(`session:report.languages.${language}`)} selectedOptions={[language]} onOptionSelect={(_event, data) => { setSaved(false); setLanguage(LANGUAGES.find((one) => one === data.optionValue) ?? "en"); }}>
            {LANGUAGES.map((one) => (
              <Option key={one} value={one}>
                {t(`session:report.languages.${one}`)}
              </Option>
            ))}
          </Dropdown>
          <Button icon={<PrintRegular />} className={styles.act} disabledFocusable={view === undefined || print.isPending} onClick={() => { print.mutate([]); }}>
            {t("session:report.print")}
          </Button>
          <Button appearance="primary" icon={<DocumentPdfRegular />} className={styles.act} data-primary disabledFocusable={view === undefined || save.isPending} onClick={() => { save.mutate([id, language]); }}>
            {t("session:report.save")}
          </Button>
        </>
      }
    >
      {view === undefined ? (
        report.error ? <ErrorState why={t(`shared:error.${report.error.code}`)} onRetry={() => void report.refetch()} /> : <LoadingRows height={34} />
      ) : (
        <>
          <article className={styles.paper} lang={language} aria-label={t("session:report.title")}>
            <Sheet report={view} />
            <Caption1>{view.footer}</Caption1>
          </article>
          <PrintSheet language={language}>
            <Sheet report={view} />
            <p>{view.footer}</p>
          </PrintSheet>
        </>
      )}
    </PageFrame>
  );
}
