// Step 2: the catalogue of the customer's country and segment, and the product being configured in its midst.
import { Body1, Button, Caption1, SearchBox, Tab, TabList, makeStyles, tokens } from "@fluentui/react-components";
import { BookOpenRegular, GlobeRegular, SearchRegular } from "@fluentui/react-icons";
import { useEffect, useMemo, useRef, useState } from "react";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { CatalogueView, LineFormView, OfferView } from "@/shared/ipc";
import { EmptyState, useAnnounce } from "@/shared/ui";
import { useForm } from "../draft/FormContext";
import { FAVOURITES, browse, familiesOf, firstTab } from "./browse";
import { addLine, lineOf, removeLine, skuKey } from "./lines";
import { ProductCard } from "./ProductCard";
import { ProductRow } from "./ProductRow";

const FAMILIES = ["business", "enterprise", "frontline", "teams", "security", "dynamics", "other"] as const;

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", flexWrap: "wrap", gap: "8px 16px", maxWidth: "860px" },
  search: { width: "280px", maxWidth: "100%" },
  note: { color: tokens.colorNeutralForeground2 },
  tabs: { flexWrap: "wrap", margin: "8px -10px 4px" },
  list: { listStyleType: "none", margin: 0, padding: 0, maxWidth: "860px" },
  card: { listStyleType: "none" },
  none: { display: "block", padding: "20px 0", color: tokens.colorNeutralForeground2 },
});

export interface SubscriptionStepProps {
  catalogue: CatalogueView | undefined;
  country: string;
  /** The customer may own the base of an add-on already: then it can stand by itself. */
  existing: boolean;
  /** Line that is open. */
  open: number | undefined;
  onOpen: (line: number | undefined) => void;
}

/** The step. */
export function SubscriptionStep({ catalogue, country, existing, open, onOpen }: SubscriptionStepProps) {
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  if (country === "") return <EmptyState icon={GlobeRegular} title={t("order.noCountry")} why={t("order.noCountryText")} />;
  if (catalogue === undefined) return null;
  if (catalogue.offers.length === 0) {
    return <EmptyState icon={BookOpenRegular} title={t("order.noCatalogue", { country: format.country(country) })} why={t("order.noCatalogueText")} />;
  }
  return <Catalogue catalogue={catalogue} existing={existing} open={open} onOpen={onOpen} />;
}

function Catalogue({ catalogue, existing, open, onOpen }: Omit<SubscriptionStepProps, "catalogue" | "country"> & { catalogue: CatalogueView }) {
  const styles = useStyles();
  const { t } = useTranslation("onboarding");
  const format = useFormat();
  const announce = useAnnounce();
  const form = useForm();
  const { offers } = catalogue;
  const { lines } = form.content;
  const [tab, setTab] = useState(() => firstTab(offers));
  const [search, setSearch] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const opened = lines.find((line) => line.line === open);
  const openedOffer = opened === undefined ? undefined : offers.find((offer) => skuKey(offer) === skuKey(opened));

  const found = useMemo(() => browse(offers, tab, search), [offers, tab, search]);
  // What is open stays in sight, also when another tab or a search would not show it.
  const shown = openedOffer === undefined || found.includes(openedOffer) ? found : [openedOffer, ...found];

  // A product just added or opened takes the focus to its licences, where the person goes on.
  const wanted = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (wanted.current === undefined || wanted.current !== open) return;
    wanted.current = undefined;
    list.current?.querySelector<HTMLElement>(`[data-field="lines.${String(open)}.quantity"]`)?.focus();
  });
  const openLine = (line: number) => {
    wanted.current = line;
    onOpen(line);
  };

  return (
    <>
      <div className={styles.head}>
        <SearchBox
          className={styles.search}
          aria-label={t("order.search")}
          placeholder={t("order.searchPlaceholder")}
          value={search}
          data-field="lines"
          dismiss={{ "aria-label": t("order.clearSearch") }}
          onChange={(_event, data) => {
            setSearch(data.value);
          }}
        />
        <Caption1 className={styles.note}>
          {catalogue.pricesFrom === null ? t("order.noPrices") : t("order.pricesFrom", { date: format.date(catalogue.pricesFrom) })}
        </Caption1>
      </div>
      {search === "" ? (
        <TabList
          className={styles.tabs}
          selectedValue={tab}
          aria-label={t("order.families")}
          onTabSelect={(_event, data) => {
            setTab(String(data.value));
          }}
        >
          <Tab value={FAVOURITES}>{t("order.favourites")}</Tab>
          {familiesOf(offers).map((family) => (
            <Tab key={family} value={family}>
              {familyName(family)}
            </Tab>
          ))}
        </TabList>
      ) : (
        <Caption1 className={styles.none} role="status">
          {t("order.found", { count: found.length })}
        </Caption1>
      )}
      <ul className={styles.list} ref={list} aria-label={t("order.products")}>
        {shown.map((offer) => product(offer))}
      </ul>
      {shown.length === 0 && nothing()}
    </>
  );

  function familyName(family: string): string {
    const known = FAMILIES.find((each) => each === family);
    return known === undefined ? family : t(`order.family.${known}`);
  }

  function product(offer: OfferView) {
    const line = lineOf(lines, offer);
    if (opened !== undefined && offer === openedOffer) {
      return (
        <li key={skuKey(offer)} className={styles.card}>
          <ProductCard
            offer={offer}
            line={opened}
            offers={offers}
            onClose={() => {
              onOpen(undefined);
            }}
            onRemove={() => {
              remove(offer, opened);
            }}
          />
        </li>
      );
    }
    return (
      <ProductRow
        key={skuKey(offer)}
        offer={offer}
        line={line}
        reason={reasonAgainst(offer)}
        onAdd={() => {
          const next = addLine(lines, offer);
          form.edit((content) => ({ ...content, lines: next }));
          announce(t("order.added", { title: offer.title }));
          const added = next.at(-1);
          if (added !== undefined) openLine(added.line);
        }}
        onEdit={() => {
          if (line !== undefined) openLine(line.line);
        }}
      />
    );
  }

  function remove(offer: OfferView, line: LineFormView): void {
    form.edit((content) => ({ ...content, lines: removeLine(content.lines, line.line) }));
    onOpen(undefined);
    announce(t("order.removed", { title: offer.title }));
    list.current?.closest<HTMLElement>("[data-wizard-middle]")?.focus({ preventScroll: true });
  }

  /** An add-on belongs under its base; with none of its bases here it can only join one that the customer has. */
  function reasonAgainst(offer: OfferView): string {
    if (!offer.isAddon || existing) return "";
    const bases = offers.filter((base) => offer.bases.includes(skuKey(base)));
    return bases.length === 0 ? "" : t("order.addonOf", { bases: names(bases) });
  }

  function names(bases: OfferView[]): string {
    const first = bases.slice(0, 2).map((base) => base.title).join(", ");
    return bases.length > 2 ? t("order.orMore", { names: first, count: bases.length - 2 }) : first;
  }

  function nothing() {
    if (search === "") return <Body1 className={styles.none}>{t("order.noFavourites")}</Body1>;
    return (
      <EmptyState
        icon={SearchRegular}
        title={t("order.nothingFound", { search })}
        why={t("order.noFavourites")}
        action={
          <Button
            onClick={() => {
              setSearch("");
            }}
          >
            {t("order.clearSearch")}
          </Button>
        }
      />
    );
  }
}
