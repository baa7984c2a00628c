// *Add new customer* where no reseller is given yet: asks for which one, of those that take customers.
import { Button, Menu, MenuGroup, MenuGroupHeader, MenuItem, MenuList, MenuPopover, MenuTrigger, makeStyles } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useTranslation } from "@/shared/i18n";
import { useRead } from "@/shared/ipc";
import { useAddCustomer } from "./startDraft";

const useStyles = makeStyles({
  // Inside the page, over the list below.
  popover: { zIndex: 100 },
  list: { maxHeight: "60vh", overflowY: "auto" },
});

/** The button with its choice. With a single reseller there is nothing to ask. */
export function AddCustomerMenu({ primary = false }: { primary?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation("shared");
  const { add, busy } = useAddCustomer();
  const resellers = useRead("listResellers", { search: "", partnership: ["active"], sort: "name", descending: false });
  const able = (resellers.data?.rows ?? []).filter((row) => row.takesCustomers);
  const appearance = primary ? "primary" : "secondary";
  const only = able.length === 1 ? able[0] : undefined;
  if (able.length === 0) return null;
  if (only) {
    return (
      <Button appearance={appearance} icon={<AddRegular />} disabledFocusable={busy} data-primary={primary || undefined} onClick={() => { add(only.id); }}>
        {t("act.addCustomer")}
      </Button>
    );
  }
  return (
    <Menu inline positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button appearance={appearance} icon={<AddRegular />} disabledFocusable={busy} data-primary={primary || undefined}>
          {t("act.addCustomer")}
        </Button>
      </MenuTrigger>
      <MenuPopover className={styles.popover}>
        <MenuList className={styles.list}>
          <MenuGroup>
            <MenuGroupHeader>{t("act.forWhichReseller")}</MenuGroupHeader>
            {able.map((reseller) => (
              <MenuItem key={reseller.id} onClick={() => { add(reseller.id); }}>
                {reseller.name}
              </MenuItem>
            ))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
