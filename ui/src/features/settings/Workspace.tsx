// Name, colour and folder of the open workspace, in Settings.
import { Button, Input, Radio, RadioGroup, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { useWrite, type WorkspaceColour, type WorkspaceView } from "@/shared/ipc";
import { CopyText } from "@/shared/parts/CopyText";
import { FactList, FormField, useAnnounce, useWorkspaceColour } from "@/shared/ui";
import { Section } from "./Section";

const LONGEST_NAME = 60;
/** Colours that a live workspace may have. */
const COLOURS = ["teal", "steel", "bronze", "berry", "slate"] as const satisfies readonly WorkspaceColour[];
type LiveColour = (typeof COLOURS)[number];

const useStyles = makeStyles({
  fields: { display: "flex", flexDirection: "column", gap: "14px", alignItems: "flex-start" },
  rename: { display: "flex", alignItems: "flex-end", gap: "8px" },
  colour: { display: "inline-flex", alignItems: "center", gap: "8px" },
  swatch: { width: "16px", height: "16px", borderRadius: tokens.borderRadiusSmall, forcedColorAdjust: "none" },
});

/** Colour of a live workspace: a practice one has its own. */
function Colour({ chosen }: { chosen: WorkspaceColour }) {
  const { t } = useTranslation("settings");
  const { mutate } = useWrite("colourWorkspace");
  return (
    <FormField label={t("colour")} hint={t("colourHint")}>
      <RadioGroup
        layout="horizontal"
        value={chosen}
        onChange={(_event, data) => {
          const colour = COLOURS.find((one) => one === data.value);
          if (colour) mutate([colour]);
        }}
      >
        {COLOURS.map((colour) => (
          <Radio key={colour} value={colour} label={<ColourName colour={colour} />} />
        ))}
      </RadioGroup>
    </FormField>
  );
}

function ColourName({ colour }: { colour: LiveColour }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const shade = useWorkspaceColour(colour);
  return (
    <span className={styles.colour}>
      <span className={styles.swatch} style={{ backgroundColor: shade }} aria-hidden />
      {t(`colours.${colour}`)}
    </span>
  );
}

/** The section. */
export function Workspace({ workspace }: { workspace: WorkspaceView }) {
  const styles = useStyles();
  const { t } = useTranslation("settings");
  const announce = useAnnounce();
  const [name, setName] = useState(workspace.name);
  const rename = useWrite("renameWorkspace", { onDone: () => { announce(t("renamed")); } });
  const wanted = name.trim();
  const tooLong = wanted.length > LONGEST_NAME;
  return (
    <Section title={t("workspace")}>
      <div className={styles.fields}>
        <form
          className={styles.rename}
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted !== workspace.name && !tooLong) rename.mutate([wanted]);
          }}
        >
          <FormField label={t("name")} hint={t(workspace.kind === "practice" ? "nameHintPractice" : "nameHint")} error={tooLong ? t("nameTooLong", { count: LONGEST_NAME }) : undefined} width={320}>
            <Input value={name} placeholder={workspace.kind === "practice" ? t("practiceBook") : undefined} onChange={(_event, data) => { setName(data.value); }} />
          </FormField>
          {wanted !== workspace.name && (
            <Button type="submit" appearance="primary" data-primary disabledFocusable={rename.isPending || tooLong}>
              {t("rename")}
            </Button>
          )}
        </form>
        {workspace.kind === "live" && <Colour chosen={workspace.colour} />}
        <FactList
          facts={[
            { name: t("kind"), value: t(`kinds.${workspace.kind}`) },
            { name: t("folder"), value: <CopyText whole text={workspace.folder} name={t("folder")} /> },
          ]}
        />
      </div>
    </Section>
  );
}
