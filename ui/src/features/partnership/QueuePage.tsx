// The requests of one list, opened one after another.
import { Body1, Button, Caption1, Link, MessageBar, MessageBarBody, ProgressBar, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CopyRegular, MailRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { asCommandError, call, useReadWhen, useWrite, type PartnershipRequestRow } from "@/shared/ipc";
import { StageBadge } from "@/shared/parts/partnership";
import { ErrorState, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";
import { LinkSetup } from "./LinkSetup";

const useStyles = makeStyles({
  page: { display: "flex", flexDirection: "column", gap: "16px", maxWidth: "960px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  next: { backgroundColor: tokens.colorNeutralBackground2 },
  name: { fontWeight: tokens.fontWeightSemibold },
  acts: { display: "flex", gap: "4px" },
  actHead: { width: "148px" },
  stage: { width: "170px" },
  end: { marginLeft: "auto", display: "flex", gap: "8px", alignItems: "center" },
});

/** Not handed over yet. */
function waits(row: PartnershipRequestRow): boolean {
  return row.open && row.stage === "draft";
}

/** The page. */
export function QueuePage() {
  const styles = useStyles();
  const { t } = useTranslation(["partnership", "shared"]);
  const format = useFormat();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { batch = "" } = useParams();
  const list = useReadWhen(true, "partnershipBatch", batch);
  const kept = useReadWhen(true, "invitationSettings").data;
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ intent: "warning" | "info"; text: string } | undefined>(undefined);
  const finish = useWrite("finishPartnershipBatch", {
    onDone: () => {
      void navigate("/resellers?partnership=requested");
    },
  });
  const rows = list.data ?? [];
  const left = rows.filter(waits).length;
  const handled = rows.length - left;
  const next = rows.find(waits);
  const noLink = kept !== undefined && kept.settings.resellerLink === "";

  const hand = (row: PartnershipRequestRow, copy: boolean) => {
    if (busy) return;
    setBusy(true);
    const act = copy
      ? call("copyPartnershipMail", row.id).then(() => {
          setTold(undefined);
          announce(t("partnership:queue.copied", { company: row.company }));
        })
      : call("openPartnershipMail", row.id).then((answer) => {
          setTold(answer.kind === "no_program" ? { intent: "warning", text: t("partnership:queue.noProgram") } : answer.kind === "opened_as_file" ? { intent: "info", text: t("shared:mail.handedMore.opened_as_file") } : undefined);
          announce(answer.kind === "no_program" ? t("partnership:queue.noProgram") : t("partnership:queue.opened", { company: row.company }), answer.kind === "no_program");
        });
    act
      .catch((error: unknown) => {
        setTold({ intent: "warning", text: asCommandError(error).code === "validation" ? t("partnership:queue.incomplete", { company: row.company }) : t(`shared:error.${asCommandError(error).code}`) });
      })
      .finally(() => {
        setBusy(false);
      });
  };

  return (
    <PageFrame
      title={t("partnership:queue.title")}
      caption={list.data === undefined ? undefined : t("partnership:queue.caption", { done: format.number(handled), count: rows.length })}
      footer={
        list.data && (
          <>
            <Button
              appearance="primary"
              icon={<MailRegular />}
              data-primary
              disabledFocusable={next === undefined || busy || noLink}
              onClick={() => {
                if (next && !noLink) hand(next, false);
              }}
            >
              {next === undefined ? t("partnership:queue.allOpened") : t("partnership:queue.openNext")}
            </Button>
            {next && <Caption1 className={styles.quiet}>{next.company}</Caption1>}
            <span className={styles.end}>
              <Caption1 className={styles.quiet}>{left === 0 ? t("partnership:queue.doneAll") : t("partnership:queue.doneSome", { count: left })}</Caption1>
              <Button
                disabledFocusable={finish.isPending}
                onClick={() => {
                  finish.mutate([batch]);
                }}
              >
                {t("partnership:done")}
              </Button>
            </span>
          </>
        )
      }
    >
      {list.data === undefined ? (
        list.error ? <ErrorState why={t(`shared:error.${list.error.code}`)} onRetry={() => void list.refetch()} /> : <LoadingRows />
      ) : (
        <div className={styles.page}>
          {noLink && <LinkSetup />}
          <Body1 className={styles.quiet}>{t("partnership:queue.why")}</Body1>
          <ProgressBar value={rows.length === 0 ? 0 : handled / rows.length} aria-label={t("partnership:queue.title")} />
          {told && (
            <MessageBar intent={told.intent} layout="multiline">
              <MessageBarBody>{told.text}</MessageBarBody>
            </MessageBar>
          )}
          <Table size="small" aria-label={t("partnership:queue.title")}>
            <TableHeader>
              <TableRow>
                <TableHeaderCell>{t("partnership:field.company")}</TableHeaderCell>
                <TableHeaderCell>{t("partnership:field.email")}</TableHeaderCell>
                <TableHeaderCell className={styles.stage}>{t("partnership:queue.state")}</TableHeaderCell>
                <TableHeaderCell className={styles.actHead}>{t("partnership:queue.acts")}</TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {rows.map((row) => (
                <TableRow key={row.id} className={mergeClasses(row.id === next?.id && styles.next)} data-queue={row.stage}>
                  <TableCell>
                    <Link as="button" className={styles.name} onClick={() => void navigate(`/resellers/request/${row.id}`)}>
                      {row.company}
                    </Link>
                  </TableCell>
                  <TableCell title={row.email}>{row.email}</TableCell>
                  <TableCell>
                    <StageBadge stage={row.stage} at={row.at} />
                  </TableCell>
                  <TableCell>
                    <span className={styles.acts}>
                      <Button size="small" icon={<MailRegular />} disabledFocusable={busy || noLink} aria-label={t("partnership:queue.openOne", { company: row.company })} onClick={() => { if (!noLink) hand(row, false); }}>
                        {t("partnership:queue.open")}
                      </Button>
                      <Button size="small" appearance="subtle" icon={<CopyRegular />} disabledFocusable={busy || noLink} aria-label={t("partnership:queue.copyOne", { company: row.company })} title={t("shared:mail.copy")} onClick={() => { if (!noLink) hand(row, true); }} />
                    </span>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </PageFrame>
  );
}
