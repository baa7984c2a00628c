// What a search hit opens, and which commands fit what was typed.
import type { SearchHit } from "@/shared/ipc";

/** Accents and case don't matter to a person who searches. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A command fits when each typed word begins one of its words. */
export function commandMatches(title: string, typed: string): boolean {
  const words = fold(title).split(/\s+/);
  return fold(typed).split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

/** The address of the thing found. */
export function hitAddress(hit: SearchHit): string {
  switch (hit.kind) {
    case "reseller":
      return `/resellers?open=${hit.id}`;
    case "customer":
      return `/customers?open=${hit.id}`;
    case "subscription":
      return `/subscriptions/${hit.id}`;
    case "operation":
      return `/outbox?operation=${hit.id}`;
  }
}
