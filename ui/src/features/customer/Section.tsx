// A block of the page: heading, its action, a hairline above.
import { Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  section: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: "20px", ":first-child": { borderTop: "none", paddingTop: 0 } },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "12px", minHeight: "24px", marginBottom: "6px" },
});

/** One block. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.head}>
        <Subtitle2 as="h2">{title}</Subtitle2>
        {action}
      </div>
      {children}
    </section>
  );
}
