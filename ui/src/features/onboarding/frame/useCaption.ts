// The line under the wizard's title: whom it is for.
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, type WizardStepView } from "@/shared/ipc";
import type { DraftSnapshot } from "../draft/session";
import { isOrder, marketOf, nameOf } from "../draft/steps";

const SEGMENTS = ["education", "government_community_cloud", "state_owned_entity"] as const;

/** Says for whom the draft is, as far as it is known on this step. */
export function useCaption(shown: DraftSnapshot, step: WizardStepView): string {
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const { draft, content } = shown;
  const resellers = useRead("listResellers", { search: "", partnership: ["active"], sort: "name", descending: false });
  const id = isOrder(draft.purpose) ? content.resellerOfRecord : content.resellerId;
  const reseller = resellers.data?.rows.find((row) => row.id === id);

  if (step === "customer") {
    if (reseller === undefined) return content.resellerId === "" ? t("for.noReseller") : "";
    if (reseller.partnerId === "") return t("for.reseller", { reseller: reseller.name });
    return t("for.resellerId", { reseller: reseller.name, partnerId: reseller.partnerId });
  }
  const name = nameOf(draft, content);
  const country = marketOf(draft, content);
  const segment = SEGMENTS.find((each) => each === content.customer.qualification) ?? "none";
  const segmentName = t(`segment.${segment}`);
  const market = country === "" ? "" : `${format.country(country)}, ${segmentName}`;
  const whom = reseller === undefined ? "" : t("for.reseller", { reseller: reseller.name });
  return [name === "" ? t("for.unnamed") : name, step === "subscriptions" ? market : "", whom].filter((part) => part !== "").join(" · ");
}
