import { COMPONENT_LOST_SECONDS } from '@stratora/contract';
import type { JobStanding } from '../component-jobs/index.ts';
import type { ScanCollector } from './scan-queries.ts';

/** What is to be done for a run that a collector is to scan. */
export type ScanStep =
  | { readonly kind: 'nothing' }
  /** Put it on the board; nothing of it is there that lives. */
  | { readonly kind: 'put'; readonly words: string }
  | { readonly kind: 'wait'; readonly words: string }
  | { readonly kind: 'fail'; readonly words: string };

export interface ScanStepFacts {
  readonly collector: ScanCollector;
  /** How its newest job on the board stands; undefined where it had none. */
  readonly standing: JobStanding | undefined;
  /** Jobs in a row that the collector never fetched. */
  readonly unfetched: number;
  /** Whether it waits for the hours in which it may send. */
  readonly isResting: boolean;
  /** Other scans of this collector that are on the board. */
  readonly others: number;
  /** Seconds since something was heard of it, or since it was put on the list. */
  readonly quietSeconds: number;
}

/** Scans of a collector at a time. */
const SCANS_MAX = 3;
/** Jobs in a row that are not fetched by a collector that is there: it is too old to know of jobs. */
const UNFETCHED_MAX = 3;
/** How long a run waits for its collector to come back. */
const PATIENCE_SECONDS = 86_400;

/** Decides what is to be done for a run that a collector is to scan. */
export function nextScanStep(facts: ScanStepFacts): ScanStep {
  const { collector, standing, unfetched, isResting, others, quietSeconds } = facts;
  const { name, version, approval, lastSeenAt } = collector;
  if (approval !== 'approved')
    return { kind: 'fail', words: `The collector ${name} is not approved any more.` };
  if (standing === 'waiting' || standing === 'running' || isResting) return { kind: 'nothing' };
  if (!isOnline(collector)) {
    if (quietSeconds > PATIENCE_SECONDS)
      return { kind: 'fail', words: `The collector ${name} did not come back within 24 hours.` };
    const heard = lastSeenAt === null ? 'was never heard' : `was heard last at ${lastSeenAt.toISOString()}`;
    return { kind: 'wait', words: `Waits for the collector ${name}, which ${heard}.` };
  }
  if (unfetched >= UNFETCHED_MAX) {
    const words = `The collector ${name} (version ${version}) does not fetch the scan. It may be too old for scans; update it.`;
    return { kind: 'fail', words };
  }
  if (others >= SCANS_MAX) return { kind: 'wait', words: `Waits for other scans of the collector ${name}.` };
  return {
    kind: 'put',
    words: `Waits for the collector ${name} to fetch the scan: it asks every ten seconds.`,
  };
}

function isOnline({ silentSeconds }: ScanCollector): boolean {
  return silentSeconds !== null && silentSeconds < COMPONENT_LOST_SECONDS;
}
