import type { TemplatePanel } from '@stratora/contract';
import { useContext } from 'react';
import { plotColumns, summarize, type Value } from '../../ui/chart/series-frame.ts';
import { Sparkline } from '../../ui/chart/sparkline.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatValue } from '../../ui/format/units.ts';
import { usePanelData, useStatData } from './panel-data.ts';
import { DefaultRangeContext } from './range-picker.tsx';

const SPARK_PX = 240;
/** The groups of panels of which the strip has one, in this order, where the template has them; before them, all of power. */
const GLANCE: readonly TemplatePanel['group'][] = ['availability', 'cpu', 'memory', 'storage'];

interface StatStripProps {
  readonly nodeId: string;
  readonly charts: readonly TemplatePanel[];
  readonly stats: readonly TemplatePanel[];
  readonly stale: boolean;
}

/** The node at a glance: the newest number of each of its main panels over the last hour. */
export function StatStrip({ nodeId, charts, stats, stale }: StatStripProps) {
  const power = charts.filter(({ group }) => group === 'power');
  const others = GLANCE.map((group) =>
    charts.find((panel) => panel.group === group && !/loss/i.test(panel.title)),
  ).filter((panel): panel is TemplatePanel => panel !== undefined);
  const glances = [...power, ...others];
  return (
    <ul className="flex flex-wrap gap-px overflow-hidden rounded-md border border-line bg-line">
      {glances.map((panel) => (
        <GlanceTile key={panel.id} nodeId={nodeId} panel={panel} stale={stale} />
      ))}
      {stats.map((panel) => (
        <StatTile key={panel.id} nodeId={nodeId} panel={panel} stale={stale} />
      ))}
    </ul>
  );
}

const TILE = 'min-h-20 min-w-36 flex-1 bg-surface px-4 py-3';

function GlanceTile({
  nodeId,
  panel,
  stale,
}: {
  readonly nodeId: string;
  readonly panel: TemplatePanel;
  readonly stale: boolean;
}) {
  const { data } = usePanelData(nodeId, panel, useContext(DefaultRangeContext), SPARK_PX);
  if (data !== undefined && data.frame.series.length === 0) return null;
  const main = data === undefined ? undefined : mainSeries(panel, data.frame);
  return (
    <li className={TILE}>
      <div className="truncate text-12 text-faint">
        {panel.title}
        {main !== undefined && main.label !== '' && `, ${main.label}`}
      </div>
      <div className={classNames('tabular text-20', stale ? 'stale' : 'font-semibold')}>
        {main === undefined ? '–' : formatValue(summarize(main.values).last, panel.unit)}
      </div>
      {main !== undefined && (
        <Sparkline values={main.values} min={panel.min} max={panel.max} className="mt-1 h-6 w-full" />
      )}
    </li>
  );
}

/** A stack as its sum, of several things the fullest, else the first. */
function mainSeries(
  panel: TemplatePanel,
  frame: Parameters<typeof plotColumns>[0],
): { readonly label: string; readonly values: readonly Value[] } | undefined {
  if (panel.stacked) {
    const top = plotColumns(frame, true).at(-1);
    return top === undefined ? undefined : { label: '', values: top };
  }
  const byThing = panel.queries.some(({ legend }) => legend.includes('{{'));
  const series = byThing
    ? frame.series.toSorted((a, b) => (summarize(b.values).last ?? -1) - (summarize(a.values).last ?? -1))[0]
    : frame.series[0];
  return series && { label: byThing ? series.label : '', values: series.values };
}

function StatTile({
  nodeId,
  panel,
  stale,
}: {
  readonly nodeId: string;
  readonly panel: TemplatePanel;
  readonly stale: boolean;
}) {
  const { data } = useStatData(nodeId, panel);
  if (data === undefined || data.length === 0) return null;
  const title = panel.id.includes('uptime') ? 'Up for' : panel.title;
  return (
    <>
      {data.map(({ label, value }) => (
        <li key={label} className={TILE}>
          <div className="truncate text-12 text-faint" title={label}>
            {title}
          </div>
          <div className={classNames('tabular text-20', stale ? 'stale' : 'font-semibold')}>
            {formatValue(value, panel.unit)}
          </div>
          {data.length > 1 && <div className="truncate text-12 text-faint">{label}</div>}
        </li>
      ))}
    </>
  );
}
