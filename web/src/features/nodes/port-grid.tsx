import { useQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { Link } from 'react-router';
import { bindExpression, queryInstant } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatValue } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import type { InterfaceRow } from './interface-rows.ts';
import { layOutPorts, type PlacedPort, powerPortOf } from './port-layout.ts';

/** Fewest ports of a bank that stand in two rows, odd above even, as on the front of a switch. */
const TWO_ROWS = 8;
const DELIVERING = 'last_over_time(device_poe_port_delivering{$node}[5m])';

interface PortGridProps {
  readonly nodeId: string;
  readonly rows: readonly InterfaceRow[];
  /** Where a port leads to. */
  readonly href: (row: InterfaceRow) => string;
  readonly stale: boolean;
}

/** The ports of a device as its front panel has them. */
export function PortGrid({ nodeId, rows, href, stale }: PortGridProps) {
  const banks = layOutPorts(rows);
  const power = useQuery({
    queryKey: ['metrics', 'poe', nodeId],
    enabled: banks.length > 0,
    queryFn: async ({ signal }): Promise<ReadonlySet<string>> => {
      const samples = await queryInstant(bindExpression(DELIVERING, nodeId, 60), signal);
      return new Set(
        samples.filter(({ value }) => Number(value[1]) === 1).map(({ metric }) => metric['port'] ?? ''),
      );
    },
    refetchInterval: POLL_INTERVAL_MS,
  });
  if (banks.length === 0) return null;
  const isPowered = ({ name }: InterfaceRow) => power.data?.has(powerPortOf(name) ?? '-') === true;
  const hasPower = (power.data?.size ?? 0) > 0;
  return (
    <Panel title="Ports" aside={<Legend hasPower={hasPower} />}>
      <div className={classNames('flex flex-wrap gap-x-8 gap-y-4 overflow-x-auto p-4', stale && 'stale')}>
        {banks.map(({ name, ports }) => (
          <div key={name} className="min-w-0">
            <div className="mb-1 truncate text-12 text-faint">{name === '' ? 'Ports' : name}</div>
            <ul
              className={classNames(
                'grid w-max grid-flow-col gap-1',
                ports.length >= TWO_ROWS ? 'grid-rows-2' : 'grid-rows-1',
              )}
            >
              {ports.map((placed) => (
                <Port
                  key={placed.row.key}
                  placed={placed}
                  href={href(placed.row)}
                  isPowered={isPowered(placed.row)}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Panel>
  );
}

interface PortProps {
  readonly placed: PlacedPort;
  readonly href: string;
  readonly isPowered: boolean;
}

function Port({ placed: { row, number }, href, isPowered }: PortProps) {
  const words = wordsOf(row, isPowered);
  return (
    <li>
      <Link
        to={href}
        preventScrollReset
        title={words}
        aria-label={words}
        className={classNames(
          'tabular relative flex h-8 w-9 items-center justify-center rounded-sm border text-12 hover:outline-2 hover:outline-accent',
          look(row),
        )}
      >
        {number}
        {isPowered && (
          <Zap size={10} aria-hidden className="absolute top-0.5 right-0.5" fill="currentColor" />
        )}
        {hasFaults(row) && (
          <span aria-hidden className="absolute bottom-0.5 left-0.5 size-1.5 rounded-full bg-warning" />
        )}
      </Link>
    </li>
  );
}

const LOOKS = {
  up: 'border-healthy bg-healthy-soft font-medium text-healthy',
  down: 'border-line bg-surface text-faint',
  off: 'border-line bg-active hatched text-faint',
} as const;

function look(row: InterfaceRow): string {
  if (row.up === true) return LOOKS.up;
  return row.adminUp === false ? LOOKS.off : LOOKS.down;
}

function hasFaults({ errors, discards }: InterfaceRow): boolean {
  return (errors ?? 0) + (discards ?? 0) > 0;
}

function wordsOf(row: InterfaceRow, isPowered: boolean): string {
  const state =
    row.up === true
      ? 'up'
      : row.adminUp === false
        ? 'switched off'
        : row.up === false
          ? 'no link'
          : 'not known';
  const parts = [
    row.alias === '' ? row.name : `${row.name}, ${row.alias}`,
    state,
    row.up === true && row.speedBits !== undefined && row.speedBits > 0
      ? formatValue(row.speedBits, 'bits_per_second')
      : '',
    isPowered ? 'gives power' : '',
    hasFaults(row) ? 'errors or discards' : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function Legend({ hasPower }: { readonly hasPower: boolean }) {
  const kinds = [
    ['up', LOOKS.up],
    ['no link', LOOKS.down],
    ['switched off', LOOKS.off],
  ] as const;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12">
      {kinds.map(([word, classes]) => (
        <span key={word} className="flex items-center gap-1.5">
          <span aria-hidden className={classNames('size-3 rounded-sm border', classes)} />
          {word}
        </span>
      ))}
      {hasPower && (
        <span className="flex items-center gap-1">
          <Zap size={11} aria-hidden fill="currentColor" /> gives power
        </span>
      )}
    </span>
  );
}
