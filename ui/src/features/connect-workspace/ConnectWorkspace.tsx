// Connect to Partner Center: what to register, what to fill in, sign in, and the live workspace of it.
import { Body1, Button, Caption1, Dropdown, Input, Option, Subtitle2, Title2, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular, GlobeRegular, PhoneLaptopRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type CloudChoice, type ConnectionFieldName, type ConnectionForm, type SignInView, type SignInWay } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { NoKeychain, PassphrasePanel } from "@/shared/parts/passphrase";
import { useShowStart } from "@/shared/parts/restore";
import { ErrorState, FactList, FormField, LoadingRows } from "@/shared/ui";
import { SignInProgress } from "./SignInProgress";

const CLOUDS: readonly CloudChoice[] = ["commercial", "us_government", "china", "custom"];
const REDIRECT = "http://localhost";

const WIDE = "@media (min-width: 1100px)";

const useStyles = makeStyles({
  desk: { height: "100%", overflowY: "auto", backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1, boxSizing: "border-box", padding: "24px 20px 40px" },
  middle: { maxWidth: "720px", margin: "0 auto", display: "flex", flexDirection: "column", gap: "16px", [WIDE]: { maxWidth: "1080px" } },
  // What to register stands beside what to fill in, so that the sign-in is in sight without scrolling.
  steps: { display: "flex", flexDirection: "column", gap: "16px", [WIDE]: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)", alignItems: "start" } },
  column: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  title: { display: "block" },
  quiet: { color: tokens.colorNeutralForeground2 },
  card: { backgroundColor: tokens.colorNeutralBackground1, borderRadius: "8px", boxShadow: tokens.shadow4, padding: "20px 24px 24px", display: "flex", flexDirection: "column", gap: "12px" },
  fields: { display: "flex", flexDirection: "column", gap: "14px" },
  listbox: { zIndex: 100 },
  row: { display: "flex", gap: "8px", flexWrap: "wrap" },
});

function Register() {
  const styles = useStyles();
  const { t } = useTranslation("connect-workspace");
  return (
    <section className={styles.card} aria-label={t("register.title")}>
      <Subtitle2 as="h2">{t("register.title")}</Subtitle2>
      <Body1>{t("register.what")}</Body1>
      <Body1>{t("register.where")}</Body1>
      <FactList
        facts={[
          { name: t("register.kind"), value: t("register.kindValue") },
          { name: t("register.redirect"), value: <CopyText whole text={REDIRECT} name={t("register.redirect")} /> },
          { name: t("register.permission"), value: t("register.permissionValue") },
        ]}
      />
    </section>
  );
}

