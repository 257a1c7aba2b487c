import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Identity } from '@stratora/identify';

/** Folder of recordings of real devices, which stands beside the checkout and is no part of it. */
export const CAPTURES_FOLDER = path.resolve(import.meta.dirname, '../../shared/devices');

/** What a recorded device is, by whoever recorded it. */
export interface ExpectedIdentity {
  readonly vendor: string;
  readonly vendor_aliases: readonly string[];
  /** Short name and name of the system; null where nobody named it. */
  readonly os: string | null;
  readonly os_name: string | null;
  readonly device_type: string;
  readonly accept_types: readonly string[];
}

export interface CaptureEntry {
  readonly id: string;
  /** File of the recording, in the folder. */
  readonly capture: string;
  readonly expected: ExpectedIdentity;
}

/** Lists the recordings; undefined where the folder is absent. */
export function listCaptures(): CaptureEntry[] | undefined {
  const list = path.join(CAPTURES_FOLDER, 'devices.jsonl');
  if (!existsSync(list)) return undefined;
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CaptureEntry);
}

/** Tells whether a recording is of the fifth that no rule was made or changed by; fixed by the hash of its name. */
export function isHeldOut(id: string): boolean {
  return Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 8), 16) % 5 === 0;
}

/** How well an identity fits. */
export interface Fit {
  readonly vendor: boolean;
  readonly family: boolean;
  readonly type: boolean;
  /** The type is the very one, not only one that may be given as well. */
  readonly strictType: boolean;
}

/** Types that the expectations do not tell from `other`. */
const COUNTED_AS_OTHER = new Set(['camera', 'phone', 'plc', 'computer']);

export function fitOf(identity: Identity, expected: ExpectedIdentity): Fit {
  const names = [expected.vendor, ...expected.vendor_aliases].map((name) => name.toLowerCase());
  const vendor = identity.vendor !== undefined && names.includes(identity.vendor.toLowerCase());
  const type = COUNTED_AS_OTHER.has(identity.deviceType) ? 'other' : identity.deviceType;
  return {
    vendor,
    family: isSameFamily(identity, expected, vendor),
    type: expected.accept_types.includes(type) || expected.accept_types.includes(identity.deviceType),
    strictType: type === expected.device_type,
  };
}

const SAYS_NOTHING = ['os', 'device', 'software', 'series', 'system', 'operating'];

/**
 * Tells whether two names are of one family: the same short name or name but for spaces and case; or, of the right
 * vendor, when all telling words of one name (none of them the vendor's) are in the other.
 */
function isSameFamily(identity: Identity, expected: ExpectedIdentity, isVendor: boolean): boolean {
  if (identity.family === undefined || identity.os === undefined) return false;
  if (expected.os !== null && bare(identity.family) === bare(expected.os)) return true;
  if (bare(identity.os) === bare(expected.os_name ?? '')) return true;
  if (!isVendor) return false;
  const empty = new Set([expected.vendor, ...expected.vendor_aliases, ...SAYS_NOTHING].flatMap(wordsOf));
  const ours = new Set(wordsOf(identity.os).filter((word) => !empty.has(word)));
  const theirs = new Set(wordsOf(expected.os_name ?? '').filter((word) => !empty.has(word)));
  return [...ours].every((word) => theirs.has(word)) || [...theirs].every((word) => ours.has(word));
}

function bare(text: string): string {
  return wordsOf(text).join('');
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
