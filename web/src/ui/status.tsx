import type { NodeStatus, StatusCounts } from '@stratora/contract';
import {
  CircleCheck,
  CircleHelp,
  Loader,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
  Unplug,
  Wrench,
} from 'lucide-react';
import { classNames } from './class-names.ts';

interface StatusLook {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly text: string;
  readonly soft: string;
  readonly fill: string;
  readonly border: string;
}

/** Most urgent first: the order of counters, bars and sorting. */
export const STATUS_ORDER = [
  'critical',
  'offline',
  'warning',
  'unknown',
  'discovering',
  'maintenance',
  'healthy',
] as const satisfies readonly NodeStatus[];

export const STATUS_LOOKS: Readonly<Record<NodeStatus, StatusLook>> = {
  healthy: {
    label: 'Healthy',
    icon: CircleCheck,
    text: 'text-healthy',
    soft: 'bg-healthy-soft',
    fill: 'bg-healthy',
    border: 'border-healthy',
  },
  warning: {
    label: 'Warning',
    icon: TriangleAlert,
    text: 'text-warning',
    soft: 'bg-warning-soft',
    fill: 'bg-warning',
    border: 'border-warning',
  },
  critical: {
    label: 'Critical',
    icon: OctagonAlert,
    text: 'text-critical',
    soft: 'bg-critical-soft',
    fill: 'bg-critical',
    border: 'border-critical',
  },
  offline: {
    label: 'Offline',
    icon: Unplug,
    text: 'text-offline',
    soft: 'bg-offline-soft',
    fill: 'bg-offline',
    border: 'border-offline',
  },
  unknown: {
    label: 'Unknown',
    icon: CircleHelp,
    text: 'text-unknown',
    soft: 'bg-unknown-soft hatched',
    fill: 'hatched bg-unknown-soft',
    border: 'border-unknown',
  },
  maintenance: {
    label: 'Maintenance',
    icon: Wrench,
    text: 'text-maintenance',
    soft: 'bg-maintenance-soft',
    fill: 'bg-maintenance',
    border: 'border-maintenance',
  },
  discovering: {
    label: 'Discovering',
    icon: Loader,
    text: 'text-discovering',
    soft: 'bg-discovering-soft',
    fill: 'bg-discovering',
    border: 'border-discovering',
  },
};

export function StatusIcon({ status, size = 16 }: { readonly status: NodeStatus; readonly size?: number }) {
  const { icon: Icon, text } = STATUS_LOOKS[status];
  return <Icon size={size} strokeWidth={2.25} className={classNames('shrink-0', text)} aria-hidden />;
}

export function StatusBadge({ status }: { readonly status: NodeStatus }) {
  const { label, text, soft } = STATUS_LOOKS[status];
  return (
    <span
      className={classNames(
        'inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-12 font-medium whitespace-nowrap',
        text,
        soft,
      )}
    >
      <StatusIcon status={status} size={14} />
      {/* The hatching must not run through the letters. */}
      <span className={classNames(status === 'unknown' && 'rounded-sm bg-unknown-soft px-0.5')}>{label}</span>
    </span>
  );
}

/** Shares of a whole by status, as one bar; the words beside it carry the numbers. */
export function StatusBar({ counts, total }: { readonly counts: StatusCounts; readonly total: number }) {
  const parts = STATUS_ORDER.filter((status) => counts[status] > 0);
  const words = parts
    .map((status) => `${counts[status]} ${STATUS_LOOKS[status].label.toLowerCase()}`)
    .join(', ');
  return (
    <div
      role="img"
      aria-label={words === '' ? 'No nodes' : words}
      title={words}
      className="flex h-2 w-full gap-px overflow-hidden rounded-full bg-active"
    >
      {parts.map((status) => (
        <div
          key={status}
          className={classNames('h-full min-w-1', STATUS_LOOKS[status].fill)}
          style={{ flexGrow: counts[status] / Math.max(total, 1), flexBasis: 0 }}
        />
      ))}
    </div>
  );
}
