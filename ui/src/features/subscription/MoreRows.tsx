// The next rows of a list on a press. The focus goes on to the first of them: the button may be gone.
import { Button, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef, type RefObject } from "react";
import { useTranslation } from "@/shared/i18n";

const useStyles = makeStyles({ more: { marginTop: "12px" } });

export interface MoreRowsProps {
  list: RefObject<HTMLUListElement | null>;
  shown: number;
  /** There are more. */
  more: boolean;
  pending: boolean;
  onMore: () => void;
}

/** Nothing where all rows are shown. */
export function MoreRows({ list, shown, more, pending, onMore }: MoreRowsProps) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const from = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (from.current === undefined || shown <= from.current) return;
    list.current?.children[from.current]?.querySelector<HTMLElement>("input, a, button")?.focus();
    from.current = undefined;
  }, [list, shown]);
  if (!more) return null;
  return (
    <Button
      className={styles.more}
      disabledFocusable={pending}
      onClick={() => {
        if (pending) return;
        from.current = shown;
        onMore();
      }}
    >
      {t("ending.more")}
    </Button>
  );
}
