import type { AlertSeverity } from '@stratora/contract';
import type { SampleAlert } from '../../api/escalation-teams.ts';

/** A sample alert, as the URL holds it. */
export interface Sample {
  readonly severity: AlertSeverity;
  readonly node: string;
  readonly definition: string;
  /** RFC 3339; empty: now. */
  readonly at: string;
}

const NAMES = { severity: 'sample', node: 'node', definition: 'definition', at: 'at' } as const;

export function readSample(parameters: URLSearchParams): Sample {
  const severity = parameters.get('sample');
  const at = parameters.get('at') ?? '';
  return {
    severity: severity === 'warning' || severity === 'info' ? severity : 'critical',
    node: parameters.get('node') ?? '',
    definition: parameters.get('definition') ?? '',
    at: Number.isNaN(Date.parse(at)) ? '' : at,
  };
}

/** Writes a change of the sample into a URL; what is as usual leaves it, and everything else stays. */
export function writeSample(parameters: URLSearchParams, change: Partial<Sample>): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const [key, value] of Object.entries(change) as [keyof Sample, string][]) {
    if (value === '' || (key === 'severity' && value === 'critical')) next.delete(NAMES[key]);
    else next.set(NAMES[key], value);
  }
  return next;
}

/** The sample as the server takes it. */
export function toSampleAlert({ severity, node, definition, at }: Sample): SampleAlert {
  return {
    severity,
    node_id: node === '' ? null : node,
    site_id: null,
    definition_id: definition === '' ? null : definition,
    ...(at === '' ? {} : { at: new Date(at).toISOString() }),
  };
}
