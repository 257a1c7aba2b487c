import { describe, expect, it } from 'vitest';
import { sampleAlert } from '../../domain/alert-sample.test-support.ts';
import { activeColumns, orderOf } from './alert-columns.tsx';

describe('the order of active alerts', () => {
  const columns = activeColumns(() => undefined);
  const idsBy = (id: string, descending: boolean) =>
    [
      sampleAlert({ id: 'small', behind_count: 2 }),
      sampleAlert({ id: 'none', triggered_at: '2026-11-29T11:00:00Z' }),
      sampleAlert({ id: 'large', behind_count: 12, severity: 'warning' }),
    ]
      .toSorted(orderOf(columns, { id, descending }))
      .map((alert) => alert.id);

  it('may be by how many each holds', () => {
    expect(idsBy('behind', true)).toEqual(['large', 'small', 'none']);
    expect(idsBy('behind', false)).toEqual(['none', 'small', 'large']);
  });

  it('is the newest first by a column that nobody knows', () => {
    expect(idsBy('nothing', true).at(-1)).toBe('none');
  });
});
