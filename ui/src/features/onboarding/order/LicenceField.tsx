// A number of licences: typed or stepped, within what the product allows.
import { SpinButton } from "@fluentui/react-components";
import { useEffect, useState } from "react";
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
const WHOLE = /^\d{1,7}$/u;

/**
 * The spin button. Stepping stops at the limits. What is typed stays as it is: beyond the limits, or no whole number, it
 * counts as none, and Rust says what would be right.
 */
export function LicenceField({ path, value, fewest, most, name, small = false, onChange }: LicenceFieldProps) {
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  useEffect(() => {
    setTyped((text) => (text !== undefined && value === 0 && !WHOLE.test(text) ? text : undefined));
  }, [value]);
  const take = (text: string) => {
    setTyped(text);
    onChange(WHOLE.test(text) ? Number(text) : 0);
  };
  return (
    <SpinButton
      size={small ? "small" : "medium"}
      value={typed === undefined ? value : null}
      displayValue={typed ?? String(value)}
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
        setTyped(undefined);
        onChange(clamp(data.value ?? fewest, fewest, most));
      }}
      onInput={(event) => {
        take((event.target as HTMLInputElement).value.trim());
      }}
      onFocus={() => {
        form.entered(path);
      }}
      onBlur={() => {
        setTyped((text) => (text !== undefined && !WHOLE.test(text) ? text : undefined));
        form.left(path);
      }}
    />
  );
}

function clamp(value: number, fewest: number, most: number): number {
  return Math.min(Math.max(value, fewest), most > 0 ? most : Number.MAX_SAFE_INTEGER);
}
