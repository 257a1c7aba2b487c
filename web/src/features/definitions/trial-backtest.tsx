import type { BacktestAlert, DefinitionBacktest } from '@stratora/contract';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { SeverityIcon } from '../../domain/alert-severity.tsx';
import { formatMeasure } from '../../domain/measure.ts';
import { formatCount, formatDuration, plural } from '../../ui/format/units.ts';
import { Moment } from '../../ui/time-text.tsx';
import { TrialChart } from './trial-chart.tsx';
import { seriesName } from './trial-frame.ts';
import { backtestHeadline, longestWords, noiseWords, pastMarks, worstPeak } from './trial-words.ts';

/** How many alerts of the past are listed; the totals count all. */
const LISTED_MAX = 10;

interface BacktestResultProps {
  readonly backtest: DefinitionBacktest;
  /** The time that was tried, in words. */
  readonly range: string;
}

/** What a definition would have told of the past. */
export function BacktestResult({ backtest, range }: BacktestResultProps) {
  if (backtest.not_tried !== null) {
    return <p className="text-13 text-soft">{backtest.not_tried}</p>;
  }
  const { alerts, noise } = backtest;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p role="status" className="text-16 font-medium">
        {backtestHeadline(backtest, range)}
      </p>
      {noise.warning !== null && <NoiseWarning noise={noise} />}
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-4">
        <Figure label="Alerts">{formatCount(backtest.total)}</Figure>
        <Figure
          label="Notices"
          note={
            backtest.held_notices > 0 ? `${formatCount(backtest.held_notices)} more held back` : undefined
          }
        >
          {formatCount(backtest.notices)}
        </Figure>
        <Figure label="Longest">{longestWords(alerts)}</Figure>
        <Figure label="Worst value">
          {formatMeasure(worstPeak(alerts, backtest.comparison), backtest.unit)}
        </Figure>
      </dl>
      <p className="text-13 text-soft">
        Notices for each node and day: {noiseWords(noise.per_node_and_day)}, over{' '}
        {plural(backtest.nodes, 'node')} and {formatCount(backtest.series_count)} series.
      </p>
      <TrialChart backtest={backtest} />
      {alerts.length > 0 && <PastAlerts backtest={backtest} />}
      <Remarks backtest={backtest} />
    </div>
  );
}

interface FigureProps {
  readonly label: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

function Figure({ label, note, children }: FigureProps) {
  return (
    <div className="min-w-0 bg-surface px-3 py-2">
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="tabular text-16 font-semibold break-words">{children}</dd>
      {note !== undefined && <dd className="text-12 text-soft">{note}</dd>}
    </div>
  );
}

function NoiseWarning({ noise }: Pick<DefinitionBacktest, 'noise'>) {
  const more = noise.nodes_over - noise.nodes.length;
  return (
    <div
      role="alert"
      className="flex gap-3 rounded-md border border-warning bg-warning-soft px-3 py-2 text-13"
    >
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
      <div className="min-w-0">
        <p className="font-medium break-words">{noise.warning}</p>
        {noise.nodes.length > 0 && (
          <p className="break-words text-soft">
            {noise.nodes
              .map(({ node_name: name, notices }) => `${name} (${formatCount(notices)})`)
              .join(', ')}
            {more > 0 && ` and ${plural(more, 'other node')}`}
          </p>
        )}
      </div>
    </div>
  );
}

function PastAlerts({ backtest }: { readonly backtest: DefinitionBacktest }) {
  const shown = backtest.alerts.slice(0, LISTED_MAX);
  const more = backtest.total - shown.length;
  return (
    <div>
      <h3 className="mb-1 text-12 text-faint">Alerts as they would have been, the newest first</h3>
      <ul className="rounded-md border border-line">
        {shown.map((alert) => (
          <PastAlert
            key={`${alert.node_id} ${alert.instance} ${alert.from}`}
            alert={alert}
            unit={backtest.unit}
          />
        ))}
      </ul>
      {more > 0 && <p className="mt-1 text-13 text-faint">and {formatCount(more)} earlier ones</p>}
    </div>
  );
}

function PastAlert({ alert, unit }: { readonly alert: BacktestAlert; readonly unit: string | null }) {
  const marks = pastMarks(alert);
  return (
    <li className="flex gap-3 border-b border-line px-3 py-2 text-13 last:border-b-0">
      <span className="mt-0.5">
        <SeverityIcon severity={alert.severity} size={14} quiet={alert.held_by !== null} />
      </span>
      <div className="min-w-0 flex-1">
        <Link to={`/nodes/${alert.node_id}?tab=alerts`} className="font-medium break-words hover:underline">
          {seriesName(alert)}
        </Link>
        <p className="break-words text-soft">
          <Moment time={alert.from} />, lasted {formatDuration(Math.round(alert.duration_seconds))}
          {marks !== '' && `, ${marks}`}
        </p>
      </div>
      <span className="tabular shrink-0 text-right">
        {formatMeasure(alert.peak, unit)}
        <span className="block text-12 text-faint">{plural(alert.notices, 'notice')}</span>
      </span>
    </li>
  );
}

/** What a reader must know of how it was tried. */
function Remarks({ backtest }: { readonly backtest: DefinitionBacktest }) {
  const isCut = Date.parse(backtest.tried_until) < Date.parse(backtest.to);
  if (backtest.remarks.length === 0 && !isCut) return null;
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-13 text-soft">
      {isCut && (
        <li>
          Tried until <Moment time={backtest.tried_until} />: the time allowed was over. Try a shorter range.
        </li>
      )}
      {backtest.remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  );
}
