// What time it is for the trade: windows close and terms end by the clock of Partner Center, which runs ahead on a practice
// day. What this computer wrote down (operations, notes, readings) counts by its own clock, as `useFormat` does.
import { createContext, useContext, useMemo, type ReactNode } from "react";
import { createFormat, useFormat, useTranslation, type Format } from "@/shared/i18n";
import { useReadWhen } from "@/shared/ipc";

const HOUR = 3_600_000;

export interface Trade {
  /** Formats that count from the trade's now. */
  format: Format;
  /** Now, RFC 3339 in UTC. */
  now: () => string;
}

const Clock = createContext<Trade | undefined>(undefined);

/** The clock of one workspace, for all of its screens. */
export function TradeClock({ practice, children }: { practice: boolean; children: ReactNode }) {
  const own = useFormat();
  const { i18n } = useTranslation();
  const language = i18n.language;
  const ahead = (useReadWhen(practice, "practiceClock").data?.hoursAhead ?? 0) * HOUR;
  const trade = useMemo((): Trade => {
    const now = () => new Date(Date.now() + ahead);
    return { format: ahead === 0 ? own : createFormat(language, now), now: () => now().toISOString() };
  }, [ahead, language, own]);
  return <Clock.Provider value={trade}>{children}</Clock.Provider>;
}

/** The trade's clock; this computer's where no workspace is open. */
export function useTrade(): Trade {
  const own = useFormat();
  return useContext(Clock) ?? { format: own, now: () => new Date().toISOString() };
}
