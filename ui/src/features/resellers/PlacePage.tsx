// Partnerships that Partner Center lists and that only a name connects with the book: the person says who it is.
import { Body1, Body1Strong, Button, Caption1, Radio, RadioGroup, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular, CheckmarkCircleRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type PartnershipToPlace } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { Crumbs } from "@/shared/parts/Crumbs";
import { EmptyState, ErrorState, FactList, LoadingRows, PageFrame, useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  card: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "800px", padding: "16px 20px", marginBottom: "16px", border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: "8px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  label: { display: "flex", flexDirection: "column" },
  foot: { display: "flex", alignItems: "center", gap: "12px" },
});

/** The answer that means: none of them. */
const NEW = "new";

function One({ one }: { one: PartnershipToPlace }) {
  const styles = useStyles();
  const { t } = useTranslation(["resellers", "shared"]);
  const format = useFormat();
  const announce = useAnnounce();
  const [answer, setAnswer] = useState(one.candidates[0]?.id ?? NEW);
  const place = useWrite("placePartnership", { onDone: () => { announce(t("resellers:place.done", { name: one.name })); } });
  return (
    <section className={styles.card} aria-label={one.name}>
      <Body1Strong as="h2">{t("resellers:place.accepted", { name: one.name })}</Body1Strong>
      <FactList
        facts={[
          { name: t("resellers:ids.partnerId"), value: one.partnerId === "" ? t("resellers:ids.unknown") : <CopyText text={one.partnerId} name={t("resellers:ids.partnerId")} whole /> },
          { name: t("resellers:ids.tenantId"), value: <CopyText text={one.tenantId} name={t("resellers:ids.tenantId")} whole /> },
          { name: t("resellers:country"), value: format.country(one.country) },
          { name: t("resellers:place.seen"), value: format.moment(one.seenAt) },
        ]}
      />
      <RadioGroup value={answer} aria-label={t("resellers:place.question")} onChange={(_event, data) => { setAnswer(data.value); }}>
        {one.candidates.map((row) => (
          <Radio
            key={row.id}
            value={row.id}
            label={
              <span className={styles.label}>
                <span>{t("resellers:place.itIs", { name: row.name })}</span>
                <Caption1 className={styles.quiet}>{[t(`resellers:partnership.${row.partnership}`), row.town, row.contactEmail].filter((part) => part !== "").join(" · ")}</Caption1>
              </span>
            }
          />
        ))}
        <Radio value={NEW} label={t("resellers:place.itIsNew")} />
      </RadioGroup>
      <span className={styles.foot}>
        <Button appearance="primary" data-primary disabledFocusable={place.isPending} onClick={() => { place.mutate([one.tenantId, answer === NEW ? "" : answer]); }}>
          {t("resellers:place.confirm")}
        </Button>
        <Caption1 className={styles.quiet}>{t("resellers:place.why")}</Caption1>
      </span>
    </section>
  );
}

/** The page. */
export function PlacePage() {
  const { t } = useTranslation(["resellers", "shared"]);
  const navigate = useNavigate();
  const list = useRead("partnershipsToPlace");
  const view = list.data;
  const back = (
    <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => void navigate("/resellers")}>
      {t("resellers:title")}
    </Button>
  );
  return (
    <PageFrame crumbs={<Crumbs above={[{ name: t("resellers:title"), to: "/resellers" }]} />} title={t("resellers:place.title")} caption={view === undefined || view.length === 0 ? undefined : t("resellers:place.caption", { count: view.length })}>
      {view === undefined ? (
        list.error ? <ErrorState why={t(`shared:error.${list.error.code}`)} onRetry={() => void list.refetch()} /> : <LoadingRows />
      ) : view.length === 0 ? (
        <EmptyState icon={CheckmarkCircleRegular} title={t("resellers:place.empty.title")} why={t("resellers:place.empty.why")} action={back} />
      ) : (
        <>
          <Body1 block>{t("resellers:place.intro")}</Body1>
          <br />
          {view.map((one) => (
            <One key={one.tenantId} one={one} />
          ))}
        </>
      )}
    </PageFrame>
  );
}
