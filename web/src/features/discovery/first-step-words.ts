import type { DiscoveryJob } from '@stratora/contract';
import { plural } from '../../ui/format/units.ts';
import { isUnderWay } from './job-words.ts';

/** The step that is at hand, counted from 0, and what to do in it. */
export interface FirstStep {
  readonly step: number;
  readonly words: string;
}

/** Where somebody is on the way to a drawn network: scanning, importing, or at the map. */
export function firstStepOf({ status, devices }: Pick<DiscoveryJob, 'status' | 'devices'>): FirstStep {
  if (isUnderWay(status)) return { step: 1, words: 'Devices appear below as they answer.' };
  if (devices.new > 0) {
    return {
      step: 2,
      words: `${plural(devices.new, 'device is', 'devices are')} new. Import them all, or select some.`,
    };
  }
  if (devices.monitored > 0) {
    return {
      step: 3,
      words: `${plural(devices.monitored, 'device is', 'devices are')} monitored. The map fills as their neighbours are read.`,
    };
  }
  return {
    step: 1,
    words:
      'Nothing was found. Change the job: other addresses, another credential, or scan from a collector.',
  };
}
