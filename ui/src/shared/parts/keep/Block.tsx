// A titled block beside a page.
import { Subtitle2, makeStyles } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  block: { display: "flex", flexDirection: "column", gap: "6px", minWidth: 0 },
});

/** The block. */
export function Block({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.block} aria-label={title}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      {children}
    </section>
  );
}
