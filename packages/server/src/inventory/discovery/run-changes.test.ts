import { planTargets } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { countChanges, type DeviceAtEnd, runChanges } from './run-changes.ts';

const SCANNED = planTargets(['10.0.0.0/24'], []).ranges;
const device = (more: Partial<DeviceAtEnd>): DeviceAtEnd => ({
  id: 'd',
  is_seen: true,
  is_gone: false,
  before: null,
  facts: { model: 'A', firmware: '1' },
  addresses: ['10.0.0.5'],
  ...more,
});
const kindOf = (one: DeviceAtEnd, scanned: Parameters<typeof runChanges>[1] = SCANNED) =>
  runChanges([one], scanned)[0]?.change;
const before = (facts: Record<string, string | null>, was_gone = false) => ({ facts, was_gone });

describe('what a run changed', () => {
  it('is new, changed, back or gone', () => {
    expect(kindOf(device({}))).toBe('new');
    expect(kindOf(device({ before: before({ model: 'A', firmware: '1' }) }))).toBeUndefined();
    const changed = runChanges([device({ before: before({ model: 'A', firmware: '0' }) })], SCANNED);
    expect(changed).toEqual([
      { device_id: 'd', change: 'changed', fields: [{ field: 'firmware', before: '0', after: '1' }] },
    ]);
    const learned = { before: before({ model: 'A', firmware: '1', mac_address: null }) };
    const facts = { model: 'A', firmware: '1', mac_address: '00:11:22:33:44:55' };
    expect(kindOf(device({ ...learned, facts }))).toBeUndefined();
    expect(kindOf(device({ before: before({ model: 'A', firmware: '1' }, true) }))).toBe('back');
    expect(kindOf(device({ is_seen: false }))).toBe('gone');
  });

  it('is nothing gone twice, outside of what was scanned, or by a run that did not get to its end', () => {
    expect(kindOf(device({ is_seen: false, is_gone: true }))).toBeUndefined();
    expect(kindOf(device({ is_seen: false, addresses: ['10.0.1.5'] }))).toBeUndefined();
    expect(kindOf(device({ is_seen: false, addresses: ['10.0.0.5', '10.0.1.5'] }))).toBeUndefined();
    expect(runChanges([device({ is_seen: false })], undefined)).toEqual([]);
    expect(kindOf(device({ is_seen: false, addresses: ['10.9.9.9'] }), 'everywhere')).toBe('gone');
  });

  it('is counted', () => {
    const changes = runChanges(
      [device({}), device({ id: 'e' }), device({ id: 'f', is_seen: false })],
      SCANNED,
    );
    expect(countChanges(changes)).toEqual({ new: 2, changed: 0, gone: 1, back: 0 });
  });
});
