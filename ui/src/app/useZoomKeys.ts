// Ctrl/Cmd with plus, minus and 0 make everything in the window larger, smaller, and as designed again; it is kept.
import { useEffect, useRef } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useWrite } from "@/shared/ipc";
import { zoomOfKey } from "@/shared/lib/zoom";
import { useAnnounce } from "@/shared/ui";

/** Listens in the whole window, start pages and dialogs included. Nothing happens before the size is known. */
export function useZoomKeys(known: number | undefined): void {
  const { t } = useTranslation("app");
  const format = useFormat();
  const announce = useAnnounce();
  const { mutate } = useWrite("setZoom", { onDone: (zoom) => { announce(t("zoom", { size: format.percent(zoom / 100) })); } });
  const zoom = useRef(known);
  useEffect(() => {
    zoom.current = known;
  }, [known]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (zoom.current === undefined) return;
      const wanted = zoomOfKey(event, zoom.current);
      if (wanted === undefined) return;
      event.preventDefault();
      if (wanted === zoom.current) return;
      // The next press may come before the answer.
      zoom.current = wanted;
      mutate([wanted]);
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, [mutate]);
}
