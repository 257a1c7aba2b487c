import type { TopologyLinkEnd } from '@stratora/contract';
import type { DeviceRef, LinkEnd } from '@stratora/topology';
import { interfaceName } from '../derivation/device-words.ts';

/** An end of a link as it was approved: what it is, and how it was called then. */
export interface ApprovedEnd {
  readonly device: DeviceRef;
  /** Key of the interface within its device; null where none was known. */
  readonly port: string | null;
  readonly interface: string | null;
  readonly name: string;
  readonly address: string | null;
}

export function approvedEnd(
  { device, interface: port }: LinkEnd,
  name: string,
  address: string | null,
): ApprovedEnd {
  return { device, port: port?.key ?? null, interface: interfaceName(port), name, address };
}

/** The end as the map shows it. */
export function shownEnd({ device, interface: port, name, address }: ApprovedEnd): TopologyLinkEnd {
  const isNode = device.kind === 'node';
  return {
    node_id: isNode ? device.id : null,
    device_id: isNode ? null : device.id,
    interface: port,
    name,
    address,
  };
}

export function approvedEndWords({ name, interface: port }: ApprovedEnd): string {
  return port === null ? name : `${name} ${port}`;
}
