// A button that asks once before something that can't be taken back.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, type ButtonProps } from "@fluentui/react-components";
import { useState, type ReactElement, type ReactNode } from "react";

interface Asked {
  press: string;
  /** Accessible name where the words on the button don't say of what. */
  label?: string;
  icon?: ReactElement;
  appearance?: ButtonProps["appearance"];
  disabled?: boolean;
  question: string;
  what: ReactNode;
  keep: string;
  yes: string;
  onYes: () => void;
}

/** The button and its question. */
export function AskButton({ press, label, icon, appearance = "subtle", disabled = false, question, what, keep, yes, onYes }: Asked) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button appearance={appearance} icon={icon} aria-label={label} disabledFocusable={disabled} onClick={() => { setAsking(true); }}>
        {press}
      </Button>
      <Dialog modalType="alert" open={asking} onOpenChange={(_event, data) => { setAsking(data.open); }}>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{question}</DialogTitle>
            <DialogContent>{what}</DialogContent>
            <DialogActions>
              <Button onClick={() => { setAsking(false); }}>{keep}</Button>
              <Button
                appearance="primary"
                onClick={() => {
                  setAsking(false);
                  onYes();
                }}
              >
                {yes}
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </>
  );
}
