import type { WhereItem, WhereMove } from '@stratora/contract';
import { deviceLine } from '../../ui/format/device-text.ts';

/** A place in a line: "sw-1 Gi1/0/4, VLAN 20". */
export function placeWords({ node_name: node, interface: port, vlan }: WhereMove['from']): string {
  const words = [deviceLine(node, 80), port === null ? '' : deviceLine(port, 48)].filter(
    (part) => part !== '',
  );
  return vlan === null ? words.join(' ') : `${words.join(' ')}, VLAN ${vlan}`;
}

/** Says how near the port is; undefined where it is the port's own. */
export function behindWords({
  is_edge: isEdge,
  behind,
}: Pick<WhereItem, 'is_edge' | 'behind'>): string | undefined {
  if (!isEdge)
    return 'This port leads to other switches: it is somewhere behind it, and nothing nearer tells of it.';
  return behind === null ? undefined : `Behind ${deviceLine(behind, 120)}`;
}
