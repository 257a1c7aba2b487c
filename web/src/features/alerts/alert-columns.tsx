import type { Alert } from '@stratora/contract';
import { ChevronDown, ChevronRight, CornerDownRight } from 'lucide-react';
import { compareSeverity, SeverityBadge } from '../../domain/alert-severity.tsx';
import { behindWords, isQuiet, limitWords, markWords, subjectOf } from '../../domain/alert-words.ts';
import { formatMeasure } from '../../domain/measure.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatCount, formatDuration, unbrokenValues } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { type Column, compareNumber, compareText, compareTime, type Sort } from '../../ui/table/column.ts';
import { TwoLines } from '../../ui/table/two-lines.tsx';
import { Ago, Since } from '../../ui/time-text.tsx';
import type { AlertLine, AlertOrder } from './alert-groups.ts';

/** The words of what became of an alert. */
function Marks({ alert }: { readonly alert: Alert }) {
  const now = useNow(15_000);
  const [zone] = useZone();
  return <TwoLines text={markWords(alert, now, zone).join(' · ')} />;
}

/** The text of an alert, on two lines where it is long. */
function SummaryText({ summary }: Pick<Alert, 'summary'>) {
  return (
    <span className="line-clamp-2 leading-4 whitespace-normal" title={summary}>
      {unbrokenValues(summary)}
    </span>
  );
}

function Summary({ line }: { readonly line: AlertLine }) {
  const { alert, isBehind } = line;
  return (
    <span className={classNames('flex items-center gap-2', isQuiet(alert) && 'font-normal text-soft')}>
      {isBehind && <CornerDownRight size={14} aria-hidden className="ml-2 shrink-0 text-faint" />}
      <SummaryText summary={alert.summary} />
    </span>
  );
}

interface FoldProps {
  readonly line: AlertLine;
  readonly onFold: (id: string) => void;
}

/** Opens and folds what is held behind a cause; its number alone where that is not in the list. */
function Fold({ line, onFold }: FoldProps) {
  if (line.behind === 0) {
    const words = behindWords(line.alert);
    return words === '' ? null : <span title={words}>{formatCount(line.alert.behind_count)}</span>;
  }
  const Arrow = line.isOpen ? ChevronDown : ChevronRight;
  const text = behindWords({ behind_count: line.behind });
  return (
    <button
      type="button"
      aria-expanded={line.isOpen}
      aria-label={`${line.isOpen ? 'Fold' : 'Show'} ${text}`}
      title={text}
      className="tabular relative z-1 inline-flex h-7 items-center gap-1 rounded-sm border border-line px-1.5 text-12 text-text hover:bg-active max-md:h-10"
      onClick={() => onFold(line.alert.id)}
    >
      <Arrow size={14} aria-hidden />
      {formatCount(line.behind)}
    </button>
  );
}

function Subject({ alert }: { readonly alert: Alert }) {
  return <span title={subjectOf(alert)}>{subjectOf(alert)}</span>;
}

function ValueText({ alert }: { readonly alert: Alert }) {
  return (
    <span title={limitWords(alert) === '' ? undefined : `It fires ${limitWords(alert)}`}>
      {formatMeasure(alert.value, alert.unit)}
    </span>
  );
}

const newest: AlertOrder = (a, b) => compareTime(b.triggered_at, a.triggered_at);

