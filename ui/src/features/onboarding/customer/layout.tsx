// The rhythm of the form: groups under headings, twelve columns inside, one below the other where it is narrow.
import { Caption1, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CloudArrowUpRegular } from "@fluentui/react-icons";
import { useId, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";

const SMALL = "@media (max-width: 719px)";

const useStyles = makeStyles({
  form: { maxWidth: "800px", display: "flex", flexDirection: "column", rowGap: "24px" },
  group: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  head: { display: "flex", alignItems: "center", flexWrap: "wrap", columnGap: "10px", marginBottom: "10px", minHeight: "22px" },
  title: { margin: 0 },
  note: { display: "inline-flex", alignItems: "center", gap: "5px", color: tokens.colorNeutralForeground2 },
  icon: { fontSize: "16px" },
  grid: {
    display: "grid",
    gridTemplateColumns: "repeat(12, minmax(0, 1fr))",
    columnGap: "16px",
    rowGap: "14px",
    alignItems: "start",
    [SMALL]: { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  cell: { minWidth: 0, [SMALL]: { gridColumn: "auto !important" } },
});

/** Step 1 as a whole. */
export function Form({ children }: { children: ReactNode }) {
  return <div className={useStyles().form}>{children}</div>;
}

/** A group of fields; its name is part of what a screen reader says of each field. */
export function Group({
  title,
  note,
  whenSent = false,
  children,
}: {
  title: string;
  note?: string;
  whenSent?: boolean;
  children: ReactNode;
}) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={styles.group}>
      <div className={styles.head}>
        <Subtitle2 as="h2" id={id} className={styles.title}>
          {title}
        </Subtitle2>
        {whenSent && (
          <Caption1 className={styles.note}>
            <CloudArrowUpRegular className={styles.icon} aria-hidden />
            {t("group.checkedWhenSent")}
          </Caption1>
        )}
        {note !== undefined && <Caption1 className={styles.note}>{note}</Caption1>}
      </div>
      {children}
    </div>
  );
}

/** Twelve columns. */
export function Grid({ children }: { children: ReactNode }) {
  return <div className={useStyles().grid}>{children}</div>;
}

/** A place of `span` columns. */
export function Cell({ span, children }: { span: number; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.cell} style={{ gridColumn: `span ${String(span)}` }}>
      {children}
    </div>
  );
}
