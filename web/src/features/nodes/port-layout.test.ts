import { describe, expect, it } from 'vitest';
import type { InterfaceRow } from './interface-rows.ts';
import { layOutPorts, powerPortOf } from './port-layout.ts';

const port = (name: string, type = '6'): InterfaceRow => ({
  key: name,
  name,
  matcher: '',
  index: undefined,
  type,
  alias: '',
  up: true,
  adminUp: true,
  speedBits: undefined,
  inBits: undefined,
  outBits: undefined,
  errors: undefined,
  discards: undefined,
});
const drawn = (...rows: InterfaceRow[]) =>
  layOutPorts(rows).map(({ name, ports }) => `${name}: ${ports.map(({ number }) => number).join(' ')}`);

describe('the front panel of a device', () => {
  it('has its ports in the order of their numbers, by unit and kind', () => {
    const names = ['Gi1/0/10', 'Gi1/0/2', 'Gi1/0/1', 'Te1/1/1', 'Gi2/0/1'];
    expect(drawn(...names.map((name) => port(name)))).toEqual(['Gi1/0/: 1 2 10', 'Gi2/0/: 1', 'Te1/1/: 1']);
  });

  it('has nothing that no cable goes into', () => {
    const others = [
      'Vlan10',
      'Port-channel1',
      'Loopback0',
      'Po1',
      'ae0',
      'Null0',
      'irb.100',
      'WLAN-DBSS1:4',
      'wifi0',
    ].map((name) => port(name));
    const wireless = port('wlan0', '71');
    const ports = [1, 2, 3, 4].map((number) => port(String(number)));
    expect(drawn(...others, wireless, ...ports)).toEqual([': 1 2 3 4']);
  });

  it('is not drawn for a host with a port or two', () => {
    expect(drawn(port('eth0'), port('eth1'))).toEqual([]);
  });

  it.each([
    ['Gi1/0/7', '1.7'],
    ['Gi2/0/7', '2.7'],
    ['7', '1.7'],
    ['port 12', '1.12'],
    ['mgmt', undefined],
  ])('finds the power port of %s', (name, found) => {
    expect(powerPortOf(name)).toBe(found);
  });
});
