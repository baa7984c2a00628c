// What every field of the wizard needs: the content, what Rust says of it, and how to change it.
import type { CustomerFormView, DraftCheck, DraftContentView } from "@/shared/ipc";
import { createContext, useContext } from "react";

/** The form around a field. */
export interface WizardForm {
  readonly content: DraftContentView;
  readonly check: DraftCheck;
  /** Numbers as they were typed where that is not how they are written, by field: kept while the wizard is open. */
  readonly typed: Map<string, string>;
  /** Text of the problem to show at a field; none while it was not left. */
  problem: (path: string) => string | undefined;
  edit: (change: (content: DraftContentView) => DraftContentView) => void;
  /** The focus came to a field. */
  entered: (path: string) => void;
  /** The focus left a field: its problem is shown from now on. */
  left: (path: string) => void;
}

const Form = createContext<WizardForm | undefined>(undefined);

/** Hands the form to the fields inside. */
export const FormProvider = Form.Provider;

/** The form around. */
export function useForm(): WizardForm {
  const form = useContext(Form);
  if (form === undefined) throw new Error("a field of the wizard stands outside of its form");
  return form;
}

/** Changes one field of step 1. */
export function withCustomer(content: DraftContentView, change: Partial<CustomerFormView>): DraftContentView {
  return { ...content, customer: { ...content.customer, ...change } };
}
