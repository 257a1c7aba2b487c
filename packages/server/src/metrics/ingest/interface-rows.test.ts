import { describe, expect, test } from 'vitest';
import { InterfaceIdentity } from '../interfaces/index.ts';
import { LineScreen } from './line-screen.ts';
import { INTERFACE_PLACE, tagValue } from './own-tags.ts';

const NODE = '0190a1b2-c3d4-7e5f-8a9b-000000000001';
const OTHER = '0190a1b2-c3d4-7e5f-8a9b-000000000002';
const START = 1_700_000_000_000;
const CYCLE = 10_000;

interface Row {
  index: number;
  name?: string;
  descr?: string;
  alias?: string;
  type?: number;
  octets?: number;
  node?: string;
}

/** A row as both engines write it, its tags in the order of their names. */
function rowLine({ index, name, descr, alias, type, octets = 1, node = NODE }: Row, timeMs: number): string {
  const tags = [
    ['ifAlias', alias],
    ['ifDescr', descr],
    ['ifIndex', index],
    ['ifName', name],
    ['ifType', type],
    ['node_id', node],
  ].filter(([, value]) => value !== undefined);
  return `interface,agent_host=10.0.0.1${tags.map(([key, value]) => `,${key}=${value}`).join('')} ifHCInOctets=${octets}i ${timeMs}000000\n`;
}

/** Screens what a device answers, and gives the series and times of what would be stored. */
class Ingest {
  readonly changed: string[] = [];
  readonly identity = new InterfaceIdentity({
    firstPlace: INTERFACE_PLACE,
    onChange: (nodeId) => this.changed.push(nodeId),
  });
  readonly #screen = new LineScreen(this.identity);

  body(text: string, { defaultNode, nowMs = START }: { defaultNode?: string; nowMs?: number } = {}) {
    const result = this.#screen.screen(Buffer.from(text), 'ns', {
      nodes: new Map([NODE, OTHER].map((id) => [id, tagValue('core')])),
      defaultNode,
      nowMs,
      maxTags: 40,
      newestMs: Number.MAX_SAFE_INTEGER,
      oldestMs: 0,
    });
    expect(result.rejected).toBe(0);
    const lines = (bytes: Buffer) => bytes.toString().split('\n').slice(0, -1);
    return { rows: lines(result.body), infos: lines(result.derived), result };
  }

  table(rows: readonly Row[], timeMs: number) {
    return this.body(rows.map((row) => rowLine(row, timeMs)).join(''), { nowMs: timeMs });
  }
}

const AGENT = 'interface,agent_host=10.0.0.1';
const stamp = (timeMs: number) => `${timeMs}000000`;
const series = (lines: readonly string[]) => lines.map((line) => line.split(' ')[0]);

const SWITCH: Row[] = [1, 2, 3].map((port) => ({
  index: port,
  name: `Gi1/0/${port}`,
  descr: `GigabitEthernet1/0/${port}`,
  alias: `desk-${port}`,
  type: 6,
}));

