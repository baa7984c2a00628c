// A likely duplicate is pointed out, with a link; it blocks nothing.
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { BuildingMultipleRegular } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import type { DuplicateView } from "@/shared/ipc";

/** Why it is pointed out, by the words of Rust. */
const REASONS = ["domain", "registration_number", "name_and_town", "email"] as const;

const useStyles = makeStyles({
  bar: {
    marginTop: "10px",
    display: "flex",
    alignItems: "center",
    gap: "10px",
    padding: "7px 14px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  icon: { fontSize: "20px", color: tokens.colorNeutralForeground2, flex: "0 0 auto" },
});

/** One bar for each, at most three. */
export function DuplicateBar({ duplicates }: { duplicates: DuplicateView[] }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const navigate = useNavigate();
  return (
    <div role="status" aria-label={t("duplicate.label")}>
      {duplicates.slice(0, 3).map(({ customerId, name, town, domainPrefix, seats, because }) => {
        const reason = REASONS.find((one) => one === because) ?? "name_and_town";
        const place = [town, domainPrefix].filter((part) => part !== "").join(", ");
        const inBook = place === "" ? t("duplicate.bookNoTown", { name, count: seats }) : t("duplicate.book", { name, place, count: seats });
        const alike = t(`duplicate.${reason}`);
        return (
          <div key={customerId} className={styles.bar}>
            <BuildingMultipleRegular className={styles.icon} aria-hidden />
            <span>
              {`${inBook} ${alike} `}
              <Link
                as="button"
                inline
                onClick={() => {
                  void navigate(`/customers?open=${encodeURIComponent(customerId)}`);
                }}
              >
                {t("duplicate.open")}
              </Link>
            </span>
          </div>
        );
      })}
    </div>
  );
}
