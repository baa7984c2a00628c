// Step 1: who the customer is.
import { ChosenResellerShield } from "@/shared/parts/shield";
import { useForm } from "../draft/FormContext";
import { AddressGroup } from "./AddressGroup";
import { CompanyGroup } from "./CompanyGroup";
import { DomainGroup } from "./DomainGroup";
import { Form } from "./layout";
import { AgreementGroup, ContactGroup, QualificationGroup } from "./PeopleGroups";

/** Only the signer: the rest of the customer stands as approved. */
export function AgreementStep() {
  return (
    <Form>
      <AgreementGroup />
    </Form>
  );
}

/** The form, as the chosen country wants it. */
export function CustomerStep() {
  return (
    <Form>
      <ChosenResellerShield resellerId={useForm().content.resellerId} />
      <CompanyGroup />
      <DomainGroup />
      <AddressGroup />
      <ContactGroup />
      <AgreementGroup />
      <QualificationGroup />
    </Form>
  );
}
