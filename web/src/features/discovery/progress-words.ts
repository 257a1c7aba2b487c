import type { DiscoveryProgress } from '@stratora/contract';
import { formatCount, plural } from '../../ui/format/units.ts';
import { phaseName } from './job-words.ts';

/** Percent of a phase that is done; undefined where that is not known. */
export function percentDone({ done, total }: Pick<DiscoveryProgress, 'done' | 'total'>): number | undefined {
  return total === 0 ? undefined : Math.min(100, Math.floor((done / total) * 100));
}

/** Says how far a run is: "SNMP: 120 of 254 addresses, 58 devices found". */
export function progressWords({ phase, done, total, found }: DiscoveryProgress): string {
  if (phase === null) return 'It has not begun';
  const unit = phase === 'crawl' || phase === 'identify' ? 'device' : 'address';
  const many = unit === 'device' ? 'devices' : 'addresses';
  const far = total === 0 ? '' : `: ${formatCount(done)} of ${plural(total, unit, many)}`;
  return `${phaseName(phase)}${far}, ${plural(found, 'device')} found`;
}
