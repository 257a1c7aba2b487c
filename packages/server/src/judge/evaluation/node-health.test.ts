import { describe, expect, it } from 'vitest';
import type { Thresholds } from '../rules/index.ts';
import { type HeardNode, type HearingLimits, hear, ITS_AGENT, lostText, unreachableText } from './hearing.ts';
import { decideHealth, type Health, type HealthFacts, NO_ALERTS, type NodeAlerts } from './node-health.ts';
import { observeSilence } from './silence-observation.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const UNREACHABLE_MS = 300_000;
const ago = (seconds: number) => NOW - seconds * 1000;
const limits: HearingLimits = {
  now: NOW,
  componentLostMs: 60_000,
  storeUpSince: ago(86_400),
  storeFault: 'The metric store does not answer.',
};
const collector = {
  kind: 'collector' as const,
  name: 'hall 3',
  approval: 'approved' as const,
  lastSeenAt: NOW,
  listeningSince: ago(86_400),
  clockBehindMs: 0,
};
const agent = { ...collector, kind: 'agent' as const };

type Facts = HeardNode & { failures: readonly string[] };

function node(changes: Partial<Facts> = {}): Facts {
  return {
    status: 'healthy',
    statusSince: ago(3600),
    lastSeenAt: ago(10),
    source: collector,
    isReported: false,
    leftOut: undefined,
    failures: [],
    ...changes,
  };
}

const after = (seconds: number): Thresholds => ({
  comparison: '>',
  warning: null,
  warningClear: null,
  critical: seconds,
  criticalClear: null,
});

/** Decides by the shipped rules, which fire and resolve at once. */
function decide(facts: Facts, given: Partial<HearingLimits> = {}, alerts: Partial<NodeAlerts> = {}): Health {
  const hearing = hear(facts, { ...limits, ...given });
  let outage: string | undefined;
  if (hearing.kind === 'known') {
    const silence = hearing.agent ?? hearing.node;
    const { seen } = observeSilence(silence, after(hearing.agent ? 60 : UNREACHABLE_MS / 1000), { level: 0 });
    const text = hearing.agent ? lostText(ITS_AGENT, silence) : unreachableText(silence, facts.failures[0]);
    const isBad = seen.kind === 'value' && seen.fires > 0;
    outage = isBad ? text : undefined;
  }
  return decideHealth({
    status: facts.status,
    reason: null,
    isEverSeen: facts.lastSeenAt !== undefined,
    hearing,
    failures: facts.failures,
    alerts: { ...NO_ALERTS, outage, ...alerts },
    unreachableMs: UNREACHABLE_MS,
    isJudged: true,
    maintenance: undefined,
  });
}

