// The filters above the customers list: text, indirect reseller, country, state; and what is chosen, as chips that can
// be taken away. Below 1100 pixels those other than reseller stand behind *Filters*.
import {
  Button,
  Dropdown,
  InteractionTag,
  InteractionTagPrimary,
  InteractionTagSecondary,
  Link,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Option,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  SearchBox,
  makeStyles,
} from "@fluentui/react-components";
import { FilterRegular } from "@fluentui/react-icons";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { CustomerInitial, CustomerStateView, ResellerRow } from "@/shared/ipc";
import { useWidth } from "@/shared/ui";
import { isFiltered, type CustomerFilter } from "./filter";

const STATES: readonly CustomerStateView[] = ["needs_attention", "window_closes", "term_ends", "on_hold", "waiting", "draft", "confirmed"];

const useStyles = makeStyles({
  listbox: { zIndex: 100, maxHeight: "60vh" },
  search: { width: "256px", maxWidth: "100%" },
  choice: { minWidth: "150px", maxWidth: "260px" },
  // Short words: with these all of it stands in one line beside the German rail.
  short: { minWidth: "124px", maxWidth: "220px" },
  chips: { display: "flex", flexWrap: "wrap", gap: "6px", alignItems: "center", flexBasis: "100%" },
  letters: { maxHeight: "60vh", overflowY: "auto" },
  behind: { display: "flex", flexDirection: "column", gap: "12px" },
});

export interface FiltersProps {
  filter: CustomerFilter;
  change: (part: Partial<CustomerFilter>) => void;
  clear: () => void;
  resellers: ResellerRow[];
  countries: string[];
  tags: string[];
  /** Letters that the list can be led to; none where that would mean nothing. */
  letters: CustomerInitial[];
  onLetter: (letter: string) => void;
}

interface Chip {
  key: string;
  name: string;
  only: Partial<CustomerFilter>;
  without: Partial<CustomerFilter>;
}

