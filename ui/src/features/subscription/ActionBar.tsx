// What can be done with a subscription. What can't be done now stays in its place and says why.
import { Button, Caption1, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import {
  AddRegular,
  ArrowSyncOffRegular,
  ArrowSyncRegular,
  ArrowUpRegular,
  CalendarClockRegular,
  CalendarEditRegular,
  CalendarCancelRegular,
  HandshakeRegular,
  MoreHorizontalRegular,
  PauseRegular,
  PersonSupportRegular,
  PlayRegular,
  ProhibitedRegular,
  SubtractRegular,
  type FluentIcon,
} from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import type { SubscriptionActionRow, SubscriptionActionView, SubscriptionPageView } from "@/shared/ipc";

const ICONS: Record<SubscriptionActionView, FluentIcon> = {
  more_licences: AddRegular,
  fewer_licences: SubtractRegular,
  upgrade: ArrowUpRegular,
  auto_renew_on: ArrowSyncRegular,
  auto_renew_off: ArrowSyncOffRegular,
  change_at_renewal: CalendarEditRegular,
  drop_change_at_renewal: CalendarCancelRegular,
  cancel: ProhibitedRegular,
  suspend: PauseRegular,
  resume: PlayRegular,
  reseller_of_record: HandshakeRegular,
  support_contact: PersonSupportRegular,
  decide: CalendarClockRegular,
};

/** In the bar, always in this place. */
const MAIN: readonly SubscriptionActionView[] = ["more_licences", "fewer_licences", "upgrade", "change_at_renewal"];
/** Behind *More actions*. The support contact has its own block on the page. */
const REST: readonly SubscriptionActionView[] = ["decide", "auto_renew_on", "auto_renew_off", "drop_change_at_renewal", "cancel", "suspend", "resume", "reseller_of_record"];

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", gap: "6px", alignItems: "center" },
  item: { maxWidth: "340px" },
  two: { display: "flex", flexDirection: "column" },
  // The reason is read, also where the act itself is greyed.
  why: { color: tokens.colorNeutralForeground2 },
});

/** One of a pair stands for both: what is so already is not offered. */
function shown(row: SubscriptionActionRow): boolean {
  return row.blocked !== "already_so";
}

/** Buttons and menu; the panel's button stays pressed while it is open. */
export function ActionBar({ page, open, onOpen }: { page: SubscriptionPageView; open: SubscriptionActionView | undefined; onOpen: (action: SubscriptionActionView) => void }) {
  const styles = useStyles();
  const { t } = useTranslation("subscription");
  const of = (action: SubscriptionActionView) => page.actions.find((one) => one.action === action);
  const why = (row: SubscriptionActionRow) => (row.blocked === null ? "" : t(`blocked.${row.blocked}`));
  const rest = REST.map(of).filter((row) => row !== undefined && shown(row)) as SubscriptionActionRow[];
  return (
    <div className={styles.bar} role="group" aria-label={t("actions")}>
      {MAIN.map((action) => {
        const row = of(action);
        if (row === undefined) return null;
        const Icon = ICONS[action];
        const button = (
          <Button
            key={action}
            id={`action-${action}`}
            icon={<Icon />}
            aria-pressed={open === action}
            appearance={open === action ? "secondary" : "outline"}
            disabledFocusable={row.blocked !== null}
            onClick={() => {
              if (row.blocked === null) onOpen(action);
            }}
          >
            {t(`action.${action}`)}
          </Button>
        );
        return row.blocked === null ? (
          button
        ) : (
          <Tooltip key={action} relationship="description" content={why(row)}>
            {button}
          </Tooltip>
        );
      })}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button id="action-more" appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={t("moreActions")} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {rest.map((row) => {
              const Icon = ICONS[row.action];
              return (
                <MenuItem key={row.action} className={styles.item} icon={<Icon />} disabled={row.blocked !== null} onClick={() => { onOpen(row.action); }}>
                  <span className={styles.two}>
                    {t(`action.${row.action}`)}
                    {row.blocked !== null && <Caption1 className={styles.why}>{why(row)}</Caption1>}
                  </span>
                </MenuItem>
              );
            })}
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}

/** What opened the panel, to give the focus back to. */
export function openerOf(action: SubscriptionActionView): string {
  return MAIN.includes(action) ? `action-${action}` : "action-more";
}
