import type { MaintenanceWindow } from '@stratora/contract';

/** A window as the server shows it. */
export function sampleWindow(change: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    id: 'w',
    name: 'Patch day',
    scope: { type: 'site', id: 's' },
    scope_name: 'Munich',
    starts_at: '2026-12-01T21:00:07.000Z',
    ends_at: '2026-12-01T23:00:00.000Z',
    rrule: null,
    exdates: [],
    timezone: 'Europe/Berlin',
    reason: null,
    state: 'scheduled',
    active: false,
    current_starts_at: null,
    current_ends_at: null,
    next_starts_at: '2026-12-01T21:00:07.000Z',
    next_ends_at: '2026-12-01T23:00:00.000Z',
    ended_early_at: null,
    created_by: 'anna',
    created_at: '',
    updated_at: '',
    ...change,
  };
}