/** The row of filters, and the chips below it. */
export function Filters({ filter, change, clear, resellers, countries, tags, letters, onLetter }: FiltersProps) {
  const styles = useStyles();
  const { t } = useTranslation(["customers", "shared"]);
  const format = useFormat();
  const narrow = useWidth() <= 960;
  const nameOf = (id: string) => resellers.find((row) => row.id === id)?.name ?? id;
  const chips: Chip[] = [
    ...filter.resellerIds.map((id) => ({ key: id, name: nameOf(id), only: { resellerIds: [id] }, without: { resellerIds: filter.resellerIds.filter((other) => other !== id) } })),
    ...filter.countries.map((code) => ({ key: code, name: format.country(code), only: { countries: [code] }, without: { countries: filter.countries.filter((other) => other !== code) } })),
    ...filter.states.map((state) => ({ key: state, name: t(`customers:state.${state}`), only: { states: [state] }, without: { states: filter.states.filter((other) => other !== state) } })),
    ...filter.tags.map((tag) => ({ key: `tag ${tag}`, name: tag, only: { tags: [tag] }, without: { tags: filter.tags.filter((other) => other !== tag) } })),
    ...(filter.renewsIn === "" ? [] : [{ key: filter.renewsIn, name: t("customers:renewsIn", { month: format.fullMonth(filter.renewsIn) }), only: {}, without: { renewsIn: "" } }]),
  ];
  const offered = [...new Set([...countries, ...filter.countries])].map((code) => ({ code, name: format.country(code) })).sort((a, b) => a.name.localeCompare(b.name, format.locale));

  const more = (
    <>
      <Dropdown inlinePopup listbox={{ className: styles.listbox }}
        className={styles.short}
        multiselect
        aria-label={t("customers:filterByCountry")}
        placeholder={t("customers:countryPlaceholder")}
        value={filter.countries.length === 0 ? "" : t("customers:countryCount", { count: filter.countries.length })}
        selectedOptions={filter.countries}
        onOptionSelect={(_event, data) => { change({ countries: data.selectedOptions }); }}
      >
        {offered.map(({ code, name }) => (
          <Option key={code} value={code}>
            {name}
          </Option>
        ))}
      </Dropdown>
      <Dropdown inlinePopup listbox={{ className: styles.listbox }}
        className={styles.short}
        multiselect
        aria-label={t("customers:filterByState")}
        placeholder={t("customers:statePlaceholder")}
        value={filter.states.length === 0 ? "" : t("customers:stateCount", { count: filter.states.length })}
        selectedOptions={filter.states}
        onOptionSelect={(_event, data) => { change({ states: STATES.filter((state) => data.selectedOptions.includes(state)) }); }}
      >
        {STATES.map((state) => (
          <Option key={state} value={state}>
            {t(`customers:state.${state}`)}
          </Option>
        ))}
      </Dropdown>
      {(tags.length > 0 || filter.tags.length > 0) && (
        <Dropdown inlinePopup listbox={{ className: styles.listbox }}
          className={styles.short}
          multiselect
          aria-label={t("customers:filterByTag")}
          placeholder={t("customers:tagPlaceholder")}
          value={filter.tags.length === 0 ? "" : t("customers:tagCount", { count: filter.tags.length })}
          selectedOptions={filter.tags}
          onOptionSelect={(_event, data) => { change({ tags: data.selectedOptions }); }}
        >
          {[...new Set([...tags, ...filter.tags])].map((tag) => (
            <Option key={tag} value={tag}>
              {tag}
            </Option>
          ))}
        </Dropdown>
      )}
    </>
  );
  return (
    <>
      <SearchBox className={styles.search} dismiss={{ "aria-label": t("shared:clearSearch") }} value={filter.search} placeholder={t("customers:searchHint")} aria-label={t("customers:search")} onChange={(_event, data) => { change({ search: data.value }); }} />
      <Dropdown inlinePopup listbox={{ className: styles.listbox }}
        className={styles.choice}
        multiselect
        aria-label={t("customers:filterByReseller")}
        placeholder={t("customers:resellerPlaceholder")}
        value={filter.resellerIds.length === 0 ? "" : t("customers:resellerCount", { count: filter.resellerIds.length })}
        selectedOptions={filter.resellerIds}
        onOptionSelect={(_event, data) => { change({ resellerIds: data.selectedOptions }); }}
      >
        {resellers.filter((row) => row.customers > 0 || filter.resellerIds.includes(row.id)).map((row) => (
          <Option key={row.id} value={row.id}>
            {row.name}
          </Option>
        ))}
      </Dropdown>
      {narrow ? (
        <Popover inline positioning="below-start">
          <PopoverTrigger disableButtonEnhancement>
            <Button icon={<FilterRegular />}>{t("customers:filters")}</Button>
          </PopoverTrigger>
          <PopoverSurface aria-label={t("customers:filters")}>
            <div className={styles.behind}>{more}</div>
          </PopoverSurface>
        </Popover>
      ) : (
        more
      )}
      {letters.length > 1 && (
        <Menu positioning="below-start">
          <MenuTrigger disableButtonEnhancement>
            <MenuButton appearance="subtle">{t("customers:goToLetter")}</MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList className={styles.letters} aria-label={t("customers:goToLetter")}>
              {letters.map(({ letter }) => (
                <MenuItem key={letter} onClick={() => { onLetter(letter); }}>
                  {letter}
                </MenuItem>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      {isFiltered(filter) && (
        <div className={styles.chips}>
          {chips.map(({ key, name, only, without }) => (
            <InteractionTag key={key} size="small" value={key}>
              <InteractionTagPrimary hasSecondaryAction onClick={() => { change(only); }}>
                {name}
              </InteractionTagPrimary>
              <InteractionTagSecondary aria-label={t("shared:ui.removeFilter")} onClick={() => { change(without); }} />
            </InteractionTag>
          ))}
          <Link as="button" onClick={clear}>
            {t("shared:ui.clearFilter")}
          </Link>
        </div>
      )}
    </>
  );
}
