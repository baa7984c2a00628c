// Where a page belongs: the pages above it, each a way back.
import { Breadcrumb, BreadcrumbButton, BreadcrumbDivider, BreadcrumbItem, makeStyles, tokens } from "@fluentui/react-components";
import { Fragment } from "react";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";

const useStyles = makeStyles({
  crumbs: { marginLeft: "-8px" },
  button: { maxWidth: "36ch", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", display: "inline-block", color: tokens.colorBrandForegroundLink, ":hover": { color: tokens.colorBrandForegroundLinkHover, textDecorationLine: "underline" } },
});

export interface Crumb {
  name: string;
  to: string;
}

/** The pages above, from the top. The page itself is the heading below. */
export function Crumbs({ above }: { above: readonly Crumb[] }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const navigate = useNavigate();
  return (
    <Breadcrumb size="small" className={styles.crumbs} aria-label={t("mail.crumbs")}>
      {above.map(({ name, to }, index) => (
        <Fragment key={to}>
          {index > 0 && <BreadcrumbDivider />}
          <BreadcrumbItem>
            <BreadcrumbButton as="a" className={styles.button} href={`#${to}`} onClick={(event: React.MouseEvent) => { event.preventDefault(); void navigate(to); }}>
              {name}
            </BreadcrumbButton>
          </BreadcrumbItem>
        </Fragment>
      ))}
    </Breadcrumb>
  );
}
