// Names and values side by side.
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { SMALL } from "./theme";

const useStyles = makeStyles({
  list: { display: "grid", gridTemplateColumns: "minmax(120px, max-content) 1fr", columnGap: "16px", rowGap: "8px", margin: 0, [SMALL]: { gridTemplateColumns: "minmax(0, 1fr)", rowGap: "2px" } },
  name: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
  value: { margin: 0, minWidth: 0, overflowWrap: "anywhere" },
});

export interface Fact {
  name: string;
  value: ReactNode;
}

/** A description list. */
export function FactList({ facts }: { facts: Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.flatMap(({ name, value }) => [
        <dt key={`${name} name`} className={styles.name}>
          {name}
        </dt>,
        <dd key={name} className={styles.value}>
          {value}
        </dd>,
      ])}
    </dl>
  );
}
