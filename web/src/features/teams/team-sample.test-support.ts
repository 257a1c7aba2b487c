import type { EscalationTeam } from '@stratora/contract';

/** A team as the server shows it. */
export function sampleTeam(change: Partial<EscalationTeam> = {}): EscalationTeam {
  return {
    id: 't',
    name: 'Ops',
    enabled: true,
    is_default: false,
    match: { severities: [], site_ids: [], group_ids: [], definition_ids: [] },
    active: { type: 'always' },
    steps: [{ after_seconds: 0 }],
    repeat: null,
    rotation: null,
    on_call: null,
    warnings: [],
    created_at: '',
    updated_at: '',
    ...change,
  };
}
