import type { Summary } from '@stratora/contract';
import { plural } from '../../ui/format/units.ts';

export type HeadlineTone = 'bad' | 'warn' | 'unknown' | 'good' | 'neutral';
export interface Headline {
  readonly tone: HeadlineTone;
  readonly text: string;
  readonly detail: string;
}

/** How many of the nodes that are offline another one explains; nothing where none does, or nobody knows. */
function behindWords(offline: number, causes: number | undefined): string {
  if (causes === undefined || causes === 0 || causes >= offline) return '';
  return `${offline - causes} of them ${offline - causes === 1 ? 'is' : 'are'} behind ${causes === 1 ? 'one' : causes} that ${causes === 1 ? 'is' : 'are'} down. `;
}

/**
 * The first words of the home page: the answer to "what needs me now?".
 *
 * @param openAlerts how many alerts nobody has taken on: also one that is about no node, as of a collector
 * @param causes how many of the nodes that are offline no other one explains; undefined where that is not known
 * @param refusedRules how many alert rules judge nothing
 */
export function headlineOf(
  summary: Summary,
  openAlerts = 0,
  { causes, refusedRules = 0 }: { causes?: number | undefined; refusedRules?: number } = {},
): Headline {
  const { by_status: counts, total, collection_failing: failing } = summary.nodes;
  if (total === 0) {
    return {
      tone: 'neutral',
      text: 'Nothing is monitored yet',
      detail: 'Find your network, add a node or enroll an agent to begin.',
    };
  }
  const urgent = counts.critical + counts.offline;
  const calm = `${plural(counts.healthy, 'node')} of ${total.toLocaleString('en-US')} ${counts.healthy === 1 ? 'is' : 'are'} healthy.`;
  const unread = failing > 0 ? ` ${plural(failing, 'node')} cannot be read in full.` : '';
  if (urgent > 0) {
    const parts = [
      counts.offline > 0 && `${plural(counts.offline, 'node')} offline`,
      counts.critical > 0 &&
        `${counts.offline > 0 ? counts.critical : plural(counts.critical, 'node')} critical`,
    ].filter(Boolean);
    const milder = counts.warning > 0 ? `${plural(counts.warning, 'more has', 'more have')} a warning. ` : '';
    return {
      tone: 'bad',
      text: parts.join(', '),
      detail: behindWords(counts.offline, causes) + milder + calm + unread,
    };
  }
  if (counts.warning > 0)
    return { tone: 'warn', text: `${plural(counts.warning, 'node')} with a warning`, detail: calm + unread };
  if (counts.unknown > 0) {
    return {
      tone: 'unknown',
      text: `The state of ${plural(counts.unknown, 'node')} is not known`,
      detail: `Their collector or the metric store is away.${unread}`,
    };
  }
  if (failing > 0) {
    return {
      tone: 'warn',
      text: `${plural(failing, 'node')} cannot be read in full`,
      detail: `A part of the collection fails. ${calm}`,
    };
  }
  if (openAlerts > 0) {
    const text = `${plural(openAlerts, 'alert')} ${openAlerts === 1 ? 'needs' : 'need'} somebody`;
    return { tone: 'warn', text, detail: calm };
  }
  if (refusedRules > 0) {
    const text = `${plural(refusedRules, 'alert rule')} ${refusedRules === 1 ? 'judges' : 'judge'} nothing`;
    return {
      tone: 'warn',
      text,
      detail: `What ${refusedRules === 1 ? 'it watches' : 'they watch'} for would not be noticed. ${calm}`,
    };
  }
  if (counts.healthy === 0 && counts.discovering > 0) {
    return {
      tone: 'neutral',
      text: `Waiting for the first data of ${plural(counts.discovering, 'node')}`,
      detail: 'It arrives within a few collection cycles.',
    };
  }
  const resting =
    counts.maintenance + counts.discovering > 0
      ? `${plural(counts.healthy, 'node')} healthy${counts.maintenance > 0 ? `, ${counts.maintenance} in maintenance` : ''}${counts.discovering > 0 ? `, ${counts.discovering} being discovered` : ''}.`
      : `All ${plural(total, 'node')} ${total === 1 ? 'is' : 'are'} healthy.`;
  return {
    tone: 'good',
    text: 'Nothing needs you now',
    detail: total === 1 ? 'The one node is healthy.' : resting,
  };
}
