import type { WhereAnswer } from '@stratora/contract';
import { deviceLine } from '../../ui/format/device-text.ts';

/** Where an address is, beside the question in the search: "sw-1 Gi1/0/4, VLAN 20". */
export function whereNote(answer: WhereAnswer | undefined, isAsking: boolean): string {
  if (answer === undefined) return isAsking ? 'looking…' : 'see where';
  const [item] = answer.items;
  if (item === undefined) return 'no switch has it';
  const vlan = item.vlan === null ? '' : `, VLAN ${item.vlan}`;
  return `${deviceLine(item.node_name, 40)} ${deviceLine(item.interface ?? '', 24)}${vlan}`;
}
