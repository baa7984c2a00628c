// The blocks of a report. The same markup on screen, in the theme's colours, and on paper, black on white.
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReportBlock, ReportFact, ReportView } from "@/shared/ipc";

const quiet = { color: tokens.colorNeutralForeground2, "@media print": { color: "#444444" } };

const useStyles = makeStyles({
  kind: { ...quiet, margin: "0 0 2px", fontSize: "0.85em" },
  title: { margin: "0 0 10px", fontSize: "1.6em", lineHeight: 1.2, fontWeight: 600, overflowWrap: "anywhere" },
  section: { margin: "24px 0 4px", fontSize: "1.15em", fontWeight: 600, breakAfter: "avoid" },
  heading: { display: "flex", justifyContent: "space-between", gap: "16px", margin: "10px 0 4px", paddingTop: "8px", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, breakAfter: "avoid", "@media print": { borderTop: "1px solid #999999" } },
  name: { margin: 0, fontSize: "1em", fontWeight: 600, overflowWrap: "anywhere", minWidth: 0 },
  note: { flex: "0 0 auto", maxWidth: "45%", textAlign: "end" },
  facts: { display: "grid", gridTemplateColumns: "repeat(2, max-content minmax(0, 1fr))", columnGap: "14px", rowGap: "2px", margin: "0 0 4px", breakInside: "avoid" },
  label: quiet,
  value: { margin: 0, overflowWrap: "anywhere" },
  table: { width: "100%", borderCollapse: "collapse", fontVariantNumeric: "tabular-nums", margin: "4px 0" },
  head: { ...quiet, fontWeight: 400, fontSize: "0.85em", textAlign: "start", padding: "2px 10px 2px 0", verticalAlign: "bottom" },
  headRight: { ...quiet, fontWeight: 400, fontSize: "0.85em", textAlign: "end", padding: "2px 10px", verticalAlign: "bottom" },
  cell: { textAlign: "start", padding: "2px 10px 2px 0", verticalAlign: "top" },
  cellRight: { textAlign: "end", padding: "2px 10px", verticalAlign: "top", whiteSpace: "nowrap" },
  row: { breakInside: "avoid" },
  list: { margin: "4px 0", paddingLeft: "20px" },
  text: { ...quiet, margin: "4px 0" },
});

function Facts({ facts }: { facts: readonly ReportFact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {facts.flatMap((fact, at) => [
        <dt key={`${String(at)} label`} className={styles.label}>
          {fact.label}
        </dt>,
        <dd key={at} className={styles.value}>
          {fact.value}
        </dd>,
      ])}
    </dl>
  );
}

function Block({ block }: { block: ReportBlock }) {
  const styles = useStyles();
  switch (block.kind) {
    case "section":
      return <h3 className={styles.section}>{block.text}</h3>;
    case "heading":
      return (
        <div className={styles.heading}>
          <h4 className={styles.name}>{block.text}</h4>
          <span className={styles.note}>{block.note}</span>
        </div>
      );
    case "facts":
      return <Facts facts={block.facts} />;
    case "table":
      return (
        <table className={styles.table}>
          <thead>
            <tr>
              {block.columns.map((column) => (
                <th key={column.head} scope="col" className={column.right ? styles.headRight : styles.head}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at} className={styles.row}>
                {row.map((cell, column) => (
                  <td key={column} className={block.columns[column]?.right === true ? styles.cellRight : styles.cell}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "list":
      return (
        <ul className={styles.list}>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case "text":
      return <p className={styles.text}>{block.text}</p>;
  }
}

/** Title, facts and blocks. */
export function Sheet({ report }: { report: ReportView }) {
  const styles = useStyles();
  return (
    <>
      <p className={styles.kind}>{report.kind}</p>
      <h2 className={styles.title}>{report.title}</h2>
      <Facts facts={report.facts} />
      {report.blocks.map((block, at) => (
        <Block key={at} block={block} />
      ))}
    </>
  );
}
