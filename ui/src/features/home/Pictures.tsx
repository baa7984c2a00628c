// Renewals by month and seats by reseller; each bar leads to the list behind it.
import { HorizontalBarChartWithAxis, VerticalStackedBarChart, type HorizontalBarChartWithAxisDataPoint, type VerticalStackedChartProps } from "@fluentui/react-charts";
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useMemo, useRef } from "react";
import { useNavigate } from "react-router";
import { useFormat, useTranslation } from "@/shared/i18n";
import type { HomeView } from "@/shared/ipc";
import { ChartCard, own, useWidthOf } from "@/shared/ui";

const useStyles = makeStyles({
  chart: { overflow: "hidden", marginLeft: "-8px", "& text": { fontSize: "11px", fontWeight: tokens.fontWeightRegular, fill: tokens.colorNeutralForeground2 } },
  // The chart shortens its own figures (1k): ours stand in full, at the height of their bars.
  withFigures: { position: "relative" },
  figures: { position: "absolute", right: "6px", top: "19px", bottom: "15px", display: "flex", flexDirection: "column", justifyContent: "space-around", alignItems: "flex-end", fontSize: "11px", lineHeight: "14px", color: tokens.colorNeutralForeground2, pointerEvents: "none" },
  // Each bar carries its figure: the axis below would only repeat them.
  bare: { "& [class*='xAxis']": { display: "none" }, "& [class*='yAxis'] line, & [class*='yAxis'] path": { display: "none" } },
  empty: { padding: "24px 0", color: tokens.colorNeutralForeground2 },
});

/** Part of each bar's place that stays empty. */
const BAND_PADDING = 0.3;
/** Widths of a chart, in pixels: below, its bars run into each other; above, they lie too far apart. */
const NARROWEST = 240;
const WIDEST = 396;
/** Most room for a name beside its bar, the most of the chart that it takes, what lies around it, and a letter's width. */
const NAME = 196;
const NAME_SHARE = 0.55;
const NAME_MARGIN = 30;
const LETTER = 5.6;
const BRAND = tokens.colorBrandForeground1;

/** Both cards. */
export function Pictures({ home }: { home: HomeView }) {
  const styles = useStyles();
  const { t } = useTranslation("home");
  const format = useFormat();
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  // As wide as its card, whatever window and magnification leave for it.
  const chartWidth = Math.min(WIDEST, Math.max(NARROWEST, useWidthOf(place, 356) - 8));
  const nameWidth = Math.min(NAME, Math.round(chartWidth * NAME_SHARE));
  const seatsHeight = 25 * home.seats.length + 12;
  const decided = t("pictures.decided");
  const open = t("pictures.open");

  const renewals = useMemo<VerticalStackedChartProps[]>(() => {
    return home.renewals.map((row) => ({
      xAxisPoint: format.month(row.month),
      xAxisCalloutData: format.fullMonth(row.month),
      chartData: [
        { legend: decided, data: row.decided, color: BRAND, yAxisCalloutData: format.number(row.decided), callOutAccessibilityData: { ariaLabel: `${format.fullMonth(row.month)}, ${decided}: ${format.number(row.decided)}` } },
        { legend: open, data: row.open, color: own.channelbookBrass, yAxisCalloutData: format.number(row.open), callOutAccessibilityData: { ariaLabel: `${format.fullMonth(row.month)}, ${open}: ${format.number(row.open)}` } },
      ].filter((part) => part.data > 0),
      onClick: () => void navigate(`/customers?renews=${row.month}`),
    }));
  }, [home.renewals, format, decided, open, navigate]);

  const seats = useMemo<HorizontalBarChartWithAxisDataPoint[]>(
    () =>
      [...home.seats].reverse().map((row) => ({
        x: row.seats,
        y: row.name,
        legend: row.name,
        color: BRAND,
        yAxisCalloutData: row.name,
        xAxisCalloutData: format.number(row.seats),
        onClick: () => void navigate(`/customers?reseller=${row.resellerId}`),
        callOutAccessibilityData: { ariaLabel: `${row.name}: ${format.number(row.seats)}` },
      })),
    [home.seats, format, navigate],
  );

  return (
    <>
      <ChartCard
        title={t("pictures.renewals")}
        legend={[
          { name: decided, colour: BRAND },
          { name: open, colour: own.channelbookBrass },
        ]}
        table={{
          heads: [t("pictures.month"), decided, open],
          rows: home.renewals.map((row) => ({ key: row.month, cells: [format.fullMonth(row.month), format.number(row.decided), format.number(row.open)], onOpen: () => void navigate(`/customers?renews=${row.month}`) })),
        }}
      >
        <div ref={place} />
        {home.renewals.some((row) => row.decided + row.open > 0) ? (
          <div className={styles.chart} style={{ width: chartWidth + 8, height: 200 }}>
            <VerticalStackedBarChart
              data={renewals}
              width={chartWidth}
              height={200}
              hideTickOverlap={false}
              barWidth={14}
              barGapMax={2}
              barCornerRadius={2}
              hideLegend
              yAxisTickCount={4}
              roundedTicks
              margins={{ left: 36, right: 8, top: 12, bottom: 28 }}
              enableReflow={false}
              chartTitle={t("pictures.renewals")}
              culture={format.locale}
            />
          </div>
        ) : (
          <div className={styles.empty}>{t("pictures.noRenewals")}</div>
        )}
      </ChartCard>
      <ChartCard
        title={t("pictures.seats")}
        note={t("pictures.topTen")}
        table={{
          heads: [t("pictures.reseller"), t("pictures.seatsHead")],
          rows: home.seats.map((row) => ({ key: row.resellerId, cells: [row.name, format.number(row.seats)], onOpen: () => void navigate(`/customers?reseller=${row.resellerId}`) })),
        }}
      >
        {home.seats.length > 0 ? (
          <div className={mergeClasses(styles.chart, styles.bare, styles.withFigures)} style={{ width: chartWidth + 8, height: seatsHeight }}>
            <HorizontalBarChartWithAxis
              data={seats}
              width={chartWidth}
              height={seatsHeight}
              hideLabels
              noOfCharsToTruncate={Math.floor((nameWidth - NAME_MARGIN) / LETTER)}
              roundCorners
              yAxisCategoryOrder="data"
              barHeight={16}
              yAxisPadding={BAND_PADDING}
              hideLegend
              useSingleColor
              colors={[BRAND]}
              showYAxisLables
              showYAxisLablesTooltip
              margins={{ left: nameWidth, right: 52, top: 4, bottom: 4 }}
              enableReflow={false}
              chartTitle={t("pictures.seats")}
              culture={format.locale}
            />
            <div className={styles.figures} style={{ paddingBlock: ((seatsHeight - 34) * BAND_PADDING) / 2 / (home.seats.length + BAND_PADDING) }} aria-hidden>
              {home.seats.map((row) => (
                <span key={row.resellerId}>{format.number(row.seats)}</span>
              ))}
            </div>
          </div>
        ) : (
          <div className={styles.empty}>{t("pictures.noSeats")}</div>
        )}
      </ChartCard>
    </>
  );
}
