// What is printed in place of the page: black on white, whatever the theme, and nothing of the window around it.
import { makeStaticStyles, makeStyles } from "@fluentui/react-components";
import { useEffect, type ReactNode } from "react";
import { createPortal } from "react-dom";

// As text: the object form of static styles knows no rules inside of a media query.
const useStaticStyles = makeStaticStyles(`
@page { margin: 18mm; }
@media print {
  html[data-printing], html[data-printing] body { height: auto !important; overflow: visible !important; background: white; color-scheme: light; }
  html[data-printing] body > :not([data-print-sheet]) { display: none !important; }
}
`);

const useStyles = makeStyles({
  // On screen it is nowhere, neither seen nor read out.
  sheet: { display: "none", "@media print": { display: "block", color: "black", backgroundColor: "white", fontFamily: "'Segoe UI', 'Helvetica Neue', Arial, sans-serif", fontSize: "11pt", lineHeight: 1.45 } },
});

/** While it is there, printing the window prints it alone. `language` is that of its words. */
export function PrintSheet({ language, children }: { language: string; children: ReactNode }) {
  useStaticStyles();
  const styles = useStyles();
  useEffect(() => {
    document.documentElement.setAttribute("data-printing", "");
    return () => {
      document.documentElement.removeAttribute("data-printing");
    };
  }, []);
  return createPortal(
    <div className={styles.sheet} data-print-sheet="" lang={language}>
      {children}
    </div>,
    document.body,
  );
}
