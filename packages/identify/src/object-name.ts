/** The subtree of all enterprises: SNMPv2-SMI::enterprises. */
export const ENTERPRISES = '1.3.6.1.4.1';

/** Completes an OID of a rule: one that does not start with 1.0, 1.2 or 1.3 stands below the enterprises. */
export function wholeOid(oid: string): string {
  return /^1\.[023](\.|$)/.test(oid) ? oid : `${ENTERPRISES}.${oid}`;
}

/** Tells whether an OID is a subtree or stands below it, on whole arcs. */
export function isBelow(oid: string, subtree: string): boolean {
  return oid.startsWith(subtree) && (oid.length === subtree.length || oid[subtree.length] === '.');
}

/** Finds the enterprise number of an OID; undefined where it is not below the enterprises. */
export function enterpriseOf(oid: string): number | undefined {
  if (!oid.startsWith(`${ENTERPRISES}.`)) return undefined;
  const start = ENTERPRISES.length + 1;
  const end = oid.indexOf('.', start);
  const number = Number(end < 0 ? oid.slice(start) : oid.slice(start, end));
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