describe('the status of a node', () => {
  it('counts the silence of a node up to the last call of its collector alone', () => {
    const frozen = { ...collector, lastSeenAt: ago(50) };
    expect(hear(node({ lastSeenAt: ago(58), source: frozen }), limits)).toMatchObject({
      kind: 'known',
      node: { rawMs: 58_000, countedMs: 8000 },
    });
    expect(hear(node({ lastSeenAt: ago(58) }), limits)).toMatchObject({ node: { countedMs: 58_000 } });
  });

  it('is healthy as soon as data arrives', () => {
    for (const status of ['discovering', 'offline', 'unknown'] as const)
      expect(decide(node({ status })).status).toBe('healthy');
  });

  it('stays discovering without data, and says what fails', () => {
    const facts = node({ status: 'discovering', statusSince: ago(30), lastSeenAt: undefined });
    expect(decide(facts)).toEqual({ status: 'discovering', reason: 'No data yet.' });
    const failing = decide({ ...facts, failures: ['SNMP authentication failed'] });
    expect(failing.reason).toBe('SNMP authentication failed');
  });

  it('goes offline after the limit of silence and not before', () => {
    expect(decide(node({ lastSeenAt: ago(299) })).status).toBe('healthy');
    const gone = decide(node({ lastSeenAt: ago(301), failures: ['No answer to ping.'] }));
    expect(gone).toEqual({ status: 'offline', reason: 'Not reachable for 5 min: No answer to ping.' });
  });

  it('goes offline when it never answered in that time', () => {
    const facts = node({ status: 'discovering', statusSince: ago(301), lastSeenAt: undefined });
    expect(decide(facts)).toEqual({
      status: 'offline',
      reason: 'Not reachable since it was added: No answer.',
    });
  });

  it('is unknown while its collector is away, never green and never red', () => {
    for (const status of ['healthy', 'offline', 'unknown'] as const) {
      const facts = node({ status, lastSeenAt: ago(400), source: { ...collector, lastSeenAt: ago(120) } });
      expect(decide(facts, {}, { outage: 'still active' })).toEqual({
        status: 'unknown',
        reason: 'Its collector hall 3 has not been heard from for 2 min.',
      });
    }
  });

  it.each([
    ['revoked', 'Its collector hall 3 was revoked and may send nothing.'],
    ['rejected', 'Its collector hall 3 was rejected and may send nothing.'],
    ['pending', 'Its collector hall 3 waits for approval.'],
  ] as const)('is unknown at once when its collector is %s, however fresh its data', (approval, reason) => {
    for (const status of ['healthy', 'offline', 'warning', 'unknown'] as const) {
      const facts = node({ status, source: { ...collector, approval } });
      expect(decide(facts)).toEqual({ status: 'unknown', reason });
    }
  });

  it('is unknown at once when its agent is revoked: nobody knows whether the host is up', () => {
    const facts = node({ source: { ...agent, approval: 'revoked', lastSeenAt: ago(400) } });
    expect(decide(facts)).toEqual({
      status: 'unknown',
      reason: 'Its agent was revoked and may send nothing.',
    });
  });

  it('stays discovering when it never answered, and says what it waits for', () => {
    const fresh = node({ status: 'discovering', statusSince: ago(900), lastSeenAt: undefined });
    const reasonWith = (source: Facts['source']) => decide({ ...fresh, source });
    expect(reasonWith({ ...collector, approval: 'pending' })).toEqual({
      status: 'discovering',
      reason: 'Its collector hall 3 waits for approval.',
    });
    expect(reasonWith({ ...collector, lastSeenAt: ago(120) })).toEqual({
      status: 'discovering',
      reason: 'Its collector hall 3 has not been heard from for 2 min.',
    });
    expect(reasonWith(undefined)).toEqual({ status: 'discovering', reason: 'No collector polls it.' });
  });

  it('does not count the silence of a collector that has just come back', () => {
    const facts = (listeningSince: number) =>
      node({ status: 'unknown', lastSeenAt: ago(900), source: { ...collector, listeningSince } });
    expect(decide(facts(ago(20))).status).toBe('unknown');
    expect(decide(facts(ago(301))).status).toBe('offline');
  });

  it('does not count the time in which the server did not listen', () => {
    const source = { ...collector, lastSeenAt: ago(600), listeningSince: ago(10) };
    expect(decide(node({ lastSeenAt: ago(600), source })).status).toBe('healthy');
    const reporter = { ...agent, lastSeenAt: ago(600), listeningSince: ago(10) };
    expect(decide(node({ lastSeenAt: ago(600), source: reporter })).status).toBe('healthy');
  });

  it('is unknown while the store is away, and silence starts anew when it is back', () => {
    const away = decide(node(), {
      storeUpSince: undefined,
      storeFault: 'The metric store cannot be written to.',
    });
    expect(away).toEqual({ status: 'unknown', reason: 'The metric store cannot be written to.' });
    const back = decide(node({ status: 'unknown', lastSeenAt: ago(700) }), { storeUpSince: ago(10) });
    expect(back.status).toBe('unknown');
  });

  it('is offline when its agent is lost, and unknown when the agent lives but sends nothing', () => {
    const lost = node({ source: { ...agent, lastSeenAt: ago(61) }, lastSeenAt: ago(61) });
    expect(decide(lost)).toEqual({
      status: 'offline',
      reason: 'Its agent has not been heard from for 1 min.',
    });
    expect(decide(node({ source: agent, lastSeenAt: ago(301) })).status).toBe('unknown');
  });

  it('is unknown, not offline, when the clocks of its collector and this server are an hour apart', () => {
    const source = { ...collector, clockBehindMs: 3_600_000 };
    expect(decide(node({ lastSeenAt: ago(3610), source }))).toEqual({
      status: 'unknown',
      reason: "The clock of its collector hall 3 is 1 h behind this server's.",
    });
    expect(decide(node({ source })).status).toBe('healthy');
  });

  it('is unknown, not offline, when the clock of its collector is so far ahead that its samples are refused', () => {
    const source = { ...collector, clockBehindMs: -3_600_000 };
    expect(decide(node({ lastSeenAt: ago(3610), source }))).toEqual({
      status: 'unknown',
      reason: "The clock of its collector hall 3 is 1 h ahead of this server's.",
    });
    const bearable = { ...collector, clockBehindMs: -120_000 };
    expect(decide(node({ lastSeenAt: ago(3610), source: bearable })).status).not.toBe('unknown');
  });

  it('is unknown when nobody polls it any more', () => {
    expect(decide(node({ source: undefined })).status).toBe('unknown');
    const left = node({ source: undefined, isReported: true });
    expect(decide(left)).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('agent was deleted'),
    });
    const fresh = node({ source: undefined, status: 'discovering', lastSeenAt: undefined });
    expect(decide(fresh).status).toBe('discovering');
  });

  it('is what its highest alert says while it answers', () => {
    const facts = node({ failures: ['SNMP timed out'] });
    expect(decide(facts, {}, { level: 2, text: 'CPU' })).toEqual({ status: 'warning', reason: 'CPU' });
    expect(decide(facts, {}, { level: 3, text: 'Disk' })).toEqual({ status: 'critical', reason: 'Disk' });
    expect(decide(node({ status: 'critical' }))).toEqual({ status: 'healthy', reason: null });
    expect(decide(node({ lastSeenAt: ago(301) }), {}, { level: 3, text: 'Disk' }).status).toBe('offline');
  });

  it('is unknown for a series that is missing, unless an alert says more', () => {
    expect(decide(node(), {}, { missing: 'UPS charge' })).toEqual({
      status: 'unknown',
      reason: 'No data: UPS charge.',
    });
    expect(decide(node(), {}, { missing: 'UPS charge', level: 2, text: 'CPU' }).status).toBe('warning');
  });

  it('is not called well where nothing judges a silence', () => {
    const facts = node({ lastSeenAt: ago(301) });
    const health = decideHealth({
      ...facts,
      reason: null,
      isEverSeen: true,
      hearing: hear(facts, limits),
      alerts: NO_ALERTS,
      unreachableMs: UNREACHABLE_MS,
      isJudged: false,
      maintenance: undefined,
    });
    expect(health).toEqual({ status: 'unknown', reason: 'Not reachable for 5 min: No answer.' });
  });
});

