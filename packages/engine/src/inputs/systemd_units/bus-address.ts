/**
 * Returns the socket that a D-Bus address names (D-Bus Specification, "Server Addresses"): `unix:path=/run/x` or
 * `unix:abstract=x`, the first of a `;` list that is one of these. An abstract socket is given as `\0x`.
 *
 * @returns undefined when the address names no unix socket
 */
export function busSocketPath(address: string): string | undefined {
  for (const entry of address.split(';')) {
    const colon = entry.indexOf(':');
    if (entry.slice(0, Math.max(0, colon)) !== 'unix') continue;
    const pairs = entry
      .slice(colon + 1)
      .split(',')
      .map((pair) => pair.split('=', 2));
    const values = new Map(pairs.map(([key = '', value = '']) => [key, unescapeValue(value)]));
    const path = values.get('path');
    if (path !== undefined && path !== '') return path;
    const name = values.get('abstract');
    if (name !== undefined && name !== '') return `\0${name}`;
  }
  return undefined;
}

function unescapeValue(text: string): string {
  const bytes = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
