import { isIP } from 'node:net';

const DNS_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*\.?$/i;
const ONLY_NUMBERS = /^[\d.]+$/;

/**
 * True for an IPv4 address, an IPv6 address without brackets (a zone such as `%eth0` allowed) and a DNS name: the only
 * texts that may reach a socket or the standard input of a prober. Nothing that starts with a dash, holds white space
 * or means something to a shell passes.
 */
export function isTargetHost(text: string): boolean {
  const zone = text.indexOf('%');
  if (zone >= 0)
    return isIP(text.slice(0, zone)) === 6 && /^[a-z0-9][a-z0-9_.-]{0,14}$/i.test(text.slice(zone + 1));
  if (isIP(text) !== 0) return true;
  return DNS_NAME.test(text) && !ONLY_NUMBERS.test(text);
}
