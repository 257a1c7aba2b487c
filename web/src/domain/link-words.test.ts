import { LINK_SOURCES, NEIGHBOUR_TABLES, type TopologyLink } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  endName,
  ghostState,
  linkName,
  linkState,
  oneSided,
  sourceWords,
  speedWords,
  tableName,
} from './link-words.ts';

function end(name: string | null, port: string | null = null): TopologyLink['a'] {
  return { node_id: null, device_id: null, interface: port, name, address: null };
}
const LINK = {
  a: end('sw-1', 'Gi1/0/1'),
  b: end('sw-2', 'Gi1/0/24'),
  seen_from: null,
  speed_bps: 1e9,
  members: [],
} as unknown as TopologyLink;

describe('a link in words', () => {
  it('names both ends with their ports, and an end without a name by its address', () => {
    expect(linkName(LINK)).toBe('sw-1 Gi1/0/1 to sw-2 Gi1/0/24');
    expect(endName({ name: null, address: '10.0.0.1' })).toBe('10.0.0.1');
    expect(endName({ name: null, address: null })).toBe('unknown device');
    expect(linkName({ a: end('x'.repeat(65_536)), b: end('\u202eb') }).length).toBeLessThan(120);
  });

  it('says by which end alone it is known', () => {
    expect(oneSided(LINK)).toBeUndefined();
    expect(oneSided({ ...LINK, seen_from: 'b' })).toBe('seen from sw-2 only');
  });

  it('has a speed, and the number of its cables where they are several', () => {
    const member = { a_interface: null, b_interface: null, speed_bps: 1e9, state: 'up' as const };
    expect(speedWords(LINK)).toBe('1 Gbit/s');
    expect(speedWords({ speed_bps: 2e9, members: [member, member] })).toBe('2 Gbit/s, 2 cables');
    expect(speedWords({ speed_bps: null, members: [] })).toBe('');
  });

  it('has a word for every state, source and table', () => {
    expect((['up', 'down', 'stale', null] as const).map((state) => linkState(state).label)).toEqual([
      'Up',
      'Down',
      'Not seen lately',
      'Not measured',
    ]);
    expect((['moved', 'missing'] as const).map((kind) => ghostState(kind).label)).toEqual([
      'Moved away',
      'Missing',
    ]);
    expect(sourceWords(['lldp', 'cdp'])).toBe('LLDP, CDP');
    expect(LINK_SOURCES.map((source) => sourceWords([source]))).not.toContain(undefined);
    expect(NEIGHBOUR_TABLES.map(tableName)).not.toContain(undefined);
  });
});
