// Onboarding: the wizard and its confirmation.
export { ConfirmationPage } from "./confirmation/ConfirmationPage";
export { WizardPage } from "./WizardPage";
