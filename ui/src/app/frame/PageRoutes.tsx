// Which page an address shows.
import { Suspense, lazy, memo } from "react";
import { Navigate, Route, Routes, useNavigate } from "react-router";
import { ConnectWorkspace, SignInSection, Workspaces } from "@/features/connect-workspace";
import { CustomersPage } from "@/features/customers";
import { HomePage } from "@/features/home";
import { JournalPage } from "@/features/journal";
import { DifferencePage, EditCustomerPage, OutboxPage } from "@/features/outbox";
import { PlacePage, RepairPage, ResellerPage, ResellersPage } from "@/features/resellers";
import { ReportPage, ReviewPage, SessionsPage } from "@/features/session";
import { SettingsPage } from "@/features/settings";
import { useTranslation } from "@/shared/i18n";

// A start shows one page, most often a list. The larger ones of the others come when they are opened, as chunks of
// their own: the first picture waits for none of them.
const CataloguePage = lazy(() => import("@/features/catalogue").then((module) => ({ default: module.CataloguePage })));
const ConfirmationPage = lazy(() => import("@/features/onboarding").then((module) => ({ default: module.ConfirmationPage })));
const ConnectPage = lazy(() => import("@/features/connect").then((module) => ({ default: module.ConnectPage })));
const CustomerPage = lazy(() => import("@/features/customer").then((module) => ({ default: module.CustomerPage })));
const EndingPage = lazy(() => import("@/features/subscription").then((module) => ({ default: module.EndingPage })));
const InvitePage = lazy(() => import("@/features/partnership").then((module) => ({ default: module.InvitePage })));
const QueuePage = lazy(() => import("@/features/partnership").then((module) => ({ default: module.QueuePage })));
const RequestPage = lazy(() => import("@/features/partnership").then((module) => ({ default: module.RequestPage })));
const SubscriptionPage = lazy(() => import("@/features/subscription").then((module) => ({ default: module.SubscriptionPage })));
const SupportPage = lazy(() => import("@/features/subscription").then((module) => ({ default: module.SupportPage })));
const WizardPage = lazy(() => import("@/features/onboarding").then((module) => ({ default: module.WizardPage })));

function Settings() {
  const navigate = useNavigate();
  const { t } = useTranslation("connect-workspace");
  return (
    <SettingsPage
      signIn={{ title: t("section.title"), body: <SignInSection /> }}
      workspaces={{ title: t("workspaces.title"), body: <Workspaces onConnect={() => void navigate("/connect-workspace")} /> }}
    />
  );
}

function Connecting() {
  const navigate = useNavigate();
  return <ConnectWorkspace framed onBack={() => void navigate("/settings")} />;
}

/**
 * The page of the address, the one that is `otherwise` shown where there is no such page. Memoised: what the frame
 * around it hears, of the connection above all, is no reason to draw a list again.
 */
export const PageRoutes = memo(function PageRoutes({ otherwise }: { otherwise: string }) {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path="/home" element={<HomePage />} />
        <Route path="/resellers" element={<ResellersPage />} />
        <Route path="/resellers/place" element={<PlacePage />} />
        <Route path="/resellers/repair" element={<RepairPage />} />
        <Route path="/resellers/:id" element={<ResellerPage />} />
        <Route path="/resellers/request/:id" element={<RequestPage />} />
        <Route path="/resellers/invite" element={<InvitePage />} />
        <Route path="/resellers/invite/:batch" element={<QueuePage />} />
        <Route path="/customers" element={<CustomersPage />} />
        <Route path="/customers/connect/:id" element={<ConnectPage />} />
        <Route path="/customers/ending" element={<EndingPage />} />
        <Route path="/customers/support" element={<SupportPage />} />
        <Route path="/customers/:customerId" element={<CustomerPage />} />
        <Route path="/subscriptions/:id" element={<SubscriptionPage />} />
        <Route path="/customers/:customerId/edit" element={<EditCustomerPage />} />
        <Route path="/journal" element={<JournalPage />} />
        <Route path="/outbox" element={<OutboxPage />} />
        <Route path="/outbox/difference/:id" element={<DifferencePage />} />
        <Route path="/sessions" element={<SessionsPage />} />
        <Route path="/session/:id" element={<ReviewPage />} />
        <Route path="/session/:id/report" element={<ReportPage />} />
        <Route path="/catalogue" element={<CataloguePage />} />
        <Route path="/settings" element={<Settings />} />
        <Route path="/connect-workspace" element={<Connecting />} />
        <Route path="/draft/:id" element={<WizardPage />} />
        <Route path="/confirmation/:onboardingId" element={<ConfirmationPage />} />
        <Route path="*" element={<Navigate replace to={otherwise} />} />
      </Routes>
    </Suspense>
  );
});
