import { describe, expect, it } from 'vitest';
import { decideStatus, type NodeFacts, type StatusLimits } from './status-decision.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const ago = (seconds: number) => NOW - seconds * 1000;
const limits: StatusLimits = {
  now: NOW,
  unreachableMs: 300_000,
  componentLostMs: 60_000,
  storeUpSince: ago(86_400),
};
const collector = {
  kind: 'collector' as const,
  name: 'hall 3',
  approval: 'approved' as const,
  lastSeenAt: ago(5),
  listeningSince: ago(86_400),
};
const agent = { ...collector, kind: 'agent' as const };

function node(changes: Partial<NodeFacts> = {}): NodeFacts {
  return {
    status: 'healthy',
    statusSince: ago(3600),
    lastSeenAt: ago(10),
    source: collector,
    isReported: false,
    failures: [],
    ...changes,
  };
}

describe('the status of a node', () => {
  it('is healthy as soon as data arrives', () => {
    expect(decideStatus(node({ status: 'discovering' }), limits).status).toBe('healthy');
    expect(decideStatus(node({ status: 'offline' }), limits).status).toBe('healthy');
    expect(decideStatus(node({ status: 'unknown' }), limits).status).toBe('healthy');
  });

  it('stays discovering without data, and says what fails', () => {
    const facts = node({ status: 'discovering', statusSince: ago(30), lastSeenAt: undefined });
    expect(decideStatus(facts, limits)).toEqual({ status: 'discovering', reason: 'No data yet.' });
    const failing = decideStatus({ ...facts, failures: ['SNMP authentication failed'] }, limits);
    expect(failing.reason).toBe('SNMP authentication failed');
  });

  it('goes offline after the limit of silence and not before', () => {
    expect(decideStatus(node({ lastSeenAt: ago(299) }), limits).status).toBe('healthy');
    const gone = decideStatus(node({ lastSeenAt: ago(301), failures: ['No answer to ping.'] }), limits);
    expect(gone).toEqual({ status: 'offline', reason: 'Not reachable for 5 min: No answer to ping.' });
  });

  it('goes offline when it never answered in that time', () => {
    const facts = node({ status: 'discovering', statusSince: ago(301), lastSeenAt: undefined });
    expect(decideStatus(facts, limits).status).toBe('offline');
  });

  it('is unknown while its collector is away, never green and never red', () => {
    for (const status of ['healthy', 'offline', 'unknown'] as const) {
      const facts = node({ status, lastSeenAt: ago(400), source: { ...collector, lastSeenAt: ago(120) } });
      expect(decideStatus(facts, limits)).toEqual({
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
      expect(decideStatus(facts, limits)).toEqual({ status: 'unknown', reason });
    }
  });

  it('is unknown at once when its agent is revoked: nobody knows whether the host is up', () => {
    const facts = node({ source: { ...agent, approval: 'revoked', lastSeenAt: ago(400) } });
    expect(decideStatus(facts, limits)).toEqual({
      status: 'unknown',
      reason: 'Its agent was revoked and may send nothing.',
    });
  });

  it('stays discovering when it never answered, and says what it waits for', () => {
    const fresh = node({ status: 'discovering', statusSince: ago(900), lastSeenAt: undefined });
    const reasonWith = (source: NodeFacts['source']) => decideStatus({ ...fresh, source }, limits);
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

  it('is unknown, and says why, when the config leaves it out: nobody asked it anything', () => {
    const leftOut = 'address: must be an IPv4 address';
    const reason = `It is not polled: ${leftOut}`;
    for (const status of ['healthy', 'offline', 'unknown'] as const) {
      const facts = node({ status, lastSeenAt: ago(400), leftOut });
      expect(decideStatus(facts, limits)).toEqual({ status: 'unknown', reason });
    }
    const fresh = node({ status: 'discovering', lastSeenAt: undefined, leftOut, failures: ['timeout'] });
    expect(decideStatus(fresh, limits)).toEqual({ status: 'discovering', reason });
    expect(decideStatus(node({ leftOut }), limits)).toEqual({ status: 'healthy', reason });
  });

  it('does not count the silence of a collector that has just come back', () => {
    const source = { ...collector, listeningSince: ago(20) };
    expect(decideStatus(node({ status: 'unknown', lastSeenAt: ago(900), source }), limits).status).toBe(
      'unknown',
    );
    const later = { ...collector, listeningSince: ago(301) };
    expect(
      decideStatus(node({ status: 'unknown', lastSeenAt: ago(900), source: later }), limits).status,
    ).toBe('offline');
  });

  it('does not count the time in which the server did not listen', () => {
    const source = { ...collector, lastSeenAt: ago(600), listeningSince: ago(10) };
    expect(decideStatus(node({ lastSeenAt: ago(600), source }), limits).status).toBe('healthy');
    const reporter = { ...agent, lastSeenAt: ago(600), listeningSince: ago(10) };
    expect(decideStatus(node({ lastSeenAt: ago(600), source: reporter }), limits).status).toBe('healthy');
  });

  it('is unknown while the store is away, and silence starts anew when it is back', () => {
    expect(decideStatus(node(), { ...limits, storeUpSince: undefined }).status).toBe('unknown');
    const back = { ...limits, storeUpSince: ago(10) };
    expect(decideStatus(node({ status: 'unknown', lastSeenAt: ago(700) }), back).status).toBe('unknown');
  });

  it('is offline when its agent is lost, and unknown when the agent lives but sends nothing', () => {
    const lost = node({ source: { ...agent, lastSeenAt: ago(61) }, lastSeenAt: ago(61) });
    expect(decideStatus(lost, limits).status).toBe('offline');
    expect(decideStatus(node({ source: agent, lastSeenAt: ago(301) }), limits).status).toBe('unknown');
  });

  it('says why the store is of no use', () => {
    const away = { ...limits, storeUpSince: undefined, storeFault: 'The metric store cannot be written to.' };
    expect(decideStatus(node(), away).reason).toBe('The metric store cannot be written to.');
  });

  it('is unknown when nobody polls it any more', () => {
    expect(decideStatus(node({ source: undefined }), limits).status).toBe('unknown');
    const left = node({ source: undefined, isReported: true });
    expect(decideStatus(left, limits)).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('agent was deleted'),
    });
    const fresh = node({ source: undefined, status: 'discovering', lastSeenAt: undefined });
    expect(decideStatus(fresh, limits).status).toBe('discovering');
  });
});
