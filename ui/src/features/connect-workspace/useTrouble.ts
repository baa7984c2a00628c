// The words for why nobody is signed in, and what to do.
import { useTranslation } from "@/shared/i18n";
import type { SignInTroubleView } from "@/shared/ipc";

/** Title and way out, with the names and figures that they need. */
export function useTrouble(): (trouble: SignInTroubleView) => { title: string; what: string } {
  const { t } = useTranslation("connect-workspace");
  return (trouble) => {
    const named = { expected: trouble.expected, found: trouble.found, number: String(trouble.number), minutes: Math.max(1, Math.round(Math.abs(trouble.seconds) / 60)) };
    return { title: t(`trouble.${trouble.kind}.title`, named), what: t(`trouble.${trouble.kind}.do`, named) };
  };
}
