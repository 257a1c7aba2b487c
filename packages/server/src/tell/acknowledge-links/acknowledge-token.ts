import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link says: which alert, who was given it, and until when it holds. */
export interface LinkClaim {
  readonly alertId: string;
  /** Address or name of whoever got the message; the acknowledgement is theirs. */
  readonly recipient: string;
  /** Whole seconds since the epoch. */
  readonly expiresAt: number;
}

const VERSION = 1;
const ID_BYTES = 16;
const HEAD_BYTES = 1 + 4 + ID_BYTES;
const MAC_BYTES = 16;
/** Most bytes of a recipient: an address of mail has 254. */
const RECIPIENT_BYTES = 300;

/**
 * Writes the token of a link: version, expiry, alert and recipient, and a MAC of them (HMAC-SHA256 cut to 128 bits), as
 * base64url. It needs no row in the database, and says the same for each try of a message.
 */
export function writeToken({ alertId, recipient, expiresAt }: LinkClaim, key: Buffer): string {
  const name = Buffer.from(recipient.toWellFormed());
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(VERSION, 0);
  head.writeUInt32BE(expiresAt, 1);
  head.write(alertId.replaceAll('-', ''), 5, 'hex');
  const claim = Buffer.concat([head, name.subarray(0, RECIPIENT_BYTES)]);
  return Buffer.concat([claim, macOf(claim, key)]).toString('base64url');
}

/** Reads a token. @returns undefined for one that this installation never wrote; an expired one is read, too */
export function readToken(token: string, key: Buffer): LinkClaim | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // Other spellings of the same bytes are no tokens of ours.
  if (bytes.toString('base64url') !== token) return undefined;
  const length = bytes.length - MAC_BYTES;
  if (length < HEAD_BYTES || length > HEAD_BYTES + RECIPIENT_BYTES) return undefined;
  const claim = bytes.subarray(0, length);
  if (!timingSafeEqual(macOf(claim, key), bytes.subarray(length))) return undefined;
  if (claim.readUInt8(0) !== VERSION) return undefined;
  const id = claim.subarray(5, HEAD_BYTES).toString('hex');
  return {
    alertId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    recipient: claim.subarray(HEAD_BYTES).toString('utf8'),
    expiresAt: claim.readUInt32BE(1),
  };
}

function macOf(claim: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update('acknowledge link\0').update(claim).digest().subarray(0, MAC_BYTES);
}
