// All problems of a step, said at once when Next was pressed, each a link to its field.
import { Link, MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { useTranslation } from "@/shared/i18n";
import type { FieldProblem } from "@/shared/ipc";
import { useProblemText } from "../draft/problemText";

const useStyles = makeStyles({
  bar: { marginBottom: "20px", maxWidth: "800px" },
  list: { margin: "4px 0 6px", paddingLeft: "18px" },
});

export interface ErrorSummaryProps {
  problems: FieldProblem[];
  nameOf: (path: string) => string;
  onGo: (path: string) => void;
}

/** The summary; it is an alert, so that it is read out when it appears. */
export function ErrorSummary({ problems, nameOf, onGo }: ErrorSummaryProps) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const say = useProblemText();
  if (problems.length === 0) return null;
  return (
    <MessageBar intent="error" layout="multiline" className={styles.bar} role="alert" data-testid="error-summary">
      <MessageBarBody>
        <MessageBarTitle>{t("summary.title", { count: problems.length })}</MessageBarTitle>
        <ul className={styles.list}>
          {problems.map((problem) => (
            <li key={problem.field}>
              <Link
                as="button"
                inline
                onClick={() => {
                  onGo(problem.field);
                }}
              >
                {nameOf(problem.field)}
              </Link>
              {`: ${say(problem)}`}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
