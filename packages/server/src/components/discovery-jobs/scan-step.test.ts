import { describe, expect, it } from 'vitest';
import { nextScanStep, type ScanStepFacts } from './scan-step.ts';

const COLLECTOR = {
  id: 'c',
  name: 'hall-3',
  version: '1.2.3',
  approval: 'approved',
  lastSeenAt: new Date('2026-11-30T09:00:00Z'),
  silentSeconds: 3,
};
const facts = (more: Partial<ScanStepFacts> = {}): ScanStepFacts => ({
  collector: COLLECTOR,
  standing: undefined,
  unfetched: 0,
  isResting: false,
  others: 0,
  quietSeconds: 1,
  ...more,
});
const away = { ...COLLECTOR, silentSeconds: 600 };

describe('a scan of a collector', () => {
  it('is put on the board, again where its job was lost or ended without it', () => {
    for (const standing of [undefined, 'expired', 'lost', 'ended'] as const)
      expect(nextScanStep(facts({ standing })).kind).toBe('put');
  });

  it('is left alone while it waits there, is under way, or rests', () => {
    for (const standing of ['waiting', 'running'] as const)
      expect(nextScanStep(facts({ standing, collector: away })).kind).toBe('nothing');
    expect(nextScanStep(facts({ isResting: true })).kind).toBe('nothing');
  });

  it('waits for a collector that is away, for a day', () => {
    expect(nextScanStep(facts({ collector: away, standing: 'lost' }))).toEqual({
      kind: 'wait',
      words: 'Waits for the collector hall-3, which was heard last at 2026-11-30T09:00:00.000Z.',
    });
    expect(
      nextScanStep(facts({ collector: { ...away, silentSeconds: null, lastSeenAt: null } })),
    ).toMatchObject({
      words: 'Waits for the collector hall-3, which was never heard.',
    });
    expect(nextScanStep(facts({ collector: away, quietSeconds: 90_000 }))).toMatchObject({ kind: 'fail' });
  });

  it('fails where its collector is not approved any more, or never fetches it', () => {
    const revoked = { ...COLLECTOR, approval: 'revoked' };
    expect(nextScanStep(facts({ collector: revoked, standing: 'running' }))).toMatchObject({ kind: 'fail' });
    expect(nextScanStep(facts({ standing: 'expired', unfetched: 3 }))).toMatchObject({
      kind: 'fail',
      words: expect.stringContaining('1.2.3'),
    });
  });

  it('waits while the collector has three others', () => {
    expect(nextScanStep(facts({ others: 3 })).kind).toBe('wait');
  });
});
