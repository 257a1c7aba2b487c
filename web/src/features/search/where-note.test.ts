import type { WhereAnswer } from '@stratora/contract';
import { expect, it } from 'vitest';
import { whereNote } from './where-note.ts';

it('the search says where an address is as soon as it knows', () => {
  const item = { node_name: 'sw-1', interface: 'Gi1/0/4', vlan: 20 } as WhereAnswer['items'][number];
  const answer = (items: WhereAnswer['items']): WhereAnswer => ({ items, moves: [], notices: [] });
  expect(whereNote(undefined, true)).toBe('looking…');
  expect(whereNote(undefined, false)).toBe('see where');
  expect(whereNote(answer([]), false)).toBe('no switch has it');
  expect(whereNote(answer([item]), false)).toBe('sw-1 Gi1/0/4, VLAN 20');
  expect(whereNote(answer([{ ...item, vlan: null }]), false)).toBe('sw-1 Gi1/0/4');
});
