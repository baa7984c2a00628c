// A number of licences: typed or stepped, within what the product allows.
import { SpinButton } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useForm } from "../draft/FormContext";

export interface LicenceFieldProps {
  path: string;
  value: number;
  fewest: number;
  most: number;
  /** Name where no label stands beside it. */
  name?: string;
  small?: boolean;
  onChange: (value: number) => void;
}

/** What counts as a number of licences. */
const WHOLE = /^\d+$/u;
/** The most that goes over to Rust, which says what would be right. */
const MOST = 4_294_967_295;

/** What was typed as a number; none where it is no whole one. */
function counted(text: string): number {
  return WHOLE.test(text) ? Math.min(Number(text), MOST) : 0;
}

/**
 * The spin button. Stepping stops at the limits. What is typed stays as it is, also on the way to another step and back:
 * beyond the limits it counts as what it is, no whole number counts as none, and Rust says what would be right. A none
 * that nobody typed (the draft was opened anew) is an empty field, never a 0.
 */
export function LicenceField({ path, value, fewest, most, name, small = false, onChange }: LicenceFieldProps) {
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const [typed, setTyped] = useState(() => form.typed.get(path));
  const keep = (text: string | undefined) => {
    if (text === undefined) form.typed.delete(path);
    else form.typed.set(path, text);
    setTyped(text);
  };
  const written = value === 0 ? "" : String(value);
  // Changed from elsewhere, it is no longer what was typed.
  const shown = typed !== undefined && counted(typed) === value ? typed : written;
  const take = (text: string) => {
    keep(text);
    onChange(counted(text));
  };
  return (
    <SpinButton
      size={small ? "small" : "medium"}
      value={shown === String(value) ? value : null}
      displayValue={shown}
      step={1}
      stepPage={10}
      min={0}
      data-field={path}
      aria-label={name}
      incrementButton={{ "aria-label": t("order.more") }}
      decrementButton={{ "aria-label": t("order.fewer") }}
      input={{ style: { width: small ? 60 : undefined } }}
      onChange={(_event, data) => {
        if (data.displayValue !== undefined) {
          take(data.displayValue.trim());
          return;
        }
        keep(undefined);
        onChange(clamp(data.value ?? fewest, fewest, most));
      }}
      onInput={(event) => {
        take((event.target as HTMLInputElement).value.trim());
      }}
      onFocus={() => {
        form.entered(path);
      }}
      onBlur={() => {
        // `007` is written as 7; what is wrong stays.
        if (typed !== undefined && value > 0 && Number(typed) === value) keep(undefined);
        form.left(path);
      }}
    />
  );
}

function clamp(value: number, fewest: number, most: number): number {
  return Math.min(Math.max(value, fewest), most > 0 ? most : Number.MAX_SAFE_INTEGER);
}
