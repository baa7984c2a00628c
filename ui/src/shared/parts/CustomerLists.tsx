// Lists over all subscriptions, beside the list of customers: ends of terms, and support contacts.
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { CalendarClockRegular, MoreHorizontalRegular, PersonSupportRegular } from "@fluentui/react-icons";
import { useNavigate } from "react-router";
import { useTranslation } from "@/shared/i18n";

/** The menu in the header of the customers list. */
export function CustomerLists() {
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
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
