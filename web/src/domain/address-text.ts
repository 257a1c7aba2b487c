import type { WhereQuery } from '@stratora/contract';

const MAC =
  /^(?:[0-9a-f]{2}([:-]?)(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}([.:-])[0-9a-f]{4}\2[0-9a-f]{4})$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * The address that a text is, as `GET /topology/where` takes it: a MAC address in any of its forms, or an IP address;
 * undefined for anything else.
 */
export function readAddress(text: string): WhereQuery | undefined {
  const plain = text.trim().toLowerCase();
  if (MAC.test(plain)) {
    return { mac: plain.replaceAll(/[.:-]/g, '').replaceAll(/..(?=.)/g, '$&:') };
  }
  if (IPV4.test(plain)) return { ip: plain };
  return isIpv6(plain) ? { ip: plain } : undefined;
}

/** Whether a text is an IPv6 address: the browser's own reading of one in a URL. */
function isIpv6(text: string): boolean {
  return /^[0-9a-f:.]{2,45}$/.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}

/** The address of the page that finds it. */
export function whereAddress({ mac, ip }: WhereQuery): string {
  return `/topology/where?q=${encodeURIComponent(mac ?? ip ?? '')}`;
}
