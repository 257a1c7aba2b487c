import type { UsmUser } from '@stratora/snmp';
import type { MibImage } from './mib-image.ts';

/**
 * The fault of a device, for tests of a manager:
 * - `dead`: never answers; `slow`: answers after `delayMs`; `lossy`: every `every`-th request gets no answer;
 * - `endless`: a walk always finds one more row; `repeating`: the same row again and again; `backwards`: rows fall;
 * - `wrongId`, `wrongVersion`, `wrongCommunity`: answers that belong to no request;
 * - `spoofed`: answers come from another port; `twice`: each answer comes two times;
 * - `oversize`: text values of 40,000 octets with control characters and terminal escapes;
 * - `garbage`: random octets; `deep`: a thousand nested sequences; `trailing`: octets after the message's end;
 * - `longInteger`: an integer of nine octets; `longOid`: an OID of 129 arcs; `longLength`: a part longer than the
 * message;
 * - `cut`: at most `varbinds` of what was asked; `tooBig`: says tooBig beyond `varbinds`; `empty`: no varbinds at all;
 * - `generalError`: answers every request with genErr;
 * - `noBulk`: answers GETBULK with nothing (`silent`), with genErr, without varbinds, or with what cannot be read;
 * - `badColumn`: answers whatever touches the column `oid` with genErr, which names it or not;
 * - `badRow`: answers whatever would give the object `oid` with this error status, and its place;
 * - `unordered`: walks the rows of each column in the order of `indexes`, and from the last one goes on to `next`;
 * - `stuck`: answers the row `oid` to the question for what follows it;
 * - `shuffled`: answers GETBULK column by column, and GET from the last varbind to the first;
 * - `shortIds`: keeps that many bits of the request id, with their sign where `isSigned`.
 */
export type Behaviour =
  | { readonly kind: 'dead' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'lossy'; readonly every: number }
  | { readonly kind: 'cut' | 'tooBig'; readonly varbinds: number }
  | { readonly kind: 'noBulk'; readonly by: 'silent' | 'error' | 'empty' | 'garbage' }
  | { readonly kind: 'badColumn'; readonly oid: string; readonly isNamed: boolean }
  | { readonly kind: 'badRow'; readonly oid: string; readonly status: number }
  | { readonly kind: 'unordered'; readonly indexes: readonly number[]; readonly next?: number }
  | { readonly kind: 'stuck'; readonly oid: string }
  | { readonly kind: 'shuffled' }
  | { readonly kind: 'shortIds'; readonly bits: number; readonly isSigned?: boolean }
  | { readonly kind: PlainBehaviour };

export const PLAIN_BEHAVIOURS = [
  'endless',
  'repeating',
  'backwards',
  'wrongId',
  'wrongVersion',
  'wrongCommunity',
  'spoofed',
  'twice',
  'oversize',
  'garbage',
  'deep',
  'trailing',
  'longInteger',
  'longOid',
  'longLength',
  'empty',
  'generalError',
] as const;
export type PlainBehaviour = (typeof PLAIN_BEHAVIOURS)[number];

/** One simulated device. */
export interface DeviceSpec {
  /** Loopback address of its own, 127.x.y.z. */
  readonly address: string;
  /** Port of this device; the plant's by default. */
  readonly port?: number | undefined;
  /** sysName, when it differs from the image's. */
  readonly name?: string | undefined;
  /** The objects that it answers with; shared between equal devices. */
  readonly image: MibImage;
  /** Community of v1 and v2c; `public` by default. An empty one switches both versions off. */
  readonly community?: string | undefined;
  /** SNMPv3 users with their lowest security level. */
  readonly users?: readonly UsmUser[] | undefined;
  /** SNMPv3 contexts that it knows beside the default one; in others it answers nothing. All are alike. */
  readonly contexts?: readonly string[] | undefined;
  /** Text that its SNMPv3 engine id is made of; the address by default. */
  readonly engineName?: string | undefined;
  readonly behaviour?: Behaviour | undefined;
  /** Largest answer in octets; 16,384 by default. */
  readonly maxReplyBytes?: number | undefined;
}
