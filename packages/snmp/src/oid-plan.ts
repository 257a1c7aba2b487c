import { encodeOid } from './oid-codec.ts';

/** OIDs of a GET or columns of a walk, encoded once and shared by all devices that are asked for them. Immutable. */
export interface OidPlan {
  /** OIDs as given, without a leading dot. */
  readonly oids: readonly string[];
  /** BER content octets of each OID. */
  readonly encoded: readonly Buffer[];
  /** Each OID as a whole varbind with a NULL value, which a GET carries. */
  readonly varbinds: readonly Buffer[];
}

/** Most OIDs of one plan: keeps the state of a walk small. */
export const MAX_PLAN_OIDS = 1_024;

const MAX_KEPT_PLANS = 256;
const kept = new Map<string, OidPlan>();

/**
 * Compiles a list. The same list gives the same plan, so that thousands of blocks with one template share it.
 * Throws RangeError for an empty or oversized list and for text that is not an OID.
 */
export function compileOids(oids: readonly string[]): OidPlan {
  if (oids.length === 0 || oids.length > MAX_PLAN_OIDS) {
    throw new RangeError(`a plan has 1 to ${MAX_PLAN_OIDS} OIDs, not ${oids.length}`);
  }
  const key = oids.join(' ');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const encoded = oids.map(encodeOid);
  const plan: OidPlan = {
    oids: oids.map((oid) => (oid.startsWith('.') ? oid.slice(1) : oid)),
    encoded,
    varbinds: encoded.map(encodeNullVarbind),
  };
  if (kept.size >= MAX_KEPT_PLANS) kept.clear();
  kept.set(key, plan);
  return plan;
}

/** Encodes `SEQUENCE { OID, NULL }`. An OID has at most 128 arcs of 5 octets, so lengths take one to three octets. */
function encodeNullVarbind(oid: Buffer): Buffer {
  const oidLength = encodeLength(oid.length);
  const bodyLength = 1 + oidLength.length + oid.length + 2;
  return Buffer.from([0x30, ...encodeLength(bodyLength), 0x06, ...oidLength, ...oid, 0x05, 0x00]);
}

function encodeLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
