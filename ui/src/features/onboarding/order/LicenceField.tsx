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

/**
 * The spin button. Stepping stops at the limits; typing beyond them is kept, and Rust says what would be right, so that
 * nothing typed changes silently.
 */
export function LicenceField({ path, value, fewest, most, name, small = false, onChange }: LicenceFieldProps) {
  const { t } = useTranslation("onboarding");
  const form = useForm();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  useEffect(() => {
    setTyped(undefined);
  }, [value]);
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
        const next = data.value ?? Number.parseInt(data.displayValue ?? "", 10);
        if (!Number.isFinite(next)) return;
        const stepped = data.displayValue === undefined;
        const bounded = stepped ? clamp(next, fewest, most) : clamp(next, 0, 1_000_000);
        setTyped(undefined);
        onChange(bounded);
      }}
      onInput={(event) => {
        const text = (event.target as HTMLInputElement).value;
        setTyped(text);
        if (/^\d{1,7}$/u.test(text)) onChange(Number(text));
      }}
      onFocus={() => {
        form.entered(path);
      }}
      onBlur={() => {
        setTyped(undefined);
        form.left(path);
      }}
    />
  );
}

function clamp(value: number, fewest: number, most: number): number {
  return Math.min(Math.max(value, fewest), most > 0 ? most : Number.MAX_SAFE_INTEGER);
}
