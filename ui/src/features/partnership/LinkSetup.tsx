// The first request needs a link that only Partner Center can give: where it is found, and a place to paste it.
import { Body1, Button, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite } from "@/shared/ipc";
import { LinkField, useLinkCheck } from "@/shared/parts/mail";
import { useAnnounce } from "@/shared/ui";

const useStyles = makeStyles({
  card: { display: "flex", flexDirection: "column", gap: "12px", padding: "16px 20px 20px", border: `1px solid ${tokens.colorBrandStroke2}`, borderRadius: "8px", backgroundColor: tokens.colorNeutralBackground2 },
  steps: { margin: 0, paddingLeft: "20px", color: tokens.colorNeutralForeground1, display: "flex", flexDirection: "column", gap: "4px" },
  acts: { display: "flex", gap: "8px", flexWrap: "wrap", alignItems: "center" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The card. It goes as soon as the link is kept. */
export function LinkSetup() {
  const styles = useStyles();
  const { t } = useTranslation("partnership");
  const announce = useAnnounce();
  const navigate = useNavigate();
  const title = useId();
  const [link, setLink] = useState("");
  const kept = useRead("invitationSettings").data;
  const check = useLinkCheck("reseller", link);
  const save = useWrite("saveInvitationSettings", {
    onDone: () => {
      announce(t("setup.kept"));
    },
  });
  const fits = check?.fits === true;
  return (
    <section className={styles.card} aria-labelledby={title}>
      <Subtitle2 as="h2" id={title}>
        {t("setup.title")}
      </Subtitle2>
      <Body1>{t("setup.why")}</Body1>
      <ol className={styles.steps}>
        <li>{t("setup.step1")}</li>
        <li>{t("setup.step2")}</li>
        <li>{t("setup.step3")}</li>
      </ol>
      <LinkField kind="reseller" required label={t("setup.field")} hint={t("setup.hint")} value={link} onChange={setLink} />
      <div className={styles.acts}>
        <Button
          appearance="primary"
          data-primary
          disabledFocusable={!fits || kept === undefined || save.isPending}
          onClick={() => {
            if (fits && kept) save.mutate([{ ...kept.settings, resellerLink: link }]);
          }}
        >
          {t("setup.keep")}
        </Button>
        {kept !== undefined && kept.practiceLink !== "" && (
          <Button
            onClick={() => {
              setLink(kept.practiceLink);
            }}
          >
            {t("setup.practice")}
          </Button>
        )}
        <Button
          appearance="subtle"
          onClick={() => {
            void navigate("/settings#invitations");
          }}
        >
          {t("setup.settings")}
        </Button>
      </div>
    </section>
  );
}
