// The catalogue: country, families, search, prices by term, favourites.
import { Button, Caption1, Dropdown, Link, Option, SearchBox, Tab, TabList, Tooltip, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { BookOpenRegular, StarFilled, StarRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import { useRead, useWrite, type OfferView } from "@/shared/ipc";
import { DataList, EmptyState, ErrorState, LoadingRows, PageFrame, useAnnounce, type Column } from "@/shared/ui";
import { FAMILIES, fromPrice, onShelf, type Shelf } from "./browse";
import { Plans } from "./Plans";

const SHELVES: readonly Shelf[] = ["favourites", "all", ...FAMILIES];
const SEGMENT = "commercial";

const useStyles = makeStyles({
  listbox: { zIndex: 100, maxHeight: "60vh" },
  search: { width: "256px", maxWidth: "100%" },
  country: { minWidth: "176px" },
  tabs: { marginLeft: "-10px", flexBasis: "100%", flexWrap: "wrap" },
  grow: { flex: "1 1 auto" },
  quiet: { color: tokens.colorNeutralForeground2 },
  product: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  words: { display: "flex", flexDirection: "column", minWidth: 0, lineHeight: tokens.lineHeightBase200 },
  name: { fontWeight: tokens.fontWeightSemibold },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  star: { color: tokens.colorBrandForeground1 },
});

function Favourite({ offer }: { offer: OfferView }) {
  const styles = useStyles();
  const { t } = useTranslation("catalogue");
  const announce = useAnnounce();
  const write = useWrite("setFavourite", { onDone: () => { announce(t(offer.favourite ? "unstarred" : "starred", { product: offer.title })); } });
  const label = t(offer.favourite ? "unstar" : "star", { product: offer.title });
  return (
    <Tooltip content={label} relationship="label">
      <Button appearance="transparent" size="small" aria-pressed={offer.favourite} icon={offer.favourite ? <StarFilled className={styles.star} /> : <StarRegular />} onClick={() => { write.mutate([offer.productId, offer.skuId, !offer.favourite]); }} />
    </Tooltip>
  );
}

function useColumns(): Column<OfferView>[] {
  const styles = useStyles();
  const { t } = useTranslation(["catalogue", "shared"]);
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "product",
        head: t("catalogue:product"),
        width: "minmax(220px, 2fr)",
        render: (offer) => (
          <span className={styles.product}>
            <Favourite offer={offer} />
            <span className={styles.words}>
              <span className={mergeClasses(styles.line, styles.name)}>{offer.title}</span>
              <Caption1 className={mergeClasses(styles.line, styles.quiet)}>{offer.description}</Caption1>
            </span>
          </span>
        ),
      },
      { key: "kind", head: t("catalogue:kind"), width: "112px", render: (offer) => (offer.isTrial ? t("catalogue:trial") : offer.isAddon ? t("catalogue:addon") : t("catalogue:base")) },
      { key: "limits", head: t("catalogue:licences"), width: "120px", from: 1280, end: true, render: (offer) => (offer.minimumQuantity === offer.maximumQuantity ? format.number(offer.minimumQuantity) : t("catalogue:limits", { least: format.number(offer.minimumQuantity), most: format.number(offer.maximumQuantity) })) },
      { key: "sku", head: t("catalogue:sku"), width: "150px", from: 1600, render: (offer) => `${offer.productId}:${offer.skuId}` },
      {
        key: "price",
        head: t("catalogue:price"),
        width: "150px",
        end: true,
        render: (offer) => {
          const price = fromPrice(offer);
          if (price === undefined) return t("catalogue:noPrice");
          return offer.isTrial ? t("catalogue:free") : t("catalogue:from", { price: format.money(price, offer.currency) });
        },
      },
    ],
    [styles, t, format],
  );
}

/** The page. */
export function CataloguePage() {
  const styles = useStyles();
  const { t } = useTranslation(["catalogue", "shared"]);
  const format = useFormat();
  const [address, setAddress] = useSearchParams();
  const country = address.get("country") ?? "DE";
  const [shelf, setShelf] = useState<Shelf>("all");
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<string | undefined>(undefined);
  const catalogue = useRead("catalogue", country, SEGMENT);
  const columns = useColumns();
  const view = catalogue.data;
  const offers = view?.offers;
  const rows = useMemo(() => onShelf(offers ?? [], shelf, search), [offers, shelf, search]);
  const countries = view?.countries.includes(country) === false ? [country, ...view.countries] : (view?.countries ?? [country]);
  const caption =
    view === undefined
      ? undefined
      : [t("catalogue:count", { count: view.offers.length }), view.pricesFrom === null ? t("catalogue:noPrices") : t("catalogue:pricesFrom", { date: format.date(view.pricesFrom) })].join(" · ");
  const filters = (
    <>
      <SearchBox className={styles.search} dismiss={{ "aria-label": t("shared:clearSearch") }} value={search} placeholder={t("catalogue:searchHint")} aria-label={t("catalogue:search")} onChange={(_event, data) => { setSearch(data.value); }} />
      <Dropdown inlinePopup listbox={{ className: styles.listbox }}
        className={styles.country}
        aria-label={t("catalogue:country")}
        value={format.country(country)}
        selectedOptions={[country]}
        onOptionSelect={(_event, data) => {
          if (data.optionValue !== undefined) setAddress({ country: data.optionValue }, { replace: true });
        }}
      >
        {countries
          .map((code) => ({ code, name: format.country(code) }))
          .sort((a, b) => a.name.localeCompare(b.name, format.locale))
          .map(({ code, name }) => (
            <Option key={code} value={code}>
              {name}
            </Option>
          ))}
      </Dropdown>
      <TabList className={styles.tabs} selectedValue={search === "" ? shelf : "all"} onTabSelect={(_event, data) => { setSearch(""); setShelf(SHELVES.find((name) => name === data.value) ?? "all"); }} aria-label={t("catalogue:families")}>
        {SHELVES.map((name) => (
          <Tab key={name} value={name}>
            {t(`catalogue:shelf.${name}`)}
          </Tab>
        ))}
      </TabList>
    </>
  );
  return (
    <PageFrame title={t("catalogue:title")} caption={caption} filters={filters} filled>
      {view === undefined ? (
        catalogue.error ? <ErrorState why={t(`shared:error.${catalogue.error.code}`)} onRetry={() => void catalogue.refetch()} /> : <LoadingRows />
      ) : view.offers.length === 0 ? (
        <EmptyState icon={BookOpenRegular} title={t("catalogue:empty.title", { country: format.country(country) })} why={t("catalogue:empty.why")} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={BookOpenRegular}
          title={t("catalogue:nothing.title")}
          why={search === "" ? t("catalogue:nothing.shelf", { shelf: t(`catalogue:shelf.${shelf}`) }) : t("catalogue:nothing.search", { text: search })}
          action={
            <Link as="button" onClick={() => { setSearch(""); setShelf("all"); }}>
              {t("shared:ui.clearFilter")}
            </Link>
          }
        />
      ) : (
        <DataList label={t("catalogue:title")} rows={rows} rowKey={(offer) => `${offer.productId}:${offer.skuId}`} columns={columns} rowHeight={50} open={open} onOpen={setOpen} expanded={(offer) => <Plans offer={offer} all={view.offers} />} />
      )}
    </PageFrame>
  );
}