function Guide({ view, again, onBack }: { view: SignInView; again: () => void; onBack: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(["connect-workspace", "shared"]);
  const [form, setForm] = useState<ConnectionForm>(view.form);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [passphrase, setPassphrase] = useState(false);
  const show = useShowStart();
  const begin = useWrite("beginSignIn", { onDone: again });
  const make = useWrite("makeLiveWorkspace", { silent: true, onDone: (start) => { show(start, onBack); } });
  const cancel = useWrite("cancelSignIn", { onDone: again });
  // What was changed since is not wrong any more until it is tried again.
  const problems = (begin.data?.problems ?? []).filter((one) => !left.includes(one.field));
  const error = (field: ConnectionFieldName) => {
    const found = problems.find((one) => one.field === field);
    return found && t(`connect-workspace:problem.${found.problem}`);
  };
  const change = (field: ConnectionFieldName | "cloud", part: Partial<ConnectionForm>) => {
    setForm((before) => ({ ...before, ...part }));
    setLeft((before) => [...before, field]);
  };
  const start = (way: SignInWay) => {
    setLeft([]);
    begin.mutate([form, way]);
  };
  const editing = view.step === "idle" || view.step === "failed";
  const text = (field: "tenant" | "client" | "api" | "authority", hint?: string) => (
    <FormField required label={t(`connect-workspace:form.${field}`)} hint={hint} error={error(field)}>
      <Input disabled={!editing} value={form[field]} autoComplete="off" spellCheck={false} onChange={(_event, data) => { change(field, { [field]: data.value }); }} />
    </FormField>
  );
  return (
    <>
      <section className={styles.card} aria-label={t("connect-workspace:form.title")}>
        <Subtitle2 as="h2">{t("connect-workspace:form.title")}</Subtitle2>
        <div className={styles.fields}>
          <FormField required label={t("connect-workspace:form.cloud")} width={320}>
            <Dropdown inlinePopup listbox={{ className: styles.listbox }} disabled={!editing} value={t(`connect-workspace:cloud.${form.cloud}`)} selectedOptions={[form.cloud]}
              onOptionSelect={(_event, data) => {
                const cloud = CLOUDS.find((one) => one === data.optionValue);
                if (cloud) change("cloud", { cloud });
              }}
            >
              {CLOUDS.map((cloud) => (
                <Option key={cloud} value={cloud}>
                  {t(`connect-workspace:cloud.${cloud}`)}
                </Option>
              ))}
            </Dropdown>
          </FormField>
          {text("tenant", t("connect-workspace:form.tenantHint"))}
          {text("client", t("connect-workspace:form.clientHint"))}
          {form.cloud === "custom" && text("api", t("connect-workspace:form.apiHint"))}
          {form.cloud === "custom" && text("authority", t("connect-workspace:form.apiHint"))}
        </div>
      </section>
      <section className={styles.card} aria-label={t("connect-workspace:signIn.title")}>
        <Subtitle2 as="h2">{t("connect-workspace:signIn.title")}</Subtitle2>
        <SignInProgress
          view={view}
          done={
            <>
              <Body1>{t("connect-workspace:signIn.doneText")}</Body1>
              {make.error &&
                (make.error.code === "keychain_unavailable" ? (
                  <NoKeychain onChoose={() => { setPassphrase(true); }} />
                ) : (
                  <Caption1 role="alert">{t(`shared:error.${make.error.code}`)}</Caption1>
                ))}
              <div className={styles.row}>
                <Button appearance="primary" data-primary disabledFocusable={make.isPending} onClick={() => { make.mutate([]); }}>
                  {t("connect-workspace:signIn.make")}
                </Button>
                <Button disabledFocusable={make.isPending} onClick={() => { cancel.mutate([]); }}>
                  {t("connect-workspace:signIn.other")}
                </Button>
              </div>
            </>
          }
        >
          <Body1>{t("connect-workspace:signIn.what")}</Body1>
          <div className={styles.row}>
            <Button appearance="primary" data-primary icon={<GlobeRegular />} disabledFocusable={begin.isPending} onClick={() => { start("browser"); }}>
              {t("connect-workspace:signIn.browser")}
            </Button>
            <Button icon={<PhoneLaptopRegular />} disabledFocusable={begin.isPending} onClick={() => { start("device_code"); }}>
              {t("connect-workspace:signIn.device")}
            </Button>
          </div>
        </SignInProgress>
      </section>
      <PassphrasePanel kind="live" open={passphrase} onClose={() => { setPassphrase(false); }} onMade={onBack} />
    </>
  );
}

/** The page; `framed` when it stands inside the window's frame, which has the landmark. It waits for what was typed last before it shows the form. */
export function ConnectWorkspace({ onBack, framed = false }: { onBack: () => void; framed?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation(["connect-workspace", "shared"]);
  const state = useRead("signInState");
  const cancel = useWrite("cancelSignIn");
  const Root = framed ? "div" : "main";
  return (
    <Root className={styles.desk}>
      <div className={styles.middle}>
        <div>
          <Button
            appearance="subtle"
            icon={<ArrowLeftRegular />}
            onClick={() => {
              // Who leaves gives up what is under way: nothing waits for a browser behind another page.
              cancel.mutate([]);
              onBack();
            }}
          >
            {t("connect-workspace:back")}
          </Button>
        </div>
        <header>
          <Title2 as="h1" className={styles.title} data-page-title tabIndex={-1}>
            {t("connect-workspace:title")}
          </Title2>
          <Body1 className={styles.quiet}>{t("connect-workspace:caption")}</Body1>
        </header>
        <div className={styles.steps}>
          <Register />
          <div className={styles.column}>
            {state.data ? (
              <Guide view={state.data} again={() => void state.refetch()} onBack={onBack} />
            ) : state.error ? (
              <ErrorState why={t(`shared:error.${state.error.code}`)} onRetry={() => void state.refetch()} />
            ) : (
              <LoadingRows />
            )}
          </div>
        </div>
      </div>
    </Root>
  );
}
