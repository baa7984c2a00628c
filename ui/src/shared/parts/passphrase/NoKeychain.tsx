// Said where a key could not be kept: this computer has no keychain, and a passphrase can take its place (D4).
import { Caption1, Link } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";

/** The notice, with the way to the passphrase. */
export function NoKeychain({ onChoose }: { onChoose: () => void }) {
  const { t } = useTranslation("shared");
  return (
    <span role="alert">
      <Caption1>{t("passphrase.offer")}</Caption1>{" "}
      <Link inline onClick={onChoose}>
        {t("passphrase.title")}
      </Link>
    </span>
  );
}
