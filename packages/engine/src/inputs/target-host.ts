import { parseHostAddress } from '@stratora/contract/target-address';

/**
 * Returns the text to contact a host by: an IPv4 address, an IPv6 address without brackets (a zone such as `%eth0`
 * allowed) or a DNS name, the only texts that may reach a socket or the standard input of a prober. Nothing that starts
 * with a dash, holds white space or means something to a shell passes. Undefined for every other text.
 */
export function targetHost(text: string): string | undefined {
  return text === text.trim() ? parseHostAddress(text).value : undefined;
}
