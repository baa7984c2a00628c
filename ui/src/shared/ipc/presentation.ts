// One table from error code to what the person is told; a new code does not compile until it is presented.
import type { ErrorCode } from "./bindings";

/** How an error is shown: the key of its text in `shared:error`, and how loud. */
export interface ErrorPresentation {
  intent: "error" | "warning" | "info";
}

const PRESENTATIONS: Record<ErrorCode, ErrorPresentation> = {
  validation: { intent: "warning" },
  not_found: { intent: "warning" },
  stale: { intent: "info" },
  review_changed: { intent: "warning" },
  second_order: { intent: "warning" },
  not_allowed: { intent: "warning" },
  no_book: { intent: "error" },
  disk_full: { intent: "error" },
  disk_failed: { intent: "error" },
  keychain_unavailable: { intent: "error" },
  key_file_unavailable: { intent: "error" },
  book_unavailable: { intent: "error" },
  read_only_book: { intent: "warning" },
  internal: { intent: "error" },
};

/** How an error of this code is shown. */
export function errorPresentation(code: ErrorCode): ErrorPresentation {
  return PRESENTATIONS[code];
}
