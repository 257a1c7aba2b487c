import { expect, test } from 'vitest';
import type { NodeRow } from '../evaluation/index.ts';
import { NodePast } from './node-past.ts';

const ROW: NodeRow = {
  id: 'n',
  name: 'press',
  template: 'ping',
  site_id: 's',
  status: 'healthy',
  status_since: new Date(0),
  status_reason: null,
  last_seen_at: null,
  source_id: 'c',
  source_type: 'collector',
  source_name: 'hall',
  source_approval: 'approved',
  source_seen_at: null,
  source_skew_seconds: null,
  snmp_credential: true,
  vsphere_credential: null,
};

/** Says at each time what the past of a node with these changes was. */
function pastOf(
  changes: readonly [at: number, from: string, to: string, reason?: string][],
  times: readonly number[],
): string[] {
  const rows = changes.map(([at, old_status, new_status, reason = null]) => ({
    time: new Date(at),
    old_status,
    new_status,
    reason,
  }));
  const past = new NodePast(ROW, rows, { lookBackSeconds: 30, settleMs: 300 });
  return times.map((time) => {
    past.at(time);
    const { hearing, settledMs } = past.view;
    const what = hearing.kind === 'known' ? (settledMs === undefined ? 'judged' : 'settling') : 'unknown';
    return past.heldBy === undefined ? what : `${what}, ${past.heldBy}`;
  });
}

test('a node without a history was judged all the time', () => {
  expect(pastOf([], [0, 1000])).toEqual(['judged', 'judged']);
});

test('a node is not judged before its first data, and while it settles', () => {
  expect(pastOf([[100, 'discovering', 'healthy']], [0, 99, 100, 399, 400])).toEqual([
    'unknown',
    'unknown',
    'settling',
    'settling',
    'judged',
  ]);
});

test('it settles on through a change of status', () => {
  const changes: [number, string, string][] = [
    [100, 'discovering', 'healthy'],
    [200, 'healthy', 'warning'],
  ];
  expect(pastOf(changes, [250, 400])).toEqual(['settling', 'judged']);
});

test('nothing is judged while a node is unknown, but where one rule alone has no data', () => {
  expect(
    pastOf(
      [
        [100, 'healthy', 'unknown', 'Its collector hall has not been heard from for a minute.'],
        [200, 'unknown', 'healthy'],
        [300, 'healthy', 'unknown', 'No data: CPU.'],
      ],
      [99, 100, 200, 300],
    ),
  ).toEqual(['judged', 'unknown', 'judged', 'judged']);
});

test('alerts are held while a node is offline or in maintenance', () => {
  expect(
    pastOf(
      [
        [100, 'healthy', 'offline'],
        [200, 'offline', 'maintenance'],
        [300, 'maintenance', 'healthy'],
      ],
      [100, 200, 300],
    ),
  ).toEqual(['judged, unreachable', 'judged, maintenance', 'judged']);
});
