import type { MaintenanceWindow } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { toWindowBody, toWindowForm, toWindowTimes } from './window-form-values.ts';
import { sampleWindow } from './window-sample.test-support.ts';

const NOW = Date.parse('2026-11-29T12:34:56Z');

describe('the form of a maintenance window', () => {
  it('sends what it got where nothing was touched, to the second', () => {
    for (const change of [
      {},
      { scope: { type: 'global', id: null }, reason: 'patches' },
      { rrule: 'FREQ=MONTHLY;BYDAY=2TU', exdates: ['2026-12-24', '2027-01-12T21:00:00.000Z'] },
      { rrule: 'FREQ=YEARLY', timezone: 'America/New_York' },
    ] as const satisfies readonly object[]) {
      const window = sampleWindow(structuredClone(change) as Partial<MaintenanceWindow>);
      const values = toWindowForm(window, undefined, NOW);
      const times = toWindowTimes(values, window);
      expect(times).toBeDefined();
      if (times !== undefined) expect(window).toMatchObject(toWindowBody(values, times));
    }
  });

  it('reads times by the clocks of its zone', () => {
    const values = toWindowForm(sampleWindow(), undefined, NOW);
    expect(values).toMatchObject({ starts_at: '2026-12-01T22:00', ends_at: '2026-12-02T00:00' });
    expect(toWindowTimes({ ...values, starts_at: '2026-07-01T22:00' })?.starts_at).toBe(
      '2026-07-01T20:00:00.000Z',
    );
    const elsewhere = toWindowTimes({ ...values, timezone: 'America/New_York' }, sampleWindow());
    expect(elsewhere?.starts_at).toBe('2026-12-02T03:00:00.000Z');
  });

  it('has no times while one of them or the zone is none', () => {
    const values = toWindowForm(sampleWindow(), undefined, NOW);
    expect(toWindowTimes({ ...values, ends_at: '' })).toBeUndefined();
    expect(toWindowTimes({ ...values, timezone: 'Nowhere' })).toBeUndefined();
  });

  it('begins with the next full hour, and with the place that is known', () => {
    const values = toWindowForm(undefined, { type: 'node', id: 'n' }, NOW);
    expect(values.scope).toEqual({ type: 'node', id: 'n' });
    const times = toWindowTimes(values);
    expect(times).toMatchObject({
      starts_at: '2026-11-29T13:00:00.000Z',
      ends_at: '2026-11-29T15:00:00.000Z',
      rrule: null,
    });
  });

  it('leaves exceptions out where nothing recurs', () => {
    const values = { ...toWindowForm(sampleWindow(), undefined, NOW), exdates: '2026-12-24, 2026-12-31' };
    expect(toWindowTimes(values)?.exdates).toEqual([]);
    const recurring = { ...values, rrule: { ...values.rrule, repeat: 'daily' } as const };
    expect(toWindowTimes(recurring)?.exdates).toEqual(['2026-12-24', '2026-12-31']);
  });
});
