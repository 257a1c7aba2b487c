import type { AlertDefinition, AlertDetail } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { definitionQuery } from '../../api/alert-definitions.ts';
import { queryRange } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import { chartUnit, formatMeasure } from '../../domain/measure.ts';
import { ChartLegend } from '../../ui/chart/chart-legend.tsx';
import { buildFrame, type Frame, limitSeries, SERIES_SHOWN, summarize } from '../../ui/chart/series-frame.ts';
import { classNames } from '../../ui/class-names.ts';
import { Panel } from '../../ui/page.tsx';
import { serverNow, useNow } from '../../ui/state/clock.ts';
import {
  gridOf,
  type RangeGrid,
  readTimeRange,
  type TimeRange,
  writeTimeRange,
} from '../../ui/state/time-range.ts';
import { useZone } from '../../ui/state/zone.ts';
import { Skeleton } from '../../ui/view-state.tsx';
import { chartLimits, ownSeries } from './chart-facts.ts';

const TimeChart = lazy(async () => ({ default: (await import('../../ui/chart/time-chart.tsx')).TimeChart }));

const CHART_PX = 240;
const GRID_WIDTH_PX = 900;
/** How often the end of a chart that goes on is moved. */
const STEP_MS = 10_000;

interface ChartData {
  readonly frame: Frame;
  readonly grid: RangeGrid;
}

type Chart = NonNullable<AlertDetail['links']['chart']>;

/** The range around the event, or what somebody zoomed to; it ends now while the alert goes on. */
function useRange(chart: Chart) {
  const [parameters, setParameters] = useSearchParams();
  const now = useNow(STEP_MS);
  const around = useMemo(
    (): TimeRange => ({
      kind: 'fixed',
      from: Math.floor(Date.parse(chart.from) / 1000),
      to: Math.ceil((chart.to === null ? now : Math.min(Date.parse(chart.to), now)) / 1000),
    }),
    [chart.from, chart.to, now],
  );
  const range = readTimeRange(parameters, around);
  return {
    range,
    isZoomed: range !== around,
    goesOn: range === around && (chart.to === null || Date.parse(chart.to) > now),
    zoom: (from: number, to: number) =>
      setParameters((before) => writeTimeRange(before, { kind: 'fixed', from, to }), {
        preventScrollReset: true,
      }),
    reset: () =>
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          for (const name of ['from', 'to', 'range']) next.delete(name);
          return next;
        },
        { preventScrollReset: true },
      ),
  };
}

function useChartData(alert: AlertDetail, chart: Chart, range: TimeRange, goesOn: boolean) {
  return useQuery({
    // What goes on is asked again by its interval; with the end in the key each step would be a query of its own.
    queryKey: ['metrics', 'alert', alert.id, chart.query, goesOn ? chart.from : range],
    queryFn: async ({ signal }): Promise<ChartData> => {
      const current: TimeRange =
        goesOn && range.kind === 'fixed' ? { ...range, to: Math.ceil(serverNow() / 1000) } : range;
      const grid = gridOf(current, serverNow(), GRID_WIDTH_PX);
      const series = await queryRange(
        { expr: chart.query, start: grid.start, end: grid.end, step: grid.step },
        signal,
      );
      const own = ownSeries(series, alert);
      return { grid, frame: buildFrame([{ legend: own.legend, series: own.series }], grid) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: goesOn ? POLL_INTERVAL_MS : false,
    staleTime: goesOn ? 5_000 : Number.POSITIVE_INFINITY,
  });
}

/** The chart around the event, with the limits as lines and the time of the alert shaded. */
export function AlertChart({ alert }: { readonly alert: AlertDetail }) {
  const { chart } = alert.links;
  if (chart === null) return null;
  return <ChartOf alert={alert} chart={chart} />;
}

function ChartOf({ alert, chart }: { readonly alert: AlertDetail; readonly chart: Chart }) {
  const { range, isZoomed, goesOn, zoom, reset } = useRange(chart);
  const data = useChartData(alert, chart, range, goesOn);
  const definition = useQuery({
    ...definitionQuery(alert.definition_id),
    enabled: alert.links.definition !== null,
  }).data;
  return (
    <Panel
      title={
        alert.unit === null || chartUnit(alert.unit) !== 'none'
          ? 'Around the event'
          : `Around the event, ${alert.unit.startsWith('per ') ? '' : 'in '}${alert.unit}`
      }
      aside={
        isZoomed ? (
          <button type="button" onClick={reset} className="font-medium text-accent-text hover:underline">
            Back to the event
          </button>
        ) : data.isError && data.data !== undefined ? (
          <span className="text-warning">not refreshed</span>
        ) : undefined
      }
    >
      {data.data === undefined && !data.isError && (
        <div role="status" aria-label="Loading" className="p-4">
          <Skeleton className="h-60" />
        </div>
      )}
      {data.data === undefined && data.isError && (
        <div
          role="alert"
          className="flex h-60 flex-col items-center justify-center gap-2 px-6 text-center text-13 text-soft"
        >
          <p>{data.error.message}</p>
          <button
            type="button"
            className="font-medium text-accent-text hover:underline"
            onClick={() => void data.refetch()}
          >
            Try again
          </button>
        </div>
      )}
      {data.data !== undefined && (
        <ChartBody
          alert={alert}
          definition={definition}
          data={data.data}
          faded={data.isPlaceholderData}
          onZoom={zoom}
        />
      )}
    </Panel>
  );
}

interface ChartBodyProps {
  readonly alert: AlertDetail;
  readonly definition: AlertDefinition | undefined;
  readonly data: ChartData;
  readonly faded: boolean;
  readonly onZoom: (from: number, to: number) => void;
}

function ChartBody({ alert, definition, data, faded, onZoom }: ChartBodyProps) {
  const [zone] = useZone();
  const [hover, setHover] = useState<number | null>(null);
  const frame = useMemo(() => limitSeries(data.frame, SERIES_SHOWN), [data.frame]);
  const unit = chartUnit(alert.unit);
  const limits = useMemo(() => chartLimits(alert, definition), [alert, definition]);
  const spans = useMemo(
    () => [
      {
        from: Date.parse(alert.triggered_at) / 1000,
        to: alert.resolved_at === null ? data.grid.end : Date.parse(alert.resolved_at) / 1000,
      },
    ],
    [alert.triggered_at, alert.resolved_at, data.grid.end],
  );
  if (frame.series.length === 0) {
    return (
      <p className="flex h-60 items-center justify-center px-6 text-center text-13 text-faint">
        The metric store has no values of this time.
      </p>
    );
  }
  const words = frame.series
    .map(({ label, values }) => `${label} ${formatMeasure(summarize(values).last, alert.unit)}`)
    .join(', ');
  return (
    <div className={classNames('pt-2 pb-2 transition-opacity', faded && 'opacity-60')}>
      <div className="pr-2">
        <Suspense fallback={<div style={{ height: CHART_PX }} />}>
          <TimeChart
            frame={frame}
            unit={unit}
            from={data.grid.start}
            to={data.grid.end}
            limits={limits}
            spans={spans}
            height={CHART_PX}
            zone={zone}
            syncKey={alert.id}
            summary={`Values around the event: ${words}. ${limits.map(({ label }) => label).join(', ')}`}
            onZoom={onZoom}
            onHover={setHover}
          />
        </Suspense>
      </div>
      <ChartLegend frame={frame} unit={unit} hover={hover} zone={zone} stale={false} />
    </div>
  );
}
