// What else there is of all customers: ends of terms, support contacts, and the list as a file.
import { Button, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ArrowExportRegular, CalendarClockRegular, MoreHorizontalRegular, PersonSupportRegular } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";
import type { CustomerTable } from "@/shared/ipc";

/** The menu in the header of the customers list. `onExport` is left out while a file is being written, or nothing is listed. */
export function CustomerLists({ onExport }: { onExport: ((table: CustomerTable) => void) | undefined }) {
  const { t } = useTranslation("subscription");
  const navigate = useNavigate();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={t("moreLists")} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<CalendarClockRegular />} onClick={() => void navigate("/customers/ending")}>
            {t("ending.title")}
          </MenuItem>
          <MenuItem icon={<PersonSupportRegular />} onClick={() => void navigate("/customers/support")}>
            {t("bulk.title")}
          </MenuItem>
          <MenuDivider />
          {(["customers", "subscriptions"] as const).map((table) => (
            <MenuItem key={table} icon={<ArrowExportRegular />} disabled={onExport === undefined} onClick={() => onExport?.(table)}>
              {t(`export.${table}`)}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