describe('an interface', () => {
  test('is its node and its name: ifIndex and ifAlias go to the info series', () => {
    const { rows, infos, result } = new Ingest().table(SWITCH.slice(0, 1), START);
    const names = 'ifDescr=GigabitEthernet1/0/1';
    expect(rows).toEqual([
      `${AGENT},${names},ifName=Gi1/0/1,ifType=6,node_id=${NODE} ifHCInOctets=1i ${stamp(START)}`,
    ]);
    expect(infos).toEqual([
      `${AGENT},ifAlias=desk-1,${names},ifIndex=1,ifName=Gi1/0/1,ifType=6,node_id=${NODE} info=1 ${stamp(START)}`,
    ]);
    expect(result).toMatchObject({ lines: 1, samples: 2, unstoredLines: 0 });
  });

  test('is the same when a restart gives it another ifIndex, and its info tells the new one at once', () => {
    const ingest = new Ingest();
    const before = ingest.table(SWITCH, START);
    const renumbered = SWITCH.map((row) => ({ ...row, index: row.index + 1 }));
    const after = ingest.table(renumbered, START + CYCLE);
    expect(series(after.rows)).toEqual(series(before.rows));
    expect(after.infos.map((line) => /ifIndex=(\d+)/.exec(line)?.[1])).toEqual(['2', '3', '4']);
    expect(new Set(ingest.changed)).toEqual(new Set([NODE]));
  });

  test('keeps its series when ports change places', () => {
    const ingest = new Ingest();
    const before = ingest.table(SWITCH, START);
    const turned = SWITCH.toReversed().map((row, at) => ({ ...row, index: at + 1 }));
    const after = ingest.table(turned, START + CYCLE);
    expect(new Set(series(after.rows))).toEqual(new Set(series(before.rows)));
  });

  test('keeps its series when its ifAlias changes, and its info has the new text at once', () => {
    const ingest = new Ingest();
    const before = ingest.table(SWITCH, START);
    ingest.table(SWITCH, START + CYCLE);
    expect(ingest.changed).toEqual([]);
    const after = ingest.table([{ ...SWITCH[0]!, alias: 'uplink' }, ...SWITCH.slice(1)], START + 2 * CYCLE);
    expect(series(after.rows)).toEqual(series(before.rows));
    expect(after.infos).toHaveLength(1);
    expect(after.infos[0]).toContain('ifAlias=uplink');
    expect(ingest.changed).toEqual([NODE]);
  });

  test('has a sample of its info series every two minutes', () => {
    const ingest = new Ingest();
    const counts = Array.from(
      { length: 13 },
      (_, at) => ingest.table(SWITCH, START + at * CYCLE).infos.length,
    );
    expect(counts).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
  });

  test('without ifName is known by ifDescr, and without both by ifIndex', () => {
    const ingest = new Ingest();
    for (const at of [0, 1, 2]) {
      const { rows, infos } = ingest.table(
        [{ index: 1, descr: 'port\\ 1' }, { index: 2 }],
        START + at * CYCLE,
      );
      expect(rows.map((row) => row.split(' ifHC')[0])).toEqual([
        `${AGENT},ifDescr=port\\ 1,node_id=${NODE}`,
        `${AGENT},node_id=${NODE},ifTwin=2`,
      ]);
      expect(infos.join()).toEqual(at === 0 ? expect.stringContaining('ifIndex=2') : '');
    }
  });

  test('of one node is not that of another', () => {
    const ingest = new Ingest();
    const rows = [SWITCH[0]!, { ...SWITCH[0]!, index: 9, node: OTHER }];
    for (const at of [0, 1, 2]) {
      expect(ingest.table(rows, START + at * CYCLE).rows.join()).not.toContain('ifTwin');
    }
  });

  test('of late samples is the same, and its info then is that of their time', () => {
    const ingest = new Ingest();
    const renumbered = SWITCH.map((row) => ({ ...row, index: row.index + 1, alias: 'new' }));
    ingest.table(renumbered, START);
    const late = ingest.table(SWITCH, START - 100 * CYCLE);
    expect(late.rows.join()).not.toContain('ifTwin');
    expect(late.infos.every((line) => line.includes('desk-'))).toBe(true);
    // What is known stays what is newest.
    ingest.changed.length = 0;
    expect(ingest.table(renumbered, START + CYCLE).infos.join()).toContain('ifAlias=new');
    expect(ingest.changed).toEqual([]);
  });

  test('is kept beside text, tags that are the server’s, and a node that is not named', () => {
    const ingest = new Ingest();
    const text = `interface,ifIndex=1,ifName=e1,node_name=x note="a, ifIndex=2 b",v=1i ${stamp(START)}\n`;
    const { rows, infos } = ingest.body(text, { defaultNode: NODE });
    expect(rows).toEqual([`interface,node_id=${NODE},ifName=e1,node_name=core v=1i ${stamp(START)}`]);
    expect(infos).toEqual([
      `interface,node_id=${NODE},ifIndex=1,ifName=e1,node_name=core info=1 ${stamp(START)}`,
    ]);
  });

  test('rows without ifIndex, and other measurements, pass as they are', () => {
    const ingest = new Ingest();
    const text = `interface,ifName=e1,node_id=${NODE} v=1i 1\nother,ifAlias=a,ifIndex=1,node_id=${NODE} v=1i 1\n`;
    const { rows, infos } = ingest.body(text);
    expect(`${rows.join('\n')}\n`).toBe(text);
    expect(infos).toEqual([]);
  });
});

