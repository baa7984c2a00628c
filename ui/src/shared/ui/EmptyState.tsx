// What a page shows when there is nothing: what is missing, why, and the ways on. Also errors and loading.
import { Body1, Body1Strong, Button, Caption1, Skeleton, SkeletonItem, Subtitle1, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, DocumentBulletListRegular, WarningRegular, type FluentIcon } from "@fluentui/react-icons";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "@/shared/i18n";

const useStyles = makeStyles({
  box: { maxWidth: "600px", margin: "48px auto 28px", width: "100%" },
  art: {
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    width: "80px",
    height: "60px",
    borderRadius: "8px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground3,
    fontSize: "28px",
    marginBottom: "24px",
  },
  title: { display: "block" },
  why: { display: "block", color: tokens.colorNeutralForeground2, marginTop: "4px", marginBottom: "20px" },
  way: {
    display: "flex",
    alignItems: "center",
    gap: "16px",
    minHeight: "68px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  wayIcon: { fontSize: "20px", display: "inline-flex", color: tokens.colorNeutralForeground2 },
  wayWords: { flex: "1 1 auto", display: "flex", flexDirection: "column" },
  second: { color: tokens.colorNeutralForeground2 },
  row: { display: "flex", alignItems: "center", gap: "16px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
});

/** One way on from an empty page. */
export interface WayOn {
  icon: FluentIcon;
  title: string;
  detail: string;
  action: ReactNode;
}

/** Nothing here: says what is missing, why, and how to go on. */
export function EmptyState({ icon: Icon = DocumentBulletListRegular, title, why, ways = [], action }: { icon?: FluentIcon; title: string; why: string; ways?: WayOn[]; action?: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.box} aria-label={title}>
      <span className={styles.art} aria-hidden>
        <Icon />
      </span>
      <Subtitle1 as="h2" className={styles.title}>
        {title}
      </Subtitle1>
      <Body1 className={styles.why}>{why}</Body1>
      {action}
      {ways.map(({ icon: WayIcon, title: way, detail, action: button }) => (
        <div key={way} className={styles.way}>
          <span className={styles.wayIcon} aria-hidden>
            <WayIcon />
          </span>
          <span className={styles.wayWords}>
            <Body1Strong>{way}</Body1Strong>
            <Caption1 className={styles.second}>{detail}</Caption1>
          </span>
          {button}
        </div>
      ))}
    </section>
  );
}

/** Something could not be read: why, and again. */
export function ErrorState({ why, onRetry }: { why: string; onRetry?: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  return (
    <section className={styles.box} role="alert">
      <span className={styles.art} aria-hidden>
        <WarningRegular />
      </span>
      <Subtitle2 as="h2" className={styles.title}>
        {t("ui.errorTitle")}
      </Subtitle2>
      <Body1 className={styles.why}>{why}</Body1>
      {onRetry && (
        <Button icon={<ArrowClockwiseRegular />} onClick={onRetry}>
          {t("ui.retry")}
        </Button>
      )}
    </section>
  );
}

/** Skeleton rows, from 300 ms on: what is local paints at once and must not flicker. */
export function LoadingRows({ rows = 8, height = 44 }: { rows?: number; height?: number }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
    }, 300);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (!late) return null;
  return (
    <Skeleton aria-label={t("ui.loading")}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.row} style={{ height }}>
          <SkeletonItem size={16} style={{ width: `${String(30 + ((index * 17) % 25))}%` }} />
          <SkeletonItem size={16} style={{ width: "12%" }} />
          <SkeletonItem size={16} style={{ width: "20%" }} />
        </div>
      ))}
    </Skeleton>
  );
}
