// Onboarding: the wizard and its confirmation.
export { ConfirmationPage } from "./confirmation/ConfirmationPage";
export { usePlanText } from "./order/planText";
export { WizardPage } from "./WizardPage";
