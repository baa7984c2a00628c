// The two ways into the wizard, used from several pages.
import { useNavigate } from "react-router";
import { useWrite } from "@/shared/ipc";

/** Begins a draft for a new customer of a reseller, and opens it. */
export function useAddCustomer(): { add: (resellerId: string) => void; busy: boolean } {
  const navigate = useNavigate();
  const write = useWrite("startCustomerDraft", { onDone: (draft) => void navigate(`/draft/${draft.id}`) });
  return { add: (resellerId) => { write.mutate([resellerId]); }, busy: write.isPending };
}

/** Begins a draft for more subscriptions of a customer, and opens it. */
export function useAddSubscription(): { add: (customerId: string) => void; busy: boolean } {
  const navigate = useNavigate();
  const write = useWrite("startSubscriptionDraft", { onDone: (draft) => void navigate(`/draft/${draft.id}`) });
  return { add: (customerId) => { write.mutate([customerId]); }, busy: write.isPending };
}
