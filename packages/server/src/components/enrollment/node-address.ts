import { isDnsName, isIpv4, isIpv6, type RegisterRequest } from '@stratora/contract';
import { isOwnAddress } from '../../inventory/nodes/index.ts';

/**
 * Returns the address of a new agent's node: the first that the host has of its own, since the one that calls may be a
 * proxy's or a router's. Without one it is that of the call, or the hostname where the call came from this machine.
 */
export function firstAddress(
  { hostname, ip_addresses: own = [] }: Pick<RegisterRequest, 'hostname' | 'ip_addresses'>,
  caller: string,
): string {
  const first = own.find(isOwnAddress);
  if (first !== undefined) return first;
  const plain = caller.replace(/^::ffff:/i, '');
  const isLoopback = plain === '::1' || plain.startsWith('127.');
  if (isLoopback && isDnsName(hostname)) return hostname;
  return isIpv4(plain) || isIpv6(plain) ? plain : hostname;
}