describe('interfaces of one name', () => {
  const told = (rows: readonly string[]) => rows.map((line) => /,ifTwin=([^ ,]+)/.exec(line)?.[1]);
  const alike: Row[] = [3, 7, 9].map((index) => ({ index, name: 'eth', descr: 'Ethernet' }));
  const slots: Row[] = [3, 7].map((index) => ({ index, name: 'eth0', descr: `slot-${index}` }));

  test('are never one series: the ifIndex tells them apart, from the first table on', () => {
    const ingest = new Ingest();
    for (const at of [0, 1, 2, 10]) {
      const { rows, infos } = ingest.table(alike, START + at * CYCLE);
      expect(told(rows), `table ${at}`).toEqual(['3', '7', '9']);
      expect(['3', '7', '9']).toEqual(expect.arrayContaining(told(infos)));
    }
    expect(ingest.table(alike, START + 11 * CYCLE).infos).toEqual([]);
  });

  test('are told apart by the description where that is their own, and outlive a renumbering so', () => {
    const ingest = new Ingest();
    for (const at of [0, 1, 2]) {
      expect(told(ingest.table(slots, START + at * CYCLE).rows)).toEqual(['slot-3', 'slot-7']);
    }
    const turned = slots.map((row) => ({ ...row, index: row.index === 3 ? 7 : 3 }));
    expect(told(ingest.table(turned, START + 3 * CYCLE).rows)).toEqual(['slot-3', 'slot-7']);
  });

  test('stay apart in whatever order and however split their rows come, and alone too', () => {
    const ingest = new Ingest();
    for (const at of [0, 1]) ingest.table(alike, START + at * CYCLE);
    const later = START + 2 * CYCLE;
    expect(told(ingest.table(alike.toReversed(), later).rows)).toEqual(['9', '7', '3']);
    for (const row of alike)
      expect(told(ingest.table([row], later + CYCLE).rows)).toEqual([String(row.index)]);
    for (let at = 4; at < 500; at += 1) {
      expect(told(ingest.table(alike.slice(0, 1), START + at * CYCLE).rows)).toEqual(['3']);
    }
  });

  test('that come in several bodies are noticed by the second', () => {
    const ingest = new Ingest();
    expect(told(ingest.table(alike.slice(0, 1), START).rows)).toEqual([undefined]);
    expect(told(ingest.table(alike.slice(1, 2), START).rows)).toEqual(['7']);
    for (const at of [1, 2]) {
      const parts = [0, 1].map((part) =>
        told(ingest.table(alike.slice(part, part + 1), START + at * CYCLE).rows),
      );
      expect(parts[1]).not.toEqual(parts[0]);
    }
    expect(told(ingest.table(alike.slice(0, 2), START + 3 * CYCLE).rows)).toEqual(['3', '7']);
  });

  test('are apart from the moment on at which a second one appears beside a known one', () => {
    const ingest = new Ingest();
    const nameless: Row[] = [3, 7].map((index) => ({ index, name: 'eth' }));
    ingest.table(nameless.slice(0, 1), START);
    const tables = [1, 2, 3].map((at) => told(ingest.table(nameless, START + at * CYCLE).rows));
    expect(tables).toEqual([
      [undefined, '7'],
      ['3', '7'],
      ['3', '7'],
    ]);
  });

  test('that met once, while one moved to another ifIndex, leave no trace', () => {
    const ingest = new Ingest();
    const ppp = (index: number): Row => ({ index, name: 'ppp0' });
    ingest.table([ppp(3)], START);
    expect(told(ingest.table([ppp(3), ppp(7)], START + CYCLE).rows)).toEqual([undefined, '7']);
    for (let at = 2; at < 100; at += 1) {
      expect(told(ingest.table([ppp(7)], START + at * CYCLE).rows)).toEqual([undefined]);
    }
  });

  test('that was told by another server, or before a start, are told apart at once', () => {
    const ingest = new Ingest();
    ingest.identity.remember({ nodeId: NODE, name: 'eth', descr: 'Ethernet', isByIndex: true }, START);
    ingest.identity.remember({ nodeId: NODE, name: 'eth0', descr: 'slot-3', isByIndex: false }, START);
    expect(told(ingest.table(alike.slice(0, 1), START).rows)).toEqual(['3']);
    expect(told(ingest.table(slots.slice(0, 1), START).rows)).toEqual(['slot-3']);
  });

  test('count where one is known by ifName and the other by ifDescr', () => {
    const rows: Row[] = [
      { index: 1, name: 'port' },
      { index: 2, descr: 'port' },
    ];
    const first = new Ingest().table(rows, START);
    expect(new Set(series(first.rows)).size).toBe(2);
    expect(told(first.rows)).toEqual([undefined, 'port']);
  });

  test('in the middle of a large table cost the others nothing', () => {
    const ingest = new Ingest();
    const many = Array.from({ length: 500 }, (_, at): Row => ({ index: at + 100, name: `p${at}` }));
    const rows = [...many.slice(0, 250), ...alike, ...many.slice(250)];
    for (const at of [0, 1, 2]) {
      const table = ingest.table(rows, START + at * CYCLE);
      expect(table.rows).toHaveLength(503);
      expect(told(table.rows).filter((twin) => twin !== undefined)).toEqual(['3', '7', '9']);
      expect(table.rows.at(-1)).toBe(
        `${AGENT},ifName=p499,node_id=${NODE} ifHCInOctets=1i ${stamp(START + at * CYCLE)}`,
      );
    }
  });
});

test('thousands of devices are kept apart, and those that are gone make room', () => {
  const ingest = new Ingest();
  const tables = (from: number, timeMs: number) => {
    for (let device = from; device < from + 40; device += 1) {
      const rows = Array.from({ length: 100 }, (_, at): Row => ({ index: at, name: `d${device}p${at}` }));
      expect(ingest.table(rows, timeMs).rows.join()).not.toContain('ifTwin');
    }
  };
  tables(0, START - 7_200_000);
  expect(ingest.identity.size).toBe(4_000);
  for (let hour = 0; hour < 4; hour += 1) tables(1_000 + hour * 40, START);
  expect(ingest.identity.size).toBeLessThan(20_000);
});
