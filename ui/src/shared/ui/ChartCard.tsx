// A card with a chart, and a switch that shows the same figures as a table.
import { Caption1, Card, Link, Subtitle2, ToggleButton, Tooltip, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DataBarVerticalFilled, DataBarVerticalRegular, TableSimpleFilled, TableSimpleRegular } from "@fluentui/react-icons";
import { useState, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";

const useStyles = makeStyles({
  card: {
    display: "block",
    padding: "12px 16px 16px",
    borderRadius: "8px",
    boxShadow: "none",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: "hidden",
  },
  head: { display: "flex", alignItems: "center", gap: "8px", minHeight: "28px" },
  words: { flex: "1 1 auto", display: "flex", alignItems: "baseline", gap: "8px", minWidth: 0 },
  note: { whiteSpace: "nowrap", color: tokens.colorNeutralForeground3 },
  legend: { display: "flex", gap: "16px", marginTop: "2px" },
  key: { display: "inline-flex", alignItems: "center", gap: "6px", color: tokens.colorNeutralForeground2 },
  swatch: { width: "11px", height: "11px", borderRadius: "2px", forcedColorAdjust: "none" },
  table: { width: "100%", borderCollapse: "collapse", marginTop: "8px", fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  head1: { textAlign: "start", fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2, padding: "4px 8px 4px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke1}` },
  cell: { padding: "4px 8px 4px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, textAlign: "start", fontWeight: tokens.fontWeightRegular },
  end: { textAlign: "end", paddingRight: 0 },
  pressed: { color: tokens.colorCompoundBrandForeground1 },
});

export interface ChartTable {
  heads: string[];
  rows: { key: string; cells: string[]; onOpen: () => void }[];
}

export interface ChartCardProps {
  title: string;
  note?: string;
  legend?: { name: string; colour: string }[];
  /** The figures as a table; the first cell of each row is a link. */
  table: ChartTable;
  children: ReactNode;
}

/** A chart with its table. */
export function ChartCard({ title, note, legend = [], table, children }: ChartCardProps) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const [asTable, setAsTable] = useState(false);
  return (
    <Card className={styles.card} role="group" aria-label={title}>
      <div className={styles.head}>
        <span className={styles.words}>
          <Subtitle2 as="h2">{title}</Subtitle2>
          {note !== undefined && <Caption1 className={styles.note}>{note}</Caption1>}
        </span>
        <Tooltip content={t("ui.showChart")} relationship="label">
          <ToggleButton appearance="transparent" size="small" checked={!asTable} className={mergeClasses(!asTable && styles.pressed)} icon={asTable ? <DataBarVerticalRegular /> : <DataBarVerticalFilled />} onClick={() => { setAsTable(false); }} />
        </Tooltip>
        <Tooltip content={t("ui.showTable")} relationship="label">
          <ToggleButton appearance="transparent" size="small" checked={asTable} className={mergeClasses(asTable && styles.pressed)} icon={asTable ? <TableSimpleFilled /> : <TableSimpleRegular />} onClick={() => { setAsTable(true); }} />
        </Tooltip>
      </div>
      {asTable ? (
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              {table.heads.map((head, index) => (
                <th key={head} scope="col" className={mergeClasses(styles.head1, index > 0 && styles.end)}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.key}>
                {row.cells.map((cell, index) =>
                  index === 0 ? (
                    <th key={index} scope="row" className={styles.cell}>
                      <Link as="button" onClick={row.onOpen}>
                        {cell}
                      </Link>
                    </th>
                  ) : (
                    <td key={index} className={mergeClasses(styles.cell, styles.end)}>
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <>
          {legend.length > 0 && (
            <div className={styles.legend}>
              {legend.map(({ name, colour }) => (
                <Caption1 key={name} className={styles.key}>
                  <span className={styles.swatch} style={{ backgroundColor: colour }} aria-hidden />
                  {name}
                </Caption1>
              ))}
            </div>
          )}
          {children}
        </>
      )}
    </Card>
  );
}
