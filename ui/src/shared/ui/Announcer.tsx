// Live regions: what a sighted person sees change, said once to a screen reader.
import { makeStyles } from "@fluentui/react-components";
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";

const useStyles = makeStyles({
  hidden: { position: "absolute", top: 0, left: 0, width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" },
});

/** Says a sentence; `urgent` interrupts. */
export type Announce = (sentence: string, urgent?: boolean) => void;

const Announcing = createContext<Announce>(() => undefined);

/** Says things to a screen reader. */
export function useAnnounce(): Announce {
  return useContext(Announcing);
}

/** Holds the two live regions of a window. */
export function Announcer({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  const turn = useRef(false);
  const announce = useCallback<Announce>((sentence, urgent = false) => {
    // The same sentence twice must differ, or it is not said again.
    turn.current = !turn.current;
    const said = turn.current ? sentence : `${sentence}\u00a0`;
    if (urgent) setAssertive(said);
    else setPolite(said);
  }, []);
  const value = useMemo(() => announce, [announce]);
  return (
    <Announcing.Provider value={value}>
      {children}
      <div className={styles.hidden} role="status" aria-live="polite">
        {polite}
      </div>
      <div className={styles.hidden} role="alert" aria-live="assertive">
        {assertive}
      </div>
    </Announcing.Provider>
  );
}
