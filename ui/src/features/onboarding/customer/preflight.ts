// How the lines of Preflight are told: which group they stand in, in which order, and with which words.
import type { PreflightItem, PreflightLine, PreflightState } from "@/shared/ipc";

/** Items that only Partner Center can answer. */
const REMOTE: readonly PreflightItem[] = ["domain_free", "address_known", "reseller_fit"];

const URGENCY: Record<PreflightState, number> = { problem: 0, warning: 1, good: 2, asking: 3, when_sent: 4, open: 5 };

/** States for which an item has words of its own; for the others its name and the state are said. */
const SAID: Record<PreflightItem, readonly PreflightState[]> = {
  company_name: ["good", "open", "problem", "warning"],
  domain_prefix: ["good", "open", "problem"],
  registration_number: ["good", "open", "problem"],
  postal_code: ["good", "open", "problem"],
  contact: ["good", "open", "problem"],
  signer: ["good", "open", "problem"],
  duplicate: ["good", "open", "problem", "warning"],
  domain_free: ["good", "problem", "warning", "when_sent", "asking"],
  address_known: ["good", "problem", "warning", "when_sent", "asking"],
  reseller_fit: ["good", "open", "problem", "warning", "when_sent", "asking"],
};

/** Whether an item has a sentence for a state. */
export function hasSentence(item: PreflightItem, state: PreflightState): boolean {
  return SAID[item].includes(state);
}

/** Lines checked on this laptop, and lines that Partner Center answers; the most urgent first. */
export function groupLines(lines: readonly PreflightLine[]): { here: PreflightLine[]; sent: PreflightLine[] } {
  const sorted = [...lines].sort((a, b) => URGENCY[a.state] - URGENCY[b.state]);
  return {
    here: sorted.filter((line) => !REMOTE.includes(line.item)),
    sent: lines.filter((line) => REMOTE.includes(line.item)),
  };
}

/** A sentence in three parts, the middle one leading to the field: `[Postal code] does not fit Poland`. */
export function splitLink(sentence: string): { before: string; link: string; after: string } {
  const parts = /^(.*?)\[(.+?)\](.*)$/su.exec(sentence);
  if (!parts) return { before: sentence, link: "", after: "" };
  return { before: parts[1] ?? "", link: parts[2] ?? "", after: parts[3] ?? "" };
}
