// Workspaces on this laptop, in Settings: which is open, opening another, connecting a live one.
import { Body1, Button, makeStyles, tokens } from "@fluentui/react-components";
import { PlugConnectedRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type WorkspaceRow } from "@/shared/ipc";
import { useShowStart } from "@/shared/parts/restore";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  list: { listStyleType: "none", margin: 0, padding: 0, width: "100%" },
  row: { display: "flex", alignItems: "center", gap: "12px", minHeight: "44px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  name: { flex: "1 1 auto", minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What the section shows below its heading. */
export function Workspaces({ onConnect }: { onConnect: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation("connect-workspace");
  const show = useShowStart();
  const rows = useRead("workspaces").data ?? [];
  const open = useWrite("openWorkspace", { onDone: (start) => { show(start, () => undefined); } });
  const name = ({ workspace }: WorkspaceRow) => (workspace.name === "" ? t(`workspaces.${workspace.kind}`) : workspace.name);
  return (
    <div className={styles.stack}>
      <Body1>{t("workspaces.what")}</Body1>
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.workspace.id} className={styles.row}>
            <span className={styles.name}>
              {name(row)}
              {row.workspace.name !== "" && <span className={styles.quiet}> · {t(`workspaces.${row.workspace.kind}`)}</span>}
            </span>
            {row.open ? (
              <span className={styles.quiet}>{t("workspaces.isOpen")}</span>
            ) : (
              <Button size="small" aria-label={t("workspaces.openNamed", { name: name(row) })} disabledFocusable={open.isPending} onClick={() => { open.mutate([row.workspace.id]); }}>
                {t("workspaces.open")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button icon={<PlugConnectedRegular />} onClick={onConnect}>
        {t("workspaces.connect")}
      </Button>
    </div>
  );
}
