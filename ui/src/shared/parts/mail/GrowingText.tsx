// A text of several lines that is as high as what stands in it, so that the page scrolls and not the field.
import { Textarea, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useLayoutEffect, useRef, type KeyboardEvent, type Ref } from "react";

const useStyles = makeStyles({
  root: { width: "100%", backgroundColor: "transparent", "& > textarea": { maxHeight: "none", minHeight: "24px", padding: "4px 8px", overflow: "hidden", lineHeight: tokens.lineHeightBase400 } },
  plain: { borderTopColor: "transparent", borderRightColor: "transparent", borderBottomColor: "transparent", borderLeftColor: "transparent", ":hover": { border: `1px solid ${tokens.colorNeutralStroke1Hover}` } },
  roomy: { "& > textarea": { minHeight: "92px" } },
});

export interface GrowingTextProps {
  value: string;
  onChange: (text: string) => void;
  label: string;
  readOnly?: boolean;
  /** A few lines high also when empty. */
  roomy?: boolean;
  /** Without a frame, where the card around it is one. */
  plain?: boolean;
  field?: string;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  textRef?: Ref<HTMLTextAreaElement>;
}

/** A field that grows. */
export function GrowingText({ value, onChange, label, readOnly = false, roomy = false, plain = false, field, onKeyDown, textRef }: GrowingTextProps) {
  const styles = useStyles();
  const own = useRef<HTMLTextAreaElement | null>(null);
  useLayoutEffect(() => {
    const element = own.current;
    if (!element) return undefined;
    const fit = () => {
      element.style.height = "auto";
      element.style.height = `${String(element.scrollHeight)}px`;
    };
    fit();
    // Another width breaks the lines elsewhere.
    let width = element.clientWidth;
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      fit();
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
    };
  }, [value]);
  return (
    <Textarea
      className={mergeClasses(styles.root, roomy && styles.roomy, plain && styles.plain)}
      appearance="outline"
      resize="none"
      value={value}
      readOnly={readOnly}
      aria-label={label}
      data-field={field}
      spellCheck={false}
      textarea={{
        ref: (element: HTMLTextAreaElement | null) => {
          own.current = element;
          if (typeof textRef === "function") textRef(element);
          else if (textRef) textRef.current = element;
        },
      }}
      onKeyDown={onKeyDown}
      onChange={(_event, data) => {
        onChange(data.value);
      }}
    />
  );
}
