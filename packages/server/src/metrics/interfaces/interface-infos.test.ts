import { expect, test } from 'vitest';
import { endsOf } from './interface-infos.ts';

const info = (labels: Record<string, string>, value: number) => ({
  metric: { node_id: 'n', ifName: 'e1', ...labels },
  timeMs: 0,
  value,
});

test('of what an interface was told of, all but the newest ends, at the time of the newest', () => {
  const old = info({ ifAlias: 'old', ifIndex: '1' }, 100);
  const older = info({ ifIndex: '2' }, 90);
  const newest = info({ ifAlias: 'new', ifIndex: '1' }, 110);
  const other = info({ ifName: 'e2', ifIndex: '3' }, 50);
  expect(endsOf([old, newest, older, other])).toEqual([
    { labels: { ...old.metric, __name__: 'interface_info' }, value: 'ended', timeMs: 110_000 },
    { labels: { ...older.metric, __name__: 'interface_info' }, value: 'ended', timeMs: 110_000 },
  ]);
});

test('nothing ends that is as new as the others, of a twin, or of another node', () => {
  expect(
    endsOf([
      info({ ifIndex: '1' }, 100),
      info({ ifIndex: '1', ifAlias: 'x' }, 100),
      info({ ifIndex: '2', ifTwin: '2' }, 90),
      info({ ifIndex: '1', node_id: 'm' }, 80),
    ]),
  ).toEqual([]);
});
