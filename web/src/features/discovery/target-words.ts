import { DISCOVERY_ADDRESSES_MAX } from '@stratora/contract/discovery-target';
import { formatCount } from '../../ui/format/units.ts';
import { type CountedTargets, readEntries } from './job-form-values.ts';

const MOST = BigInt(DISCOVERY_ADDRESSES_MAX);

/** Whether more addresses were typed than a job may have. */
export function isTooMany({ addresses }: Pick<CountedTargets, 'addresses'>): boolean {
  return addresses > MOST;
}

/** Says how many addresses were typed. */
export function addressWords({ addresses }: Pick<CountedTargets, 'addresses'>): string {
  // A network of IPv6 has more addresses than anybody reads digits.
  const count = addresses < 10n ** 9n ? formatCount(Number(addresses)) : 'more than a billion';
  return addresses === 1n ? '1 address' : `${count} addresses`;
}

/** What keeps these targets from being scanned, in a sentence; undefined where nothing does. */
export function targetsFault(counted: CountedTargets, text: string): string | undefined {
  if (readEntries(text).length === 0) return 'Enter at least one network, range or address';
  if (counted.faults.targets.length > 0) return 'Correct what cannot be read';
  if (isTooMany(counted)) return `A job scans at most ${formatCount(DISCOVERY_ADDRESSES_MAX)} addresses`;
  return counted.addresses === 0n ? 'All of it is left out' : undefined;
}

/** Says how long a ping to each of the addresses takes at least, at a pace. */
export function pingSeconds(addresses: bigint, packetsPerSecond: number): number {
  return Number(addresses > MOST ? MOST : addresses) / packetsPerSecond;
}
