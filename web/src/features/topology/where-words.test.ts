import { expect, it } from 'vitest';
import { behindWords, placeWords } from './where-words.ts';

const PLACE = { node_id: 'n', node_name: 'sw-1', site_id: 's', interface: 'Gi1/0/4', vlan: 20 };

it('a place is the switch, the port and the VLAN, as far as they are known', () => {
  expect(placeWords(PLACE)).toBe('sw-1 Gi1/0/4, VLAN 20');
  expect(placeWords({ ...PLACE, interface: null, vlan: null })).toBe('sw-1');
  expect(placeWords({ ...PLACE, node_name: 'x'.repeat(65_536) }).length).toBeLessThan(160);
});

it('a port that leads on to other switches is said to be one', () => {
  expect(behindWords({ is_edge: true, behind: null })).toBeUndefined();
  expect(behindWords({ is_edge: true, behind: 'phone-7' })).toBe('Behind phone-7');
  expect(behindWords({ is_edge: false, behind: null })).toContain('somewhere behind it');
});
