import type { NeighbourOrder, NeighbourReport } from '@stratora/contract';
import { silentLogger } from '@stratora/runtime';
import { MibImage, type Plant, startPlant, WiredObjects, wiredPorts } from '@stratora/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNeighbours } from './neighbour-job.ts';

const NAMES = ['one', 'two', 'three'];
const WIRING = {
  devices: NAMES.map((name) => ({
    name,
    kind: 'switch' as const,
    lldp: 'both' as const,
    ports: wiredPorts(4, { prefix: 'Gi1/0/' }),
  })),
  cables: [
    { a: 'one:Gi1/0/1', b: 'two:Gi1/0/1' },
    { a: 'two:Gi1/0/2', b: 'three:Gi1/0/1' },
  ],
};
const USER = {
  username: 'operator',
  security_level: 'authPriv',
  auth_protocol: 'SHA256',
  auth_password: 'authentic words',
  priv_protocol: 'AES',
  priv_password: 'private words',
};
const idOf = (at: number) => `0190a0b0-0000-7000-8000-00000000000${at}`;

let plant: Plant;

beforeAll(async () => {
  const objects = new WiredObjects(WIRING);
  plant = await startPlant({
    devices: NAMES.map((name, at) => ({
      address: `127.84.0.${at + 1}`,
      image: new MibImage(objects.device(name)),
      users: [
        {
          secName: USER.username,
          secLevel: 'authPriv' as const,
          authProtocol: 'SHA256' as const,
          authPassword: USER.auth_password,
          privProtocol: 'AES' as const,
          privPassword: USER.priv_password,
        },
      ],
    })),
  });
});
afterAll(() => plant.stop());

function order(changes: Partial<NeighbourOrder> = {}): NeighbourOrder {
  const nodes = NAMES.map((_, at) => ({
    node_id: idOf(at),
    host: `127.84.0.${at + 1}`,
    snmp_port: plant.port,
    type: 'snmp_v2c' as const,
    secret: { community: 'public' },
    pace: null,
  }));
  return { nodes, at_once: 2, node_seconds: 30, max_vlans: 0, ...changes };
}

/** A server that keeps what it is told. */
class Told {
  readonly reports: NeighbourReport[] = [];
  answer: 'taken' | 'refused' | 'over' = 'taken';
  readonly tell = async ({ report }: Record<string, unknown>) => {
    this.reports.push(report as NeighbourReport);
    return this.answer;
  };
}

const call = (told: Told, given: NeighbourOrder, signal = new AbortController().signal) =>
  readNeighbours({ order: given, signal, tell: told.tell, logger: silentLogger() });

describe('the job of reading neighbours', () => {
  it('tells a report of each device', async () => {
    const told = new Told();
    expect(await call(told, order())).toEqual({ reports: 3 });
    const neighbours = told.reports
      .toSorted((a, b) => a.node_id.localeCompare(b.node_id))
      .map(({ rows }) => rows.lldp_neighbours.map(({ system_name }) => system_name));
    expect(neighbours).toEqual([['two'], ['one', 'three'], ['two']]);
  });

  it('reads by SNMPv3, and at the pace of a device without GETBULK', async () => {
    const told = new Told();
    const [first, second] = order().nodes;
    if (!first || !second) throw new Error('two nodes are needed');
    const nodes = [
      { ...first, type: 'snmp_v3' as const, secret: USER },
      { ...second, pace: { getbulk: false, requests_per_second: 1000 } },
    ];
    await call(told, order({ nodes }));
    expect(told.reports.map(({ tables }) => tables.lldp_neighbours.state)).toEqual(['whole', 'whole']);
  });

  it('says of a device that refuses the login why nothing of it was read, and never the password', async () => {
    const told = new Told();
    const [first] = order().nodes;
    if (!first) throw new Error('a node is needed');
    const secret = { ...USER, auth_password: 'something else' };
    await call(told, order({ nodes: [{ ...first, type: 'snmp_v3', secret }] }));
    const tables = Object.values(told.reports[0]?.tables ?? {});
    expect(new Set(tables.map(({ state }) => state))).toEqual(new Set(['failed']));
    expect(tables[0]?.reason).toContain('authentication password or protocol');
    expect(JSON.stringify(told.reports)).not.toContain('something else');
  });

  it('ends where nobody wants more of it', async () => {
    const told = new Told();
    told.answer = 'over';
    expect(await call(told, order({ at_once: 1 }))).toEqual({ reports: 0 });
    expect(told.reports).toHaveLength(1);
  });

  it('that is broken off says how many reports it told', async () => {
    const told = new Told();
    const end = new AbortController();
    const tell = async (part: Record<string, unknown>) => {
      end.abort();
      return told.tell(part);
    };
    const result = await readNeighbours({
      order: order({ at_once: 1 }),
      signal: end.signal,
      tell,
      logger: silentLogger(),
    });
    expect(result).toEqual({ reports: 1 });
    expect(told.reports).toHaveLength(1);
  });
});
