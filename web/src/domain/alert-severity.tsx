import type { AlertSeverity } from '@stratora/contract';
import { Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react';
import { classNames } from '../ui/class-names.ts';

interface SeverityLook {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly text: string;
  readonly soft: string;
}

/** Worst first: the order of counters and choices. */
export const SEVERITY_ORDER = ['critical', 'warning', 'info'] as const satisfies readonly AlertSeverity[];

export const SEVERITY_LOOKS: Readonly<Record<AlertSeverity, SeverityLook>> = {
  critical: { label: 'Critical', icon: OctagonAlert, text: 'text-critical', soft: 'bg-critical-soft' },
  warning: { label: 'Warning', icon: TriangleAlert, text: 'text-warning', soft: 'bg-warning-soft' },
  info: { label: 'Info', icon: Info, text: 'text-soft', soft: 'bg-active' },
};

const RANK = new Map<AlertSeverity, number>(SEVERITY_ORDER.map((severity, index) => [severity, index]));

/** Compares severities, the mildest first. */
export function compareSeverity(a: AlertSeverity, b: AlertSeverity): number {
  return (RANK.get(b) ?? 0) - (RANK.get(a) ?? 0);
}

interface SeverityProps {
  readonly severity: AlertSeverity;
  readonly size?: number;
  /** Drawn without its colour: what is over, or taken care of. */
  readonly quiet?: boolean;
}

export function SeverityIcon({ severity, size = 16, quiet = false }: SeverityProps) {
  const { icon: Icon, text } = SEVERITY_LOOKS[severity];
  return (
    <Icon
      size={size}
      strokeWidth={2.25}
      className={classNames('shrink-0', quiet ? 'text-faint' : text)}
      aria-hidden
    />
  );
}

export function SeverityBadge({ severity, quiet = false }: SeverityProps) {
  const { label, text, soft } = SEVERITY_LOOKS[severity];
  return (
    <span
      className={classNames(
        'inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-12 font-medium whitespace-nowrap',
        quiet ? 'bg-active text-soft' : `${text} ${soft}`,
      )}
    >
      <SeverityIcon severity={severity} size={14} quiet={quiet} />
      {label}
    </span>
  );
}
