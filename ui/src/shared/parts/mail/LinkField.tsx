// A field for an invitation link: what was pasted is looked at while it is typed, and Rust says what it is.
import { Caption1, Input, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { call, type LinkCheckView, type LinkKindView } from "@/shared/ipc";
import { useDebounced } from "@/shared/lib/useDebounced";
import { FormField } from "@/shared/ui";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0, width: "100%" },
  input: { width: "100%", minWidth: 0, "& > input": { minWidth: 0, width: "100%", fontFamily: tokens.fontFamilyMonospace, fontSize: "13px" } },
  good: { display: "flex", alignItems: "center", gap: "6px", color: tokens.colorNeutralForeground2 },
  tick: { display: "inline-flex", fontSize: "16px", color: tokens.colorPaletteGreenForeground1 },
});

/** What Rust says of a text; nothing until it was asked. */
export function useLinkCheck(kind: LinkKindView, text: string): LinkCheckView | undefined {
  const typed = useDebounced(text.trim(), 120);
  const [answer, setAnswer] = useState<{ text: string; check: LinkCheckView } | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void call("checkInvitationLink", kind, typed).then(
      (check) => {
        if (!gone) setAnswer({ text: typed, check });
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [kind, typed]);
  return answer !== undefined && answer.text === text.trim() ? answer.check : undefined;
}

/** The field. */
export function LinkField({ kind, label, hint, value, onChange, required = false }: { kind: LinkKindView; label: string; hint: string; value: string; onChange: (text: string) => void; required?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation(["shared", "partnership"]);
  const check = useLinkCheck(kind, value);
  const problem = check === undefined || check.problem === "" ? undefined : t(`partnership:problem.${check.problem as "linkEmpty"}`);
  return (
    <div className={styles.root}>
      <FormField label={label} hint={hint} required={required} error={problem}>
        <Input
          className={styles.input}
          type="url"
          value={value}
          autoComplete="off"
          spellCheck={false}
          placeholder={t("shared:mail.linkBegins")}
          onChange={(_event, data) => {
            onChange(data.value);
          }}
        />
      </FormField>
      {check?.fits === true && (
        <Caption1 className={styles.good} role="status">
          <span className={styles.tick} aria-hidden>
            <CheckmarkCircleRegular />
          </span>
          {t(`shared:mail.linkFits.${kind}`, { host: check.host })}
        </Caption1>
      )}
    </div>
  );
}
