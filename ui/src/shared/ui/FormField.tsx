// A form field: label above, hint below, error in the hint's place.
import { Field, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";

const useStyles = makeStyles({
  field: { minWidth: 0 },
});

export interface FormFieldProps {
  label: string;
  required?: boolean;
  hint?: string;
  /** What would be right; shown when the field was left. */
  error?: string;
  /** Width in pixels; as wide as its place when absent. */
  width?: number;
  /** Id that the control was given, for one that doesn't take the field's own. */
  controlId?: string;
  children: ReactElement;
}

/** Label, control, and hint or error. */
export function FormField({ label, required = false, hint, error, width, controlId, children }: FormFieldProps) {
  const styles = useStyles();
  const wrong = error !== undefined && error !== "";
  return (
    <Field
      className={styles.field}
      style={width === undefined ? undefined : { width }}
      label={controlId === undefined ? label : { children: label, htmlFor: controlId }}
      required={required}
      hint={wrong ? undefined : hint}
      validationState={wrong ? "error" : "none"}
      validationMessage={wrong ? error : undefined}
    >
      {children}
    </Field>
  );
}