/** Columns of the active alerts. */
export function activeColumns(onFold: (id: string) => void): readonly Column<AlertLine>[] {
  return [
    {
      id: 'summary',
      header: 'What',
      width: 280,
      compare: (a, b) => compareText(a.alert.summary, b.alert.summary),
      cell: (line) => <Summary line={line} />,
    },
    {
      id: 'behind',
      header: 'Behind',
      width: 80,
      compare: (a, b) => compareNumber(a.alert.behind_count, b.alert.behind_count),
      cell: (line) => <Fold line={line} onFold={onFold} />,
    },
    {
      id: 'severity',
      header: 'Severity',
      width: 104,
      compare: (a, b) =>
        compareSeverity(a.alert.severity, b.alert.severity) ||
        Number(isQuiet(b.alert)) - Number(isQuiet(a.alert)) ||
        compareTime(a.alert.triggered_at, b.alert.triggered_at),
      cell: ({ alert }) => <SeverityBadge severity={alert.severity} quiet={isQuiet(alert)} />,
    },
    {
      id: 'triggered_at',
      header: 'For',
      width: 92,
      align: 'right',
      compare: (a, b) => newest(a.alert, b.alert),
      cell: ({ alert }) => <Since time={alert.triggered_at} />,
    },
    {
      id: 'node_name',
      header: 'Where',
      width: 124,
      compare: (a, b) => compareText(subjectOf(a.alert), subjectOf(b.alert)),
      cell: ({ alert }) => <Subject alert={alert} />,
    },
    {
      id: 'site',
      header: 'Site',
      width: 112,
      compare: (a, b) => compareText(a.alert.site_name ?? '', b.alert.site_name ?? ''),
      cell: ({ alert }) => <span title={alert.site_name ?? undefined}>{alert.site_name ?? ''}</span>,
      hidden: true,
    },
    {
      id: 'value',
      header: 'Value',
      width: 124,
      align: 'right',
      cell: ({ alert }) => <ValueText alert={alert} />,
    },
    { id: 'marks', header: 'State', width: 136, cell: ({ alert }) => <Marks alert={alert} /> },
    {
      id: 'definition',
      header: 'Definition',
      width: 160,
      compare: (a, b) => compareText(a.alert.definition_name, b.alert.definition_name),
      cell: ({ alert }) => alert.definition_name,
      hidden: true,
    },
    {
      id: 'peak',
      header: 'Worst',
      width: 108,
      align: 'right',
      cell: ({ alert }) => formatMeasure(alert.peak, alert.unit),
      hidden: true,
    },
  ];
}

/** Compares alerts as a column does, in the order that is asked for; the newest first where they are equal. */
export function orderOf(columns: readonly Column<AlertLine>[], sort: Sort): AlertOrder {
  const compare = columns.find(({ id }) => id === sort.id)?.compare;
  if (compare === undefined) return newest;
  const line = (alert: Alert): AlertLine => ({ alert, behind: 0, isBehind: false, isOpen: false });
  const sign = sort.descending ? -1 : 1;
  return (a, b) => sign * compare(line(a), line(b)) || newest(a, b);
}

/** The server sorts these by itself; the table only has to know that they can be sorted. */
const byServer = () => 0;

/** Columns of the alerts that are over; the sortable ones have the names of the server's fields. */
export const HISTORY_COLUMNS: readonly Column<Alert>[] = [
  {
    id: 'summary',
    header: 'What',
    width: 290,
    cell: (alert) => (
      <span className="font-normal">
        <SummaryText summary={alert.summary} />
      </span>
    ),
  },
  {
    id: 'severity',
    header: 'Severity',
    width: 116,
    compare: byServer,
    cell: (alert) => <SeverityBadge severity={alert.severity} quiet />,
  },
  {
    id: 'triggered_at',
    header: 'Began',
    width: 108,
    align: 'right',
    compare: byServer,
    cell: (alert) => <Ago time={alert.triggered_at} />,
  },
  {
    id: 'resolved_at',
    header: 'Ended',
    width: 108,
    align: 'right',
    compare: byServer,
    cell: (alert) => <Ago time={alert.resolved_at} />,
  },
  { id: 'lasted', header: 'Lasted', width: 108, align: 'right', cell: lastedWords },
  {
    id: 'node_name',
    header: 'Where',
    width: 150,
    compare: byServer,
    cell: (alert) => <Subject alert={alert} />,
  },
  {
    id: 'site',
    header: 'Site',
    width: 130,
    cell: ({ site_name: site }) => <span title={site ?? undefined}>{site ?? ''}</span>,
  },
  {
    id: 'peak',
    header: 'Worst',
    width: 108,
    align: 'right',
    cell: (alert) => formatMeasure(alert.peak, alert.unit),
  },
  { id: 'marks', header: 'State', width: 200, cell: (alert) => <Marks alert={alert} />, hidden: true },
  {
    id: 'definition',
    header: 'Definition',
    width: 160,
    cell: ({ definition_name: name }) => <span title={name}>{name}</span>,
    hidden: true,
  },
];

/** How long an alert lasted: "12 min". */
export function lastedWords({
  triggered_at: from,
  resolved_at: to,
}: Pick<Alert, 'triggered_at' | 'resolved_at'>) {
  return to === null
    ? ''
    : formatDuration(Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)));
}
