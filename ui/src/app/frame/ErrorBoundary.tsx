// A page that fails takes only itself down: the frame stays, and what was typed is in the book.
import { Button } from "@fluentui/react-components";
import { ArrowClockwiseRegular, WarningRegular } from "@fluentui/react-icons";
import { Component, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";
import { EmptyState } from "@/shared/ui";

function Crashed({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation("app");
  return (
    <EmptyState
      icon={WarningRegular}
      title={t("crash.title")}
      why={t("crash.why")}
      action={
        <Button icon={<ArrowClockwiseRegular />} onClick={onAgain}>
          {t("crash.again")}
        </Button>
      }
    />
  );
}

/** Catches what a page throws while rendering. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Crashed onAgain={() => { this.setState({ failed: false }); }} />;
  }
}
