import { z } from 'zod';

export const idSchema = z.uuid();
/** A time, RFC 3339 in UTC. */
export const timeSchema = z.string();

// Control and bidirectional characters have no place in a name.
// oxlint-disable-next-line no-control-regex -- refusing control characters is the point
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** A name that people give: 1..max characters after trimming, one line. */
export function nameSchema(max = 200) {
  return z
    .string()
    .trim()
    .min(1, 'is required')
    .max(max)
    .refine((value) => !FORBIDDEN.test(value), 'holds control characters');
}

/** Free text of several lines. */
export const noteSchema = z.string().max(2000);

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const DNS_NAME =
  /^(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?$/i;
const ALL_NUMERIC = /^[\d.]+$/;

export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

export function isIpv6(text: string): boolean {
  return z.ipv6().safeParse(text).success;
}

/**
 * True for an RFC 1123 host name (underscores allowed as met in practice); nothing that a command line could take for
 * an option.
 */
export function isDnsName(text: string): boolean {
  return DNS_NAME.test(text) && !ALL_NUMERIC.test(text);
}

/** An IPv4 or IPv6 address or a DNS name: the only grammar that may ever reach a probe. */
export const hostAddressSchema = z
  .string()
  .max(253)
  .refine(
    (value) => isIpv4(value) || isIpv6(value) || isDnsName(value),
    'must be an IPv4 address, an IPv6 address or a DNS name',
  );
