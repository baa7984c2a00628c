// The wizard's page: reads the draft, and says so when there is none any more.
import { Button } from "@fluentui/react-components";
import { DocumentDismissRegular } from "@fluentui/react-icons";
import { useNavigate, useParams } from "react-router";
import { useTranslation } from "@/shared/i18n";
import { useReadForForm } from "@/shared/ipc";
import { EmptyState, ErrorState, LoadingRows } from "@/shared/ui";
import { Wizard } from "./Wizard";

/** Route `/draft/:id`. */
export function WizardPage() {
  const { id = "" } = useParams();
  const { t } = useTranslation(["onboarding", "shared"]);
  const navigate = useNavigate();
  const draft = useReadForForm("getDraft", id);
  // The last draft's answer may still stand while this one is read.
  if (draft.data?.id === id) return <Wizard key={id} view={draft.data} />;
  if (draft.error?.code === "not_found") {
    return (
      <EmptyState
        icon={DocumentDismissRegular}
        title={t("onboarding:load.gone")}
        why={t("onboarding:load.goneText")}
        action={<Button onClick={() => void navigate("/customers")}>{t("onboarding:load.toCustomers")}</Button>}
      />
    );
  }
  if (draft.error) return <ErrorState why={t(`shared:error.${draft.error.code}`)} onRetry={() => void draft.refetch()} />;
  return <LoadingRows />;
}
