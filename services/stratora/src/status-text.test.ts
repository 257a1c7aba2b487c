import type { ComponentStatus } from '@stratora/component';
import { expect, test } from 'vitest';
import { statusText } from './status-text.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const LANE = {
  batches: 3,
  sentBytes: 900,
  sentLines: 40,
  rejectedLines: 0,
  failures: 0,
  lastSuccessAt: NOW - 4000,
  problem: undefined,
};

function status(changes: Partial<ComponentStatus> = {}): ComponentStatus {
  return {
    component_type: 'collector',
    version: '1.2.3',
    pid: 42,
    state: 'running',
    started_at: '2026-03-01T10:00:00.000Z',
    updated_at: '2026-03-01T11:59:58.000Z',
    component_id: 'c-1',
    node_id: null,
    server_url: 'https://10.0.0.5:8443',
    proxy: null,
    connection: { state: 'connected', message: 'connected to the server', since: '2026-03-01T10:00:01.000Z' },
    config: { running_hash: 'a'.repeat(64), status: 'applied', message: null },
    engine: {
      kind: 'embedded',
      version: '1.2.3',
      running: true,
      exits: 0,
      crash_loop: false,
      memory_bytes: 60_000_000,
      cpu_percent: 0.4,
    },
    outage_notice: null,
    spool: { pendingBytes: 0, oldestAt: undefined, droppedLines: 0 } as ComponentStatus['spool'],
    lanes: { live: LANE, backlog: { ...LANE, lastSuccessAt: undefined, sentLines: 2 } },
    quarantined_lines: 0,
    clock_skew_seconds: -0.2,
    ...changes,
  };
}

test('a collector that tells of outages by itself says when, and by what', () => {
  const notice = { after_seconds: 300, channels: ['Mail on call', 'Pager'] };
  const text = statusText('collector', { running: true, status: status({ outage_notice: notice }) }, NOW);
  expect(text).toContain('  outages     told after 5 min without the server, by Mail on call, Pager\n');
});

test('a component that is well needs eight lines', () => {
  expect(statusText('collector', { running: true, status: status() }, NOW)).toBe(
    `collector c-1 is running: process 42, version 1.2.3, since 2026-03-01T10:00:00.000Z.
  server      https://10.0.0.5:8443
  connection  connected to the server, since 2026-03-01T10:00:01.000Z
  config      aaaaaaaaaaaa runs; the last one from the server: applied
  engine      embedded 1.2.3, running
  queue       empty
  sent        42 lines, the last 4 s ago
  clock       0.2 s behind the server
`,
  );
});

test('what waits, what was lost, what was refused and what is wrong with the clock is said', () => {
  const text = statusText(
    'collector',
    {
      running: true,
      status: status({
        proxy: 'proxy:3128',
        spool: {
          pendingBytes: 5 * 1024 * 1024,
          oldestAt: NOW - 3 * 3600_000,
          droppedLines: 7,
        } as ComponentStatus['spool'],
        lanes: { live: { ...LANE, rejectedLines: 9, problem: 'timeout: nothing' }, backlog: LANE },
        quarantined_lines: 5,
        clock_skew_seconds: 900,
      }),
    },
    NOW,
  );
  expect(text).toContain('by the proxy proxy:3128');
  expect(text).toContain(
    '5.0 MiB wait, the oldest 3 h old; 7 lines given up at its bound; 5 lines set aside',
  );
  expect(text).toContain('9 of them not taken by the server: too far ahead');
  expect(text).toContain('the last try failed: timeout: nothing');
  expect(text).toContain('900 s ahead of the server: the server drops what it gathers. Set the clock');
});

test('one that has stopped, and one that never ran, say so', () => {
  expect(statusText('agent', { running: false, status: status({ state: 'stopped' }) }, NOW)).toContain(
    'agent c-1 is not running. This is what it last said, 2 s ago.',
  );
  expect(statusText('agent', { running: false, status: undefined }, NOW)).toContain('No agent has run');
});
