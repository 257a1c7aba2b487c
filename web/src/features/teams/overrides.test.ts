import type { Rota } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { overridePlace } from './overrides.ts';

const override = (member: string, from: string, to: string) => ({ member_id: member, from, to });
const shift = (name: string, isOverride: boolean): Rota['shifts'][number] => ({
  from: '2026-12-02T00:00:00Z',
  to: '2026-12-03T00:00:00Z',
  person: {
    member_id: name,
    name,
    email: null,
    from: '2026-12-02T00:00:00Z',
    to: '2026-12-03T00:00:00Z',
    is_override: isOverride,
  },
});

describe('the override that makes a shift', () => {
  const list = [
    override('b', '2026-12-01T00:00:00Z', '2026-12-09T00:00:00Z'),
    override('b', '2026-12-02T00:00:00+00:00', '2026-12-03T00:00:00Z'),
    override('b', '2026-12-03T00:00:00Z', '2026-12-04T00:00:00Z'),
  ];

  it('is found by who stands in and when, the later one of two', () => {
    expect(overridePlace(shift('b', true), list)).toBe(1);
  });

  it('is none where it is their own turn, where nobody is on call, or where it is gone', () => {
    expect(overridePlace(shift('b', false), list)).toBeUndefined();
    expect(overridePlace({ ...shift('b', true), person: null }, list)).toBeUndefined();
    expect(overridePlace(shift('c', true), list)).toBeUndefined();
  });
});
