// A fact of the setup info with a button that copies it.
import { Button } from "@fluentui/react-components";
import { CheckmarkRegular, CopyRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite } from "@/shared/ipc";
import { useAnnounce } from "@/shared/ui";
import { useCardStyles } from "./cardStyles";

const COPIED_MS = 4000;

/** `label` is the button's name: what is copied. */
export function CopyRow({ name, value, label, mono = false }: { name: string; value: string; label: string; mono?: boolean }) {
  const styles = useCardStyles();
  const { t } = useTranslation("onboarding");
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  const copy = useWrite("copyText", {
    onDone: () => {
      setCopied(true);
      announce(t("setup.copied"));
    },
  });
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, COPIED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return (
    <div className={styles.row}>
      <dt className={styles.name}>{name}</dt>
      <dd className={mono ? styles.mono : styles.value}>{value}</dd>
      <dd className={styles.act}>
        <Button
          size="small"
          appearance="subtle"
          icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
          aria-label={label}
          title={copied ? t("setup.copied") : label}
          onClick={() => {
            copy.mutate([value]);
          }}
        />
      </dd>
    </div>
  );
}
