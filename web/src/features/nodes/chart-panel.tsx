import type { TemplatePanel } from '@stratora/contract';
import { lazy, Suspense, useMemo, useState } from 'react';
import { ChartLegend } from '../../ui/chart/chart-legend.tsx';
import { limitSeries, SERIES_SHOWN, summarize } from '../../ui/chart/series-frame.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatValue } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { useZone } from '../../ui/state/zone.ts';
import { Skeleton } from '../../ui/view-state.tsx';
import { type PanelData, usePanelData } from './panel-data.ts';
import { useTimeRange } from './range-picker.tsx';

const TimeChart = lazy(async () => ({ default: (await import('../../ui/chart/time-chart.tsx')).TimeChart }));

const CHART_PX = 176;
/** The width that the step is chosen for: panels are about this wide, and one grid keeps the crosshair together. */
const GRID_WIDTH_PX = 720;

interface ChartPanelProps {
  readonly nodeId: string;
  readonly panel: TemplatePanel;
  readonly stale: boolean;
  /** Left out altogether while it has no series in the range, as a device without fans has no fan chart. */
  readonly hideEmpty?: boolean;
}

export function ChartPanel({ nodeId, panel, stale, hideEmpty = true }: ChartPanelProps) {
  const [range] = useTimeRange();
  const data = usePanelData(nodeId, panel, range, GRID_WIDTH_PX);
  const series = data.data?.frame.series.length;
  if (series === 0 && hideEmpty) return null;
  return (
    <Panel
      title={panel.title}
      aside={
        data.isError && data.data !== undefined ? (
          <span className="text-warning">not refreshed</span>
        ) : undefined
      }
    >
      {data.data === undefined && !data.isError && <ChartSkeleton />}
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
          panel={panel}
          data={data.data}
          syncKey={nodeId}
          stale={stale}
          faded={data.isPlaceholderData}
        />
      )}
    </Panel>
  );
}

function ChartSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="p-4">
      <Skeleton className="h-44" />
      <Skeleton className="mt-4 h-4 w-2/3" />
    </div>
  );
}

interface ChartBodyProps {
  readonly panel: TemplatePanel;
  readonly data: PanelData;
  readonly syncKey: string;
  readonly stale: boolean;
  readonly faded: boolean;
}

function ChartBody({ panel, data, syncKey, stale, faded }: ChartBodyProps) {
  const [, setRange] = useTimeRange();
  const [zone] = useZone();
  const [all, setAll] = useState(false);
  const [hover, setHover] = useState<number | null>(null);
  const { frame: full, grid } = data;
  const frame = useMemo(() => limitSeries(full, all ? full.series.length : SERIES_SHOWN), [full, all]);
  const words = frame.series
    .map(({ label, values }) => `${label} ${formatValue(summarize(values).last, panel.unit)}`)
    .join(', ');
  if (full.series.length === 0) {
    return <p className="flex h-60 items-center justify-center text-13 text-faint">No data in this range</p>;
  }
  return (
    <div className={classNames('pt-2 pb-2 transition-opacity', faded && 'opacity-60')}>
      <div className="pr-2">
        <Suspense fallback={<div style={{ height: CHART_PX }} />}>
          <TimeChart
            frame={frame}
            unit={panel.unit}
            from={grid.start}
            to={grid.end}
            min={panel.min}
            max={panel.max}
            stacked={panel.stacked}
            height={CHART_PX}
            zone={zone}
            syncKey={syncKey}
            summary={`${panel.title}: ${words}`}
            onZoom={(from, to) => setRange({ kind: 'fixed', from, to })}
            onHover={setHover}
          />
        </Suspense>
      </div>
      <ChartLegend frame={frame} unit={panel.unit} hover={hover} zone={zone} stale={stale} />
      {full.series.length > SERIES_SHOWN && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="mx-4 mt-1 text-12 font-medium text-accent-text hover:underline"
        >
          {all ? `Show the busiest only` : `Show all ${full.series.length} series`}
        </button>
      )}
    </div>
  );
}
