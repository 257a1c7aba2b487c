import { STALL_MS, type WiredEnd, type WiredHostPlan, WiredRoom } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from './component-fixture.ts';
import { drawnLine, lineText } from './drawn-wiring.ts';
import { MappedSite, READ_SECONDS } from './mapped-site.ts';
import { seconds, showTable } from './measured-table.ts';

/** Eight hosts with real daemons: no two speak quite alike. */
const HOSTS: readonly WiredHostPlan[] = [
  { name: 'host-1', ports: 3 },
  // With an alias, lldpd tells the port's name and not its address.
  { name: 'host-2', ports: 3, aliases: { p1: 'to the first', p2: 'ring, eastward' } },
  { name: 'host-3', ports: 3 },
  { name: 'host-4', ports: 4, isBridge: true },
  // Its neighbours hear of link-local addresses alone.
  { name: 'host-5', ports: 3, lldpdConfig: ['configure system ip management pattern fe80:*'] },
  { name: 'host-6', ports: 3 },
  { name: 'host-7', ports: 3 },
  { name: 'host-8', ports: 2, aliases: { p1: 'spur' } },
];
/** From a change to a map that is right. */
const TWO_READINGS_MS = 2 * READ_SECONDS * 1_000;
/** What a person takes to plug a cable that was pulled into another port: lldpd looks at its links less often than one can here. */
const HANDS_MS = 2_000;

type Cable = readonly [WiredEnd, WiredEnd];

function end(text: string): WiredEnd {
  const [host = '', port = ''] = text.split(' ');
  return { host, port };
}

function cable(a: string, b: string): Cable {
  return [end(a), end(b)];
}

function textOf([a, b]: Cable): string {
  return lineText(`${a.host} ${a.port}`, `${b.host} ${b.port}`);
}

/** A ring of seven with a spur at the bridge. */
const RING: readonly Cable[] = [
  cable('host-1 p2', 'host-2 p1'),
  cable('host-2 p2', 'host-3 p1'),
  cable('host-3 p2', 'host-4 p1'),
  cable('host-4 p2', 'host-5 p1'),
  cable('host-5 p2', 'host-6 p1'),
  cable('host-6 p2', 'host-7 p1'),
  cable('host-7 p2', 'host-1 p1'),
];
const SPUR = cable('host-4 p3', 'host-8 p1');
const MOVED_SPUR = cable('host-6 p3', 'host-8 p1');

describe.skipIf(!WiredRoom.isPossible())('a map of real hosts with lldpd and snmpd', () => {
  let mapped: MappedSite;
  let room: WiredRoom;
  const measured: Record<string, number> = {};

  beforeAll(async () => {
    mapped = await MappedSite.start();
    room = await WiredRoom.start(mapped.lab, mapped.site, HOSTS);
    for (const ends of [...RING, SPUR]) room.connect(...ends);
    await mapped.addNodes(
      [...room.hosts.values()].map(({ plan, address }) => ({ name: plan.name, address })),
    );
  });
  afterAll(async () => {
    if (Object.keys(measured).length > 0) {
      showTable('real-neighbours', [measured], [`8 hosts, read every ${READ_SECONDS} s`]);
    }
    await room?.dispose();
    await mapped?.dispose();
  });

  const linkOf = async (wired: Cable) =>
    (await mapped.links()).find((link) => drawnLine(link) === textOf(wired));

  it('is what is wired: nothing is missing, nothing is invented', async () => {
    const tookMs = await mapped.untilDrawn([...RING, SPUR].map(textOf), 3 * TWO_READINGS_MS);
    measured['entered to drawn (s)'] = seconds(tookMs);
    const { links, devices } = await mapped.map();
    expect(devices).toEqual([]);
    for (const link of links) {
      expect(link, drawnLine(link)).toMatchObject({ two_sided: true, seen_from: null, state: 'up' });
      expect(new Set(link.witnesses.map((witness) => `${witness.end} ${witness.source}`))).toEqual(
        new Set(['a lldp', 'b lldp']),
      );
    }
  });

  it('is right within two readings after a cable was moved', async () => {
    room.unplug(SPUR[0]);
    await pause(HANDS_MS);
    room.connect(...MOVED_SPUR);
    const tookMs = await mapped.untilDrawn([...RING, MOVED_SPUR].map(textOf), 2 * TWO_READINGS_MS + STALL_MS);
    measured['moved to drawn (s)'] = seconds(tookMs);
    expect(tookMs).toBeLessThanOrEqual(TWO_READINGS_MS + STALL_MS);
  });

  it('keeps a link whose cable is out: that is the fault', async () => {
    const [cut] = RING;
    if (cut === undefined) throw new Error('the ring has no cable');
    room.unplug(cut[0]);
    await expect
      .poll(async () => (await linkOf(cut))?.state, { timeout: 2 * TWO_READINGS_MS + STALL_MS })
      .toBe('down');
    room.connect(...cut);
    await expect
      .poll(async () => (await linkOf(cut))?.state, { timeout: 2 * TWO_READINGS_MS + STALL_MS })
      .toBe('up');
    await mapped.untilDrawn([...RING, MOVED_SPUR].map(textOf), STALL_MS);
  });

  it('loses no link when an LLDP daemon ends, and says which one', async () => {
    const around = RING.slice(1, 3);
    await room.stopLldpd('host-3');
    await expect
      .poll(async () => Promise.all(around.map(async (wired) => (await linkOf(wired))?.state)), {
        timeout: 2 * TWO_READINGS_MS + STALL_MS,
      })
      .toEqual(['stale', 'stale']);
    await mapped.untilDrawn([...RING, MOVED_SPUR].map(textOf), STALL_MS);
    const { nodes } = await mapped.map();
    expect(nodes.find(({ name }) => name === 'host-3')?.reasons.join('\n')).toMatch(/LLDP/);
    for (const wired of around) expect((await linkOf(wired))?.reasons).not.toEqual([]);
    await room.startLldpd('host-3');
    await expect
      .poll(async () => Promise.all(around.map(async (wired) => (await linkOf(wired))?.state)), {
        timeout: 2 * TWO_READINGS_MS + STALL_MS,
      })
      .toEqual(['up', 'up']);
  });

  it('draws a switch that nobody can ask where LLDP passes one, and no cable between those that hear each other', async () => {
    const ends = ['host-2 p3', 'host-5 p3', 'host-7 p3'];
    room.connect(...ends.map(end));
    await expect
      .poll(
        async () => {
          const { links, devices } = await mapped.map();
          const switches = devices.filter(({ kind }) => kind === 'unmanaged_switch').map(({ id }) => id);
          const behind = links.flatMap(({ a, b }) => {
            const [near, far] = a.device_id === null ? [a, b] : [b, a];
            return switches.includes(far.device_id ?? '') ? [`${near.name} ${near.interface}`] : [];
          });
          return [switches.length, behind.toSorted(), links.length];
        },
        { timeout: 2 * TWO_READINGS_MS + STALL_MS },
      )
      .toEqual([1, ends, RING.length + 1 + ends.length]);
  });
});