describe('a node in maintenance', () => {
  const window = { name: 'New switches', endsAt: new Date('2026-11-30T22:00:00Z') };
  const decideIn = (change: Partial<HealthFacts>) =>
    decideHealth({
      status: 'maintenance',
      reason: null,
      isEverSeen: true,
      hearing: {
        kind: 'known',
        isFresh: false,
        node: { rawMs: 90_000, countedMs: 90_000 },
        agent: undefined,
      },
      failures: [],
      alerts: NO_ALERTS,
      unreachableMs: UNREACHABLE_MS,
      isJudged: true,
      maintenance: undefined,
      ...change,
    });

  it('is that and nothing else, whatever is known of it', () => {
    const health = {
      status: 'maintenance',
      reason: 'In maintenance until 2026-11-30 22:00 UTC: New switches',
    };
    expect(decideIn({ maintenance: window })).toEqual(health);
    expect(decideIn({ maintenance: window, hearing: { kind: 'unknown', reason: 'r' } })).toEqual(health);
    expect(decideIn({ maintenance: window, alerts: { ...NO_ALERTS, outage: 'away' } })).toEqual(health);
  });

  it('is after it what its alerts say, also while it is still starting', () => {
    expect(decideIn({}).status).toBe('healthy');
    expect(decideIn({ alerts: { ...NO_ALERTS, level: 3, text: 'full' } }).status).toBe('critical');
    expect(decideIn({ alerts: { ...NO_ALERTS, outage: 'away' } }).status).toBe('offline');
  });

  it('is discovered after it where it was never seen, and unknown where nobody can hear', () => {
    expect(decideIn({ isEverSeen: false }).status).toBe('discovering');
    expect(decideIn({ isEverSeen: false, hearing: { kind: 'unknown', reason: 'r' } }).status).toBe(
      'discovering',
    );
    expect(decideIn({ hearing: { kind: 'unknown', reason: 'r' } }).status).toBe('unknown');
    expect(decideIn({ hearing: { kind: 'open' } }).status).toBe('unknown');
  });
});

describe('a silence', () => {
  const judge = (rawSeconds: number, countedSeconds: number, freshSeconds?: number) =>
    observeSilence({ rawMs: rawSeconds * 1000, countedMs: countedSeconds * 1000 }, after(300), {
      level: 0,
      ...(freshSeconds === undefined ? {} : { freshMs: freshSeconds * 1000 }),
    }).seen;

  it('is bad by the time that counts, and good by the clock', () => {
    expect(judge(400, 301)).toEqual({ kind: 'value', fires: 3, holds: 3 });
    expect(judge(299, 299)).toEqual({ kind: 'value', fires: 0, holds: 0 });
  });

  it('has the value of the clock once it is too long, and of what counts before', () => {
    const valueOf = (rawMs: number, countedMs: number) =>
      observeSilence({ rawMs, countedMs }, after(300), { level: 0 }).value;
    expect(valueOf(1_560_000, 301_000)).toBe(1560);
    expect(valueOf(1_560_000, 20_000)).toBe(20);
    expect(valueOf(Number.POSITIVE_INFINITY, 310_000)).toBe(310);
  });

  it('is neither while too little of it counts', () => {
    expect(judge(400, 20)).toEqual({ kind: 'blind' });
    expect(judge(Number.POSITIVE_INFINITY, 20)).toEqual({ kind: 'blind' });
  });

  it('is good where data is fresh, and nowhere else', () => {
    expect(judge(320, 320, 400)).toEqual({ kind: 'value', fires: 0, holds: 0 });
    expect(judge(46, 46, 45)).toEqual({ kind: 'blind' });
    expect(judge(45, 45, 45)).toEqual({ kind: 'value', fires: 0, holds: 0 });
  });
});
