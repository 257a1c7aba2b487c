import type { BacktestSeries, DefinitionBacktest } from '@stratora/contract';
import { lazy, Suspense, useMemo, useState } from 'react';
import { chartUnit, limitLines } from '../../domain/measure.ts';
import { ChartLegend } from '../../ui/chart/chart-legend.tsx';
import { formatDuration, plural } from '../../ui/format/units.ts';
import { Select } from '../../ui/select.tsx';
import { useZone } from '../../ui/state/zone.ts';
import { Moment } from '../../ui/time-text.tsx';
import { secondsOfPoint, seriesName, trialFrame, trialSpans } from './trial-frame.ts';

const TimeChart = lazy(async () => ({ default: (await import('../../ui/chart/time-chart.tsx')).TimeChart }));

const CHART_PX = 220;

/** The past of one series: its values, the limits as lines, and the times in which it would have had an alert shaded. */
export function TrialChart({ backtest }: { readonly backtest: DefinitionBacktest }) {
  const [chosen, setChosen] = useState('0');
  const series = backtest.series[Number(chosen)] ?? backtest.series[0];
  if (series === undefined) return null;
  return (
    <div className="flex flex-col gap-2">
      {backtest.series.length > 1 && (
        <Select
          label="Series drawn"
          className="max-w-md"
          value={backtest.series[Number(chosen)] === undefined ? '0' : chosen}
          options={backtest.series.map((one, index) => ({
            value: String(index),
            label: seriesName(one),
            note: one.active.length === 0 ? 'no alert' : plural(one.active.length, 'alert'),
          }))}
          onChange={setChosen}
        />
      )}
      <SeriesChart key={seriesName(series)} backtest={backtest} series={series} />
    </div>
  );
}

/** Share of the time by which a series may begin later and still be drawn with all of it. */
const LATE_SHARE = 0.1;

/** The begin of a chart: that of the trial, or of the samples where they begin much later. */
function drawnFrom({ from, to }: DefinitionBacktest, { points }: BacktestSeries) {
  const begin = Date.parse(from) / 1000;
  const first = points[0]?.[0] ?? begin;
  const isLate = first - begin > (Date.parse(to) / 1000 - begin) * LATE_SHARE;
  return { start: isLate ? first : begin, isLate };
}

interface SeriesChartProps {
  readonly backtest: DefinitionBacktest;
  readonly series: BacktestSeries;
}

function SeriesChart({ backtest, series }: SeriesChartProps) {
  const [zone] = useZone();
  const [hover, setHover] = useState<number | null>(null);
  const { start, isLate } = drawnFrom(backtest, series);
  const whole = [start, Date.parse(backtest.to) / 1000] as const;
  const [zoomed, setZoomed] = useState<readonly [number, number]>();
  const [from, to] = zoomed ?? whole;
  const frame = useMemo(() => trialFrame(series), [series]);
  const spans = useMemo(() => trialSpans(series), [series]);
  const limits = useMemo(() => limitLines(backtest, backtest.unit), [backtest]);
  const unit = chartUnit(backtest.unit);
  const pointSeconds = secondsOfPoint(series, backtest);
  return (
    <div className="rounded-md border border-line bg-surface py-2">
      <div className="pr-2">
        <Suspense fallback={<div style={{ height: CHART_PX }} />}>
          <TimeChart
            frame={frame}
            unit={unit}
            from={from}
            to={to}
            limits={limits}
            spans={spans}
            height={CHART_PX}
            zone={zone}
            syncKey="trial"
            summary={`Past of ${seriesName(series)}, with ${plural(series.active.length, 'alert')}. ${limits.map(({ label }) => label).join(', ')}`}
            onZoom={(start, end) => setZoomed([start, end])}
            onHover={setHover}
          />
        </Suspense>
      </div>
      <ChartLegend frame={frame} unit={unit} hover={hover} zone={zone} stale={false} />
      {pointSeconds !== undefined && (
        <p className="px-4 pt-1 text-13 text-soft">
          Each point is the worst value of {formatDuration(pointSeconds)}, however short it was.
        </p>
      )}
      {isLate && (
        <p className="px-4 pt-1 text-13 text-soft">
          It has samples since <Moment time={new Date(start * 1000).toISOString()} />.
        </p>
      )}
      {zoomed !== undefined && (
        <p className="px-4 pt-1 text-13">
          <button
            type="button"
            onClick={() => setZoomed(undefined)}
            className="font-medium text-accent-text hover:underline"
          >
            Back to the whole time
          </button>
        </p>
      )}
    </div>
  );
}
