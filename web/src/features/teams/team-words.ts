import type { AlertSeverity, EscalationTeam, TeamMatch, TeamRepeat, TeamStep } from '@stratora/contract';
import { daysWords, listWords } from '../../domain/weekdays.ts';
import { formatDuration } from '../../ui/format/units.ts';

/** Names things by their ids. */
export type NameOf = (id: string) => string;

export interface TeamNames {
  readonly site: NameOf;
  readonly group: NameOf;
  readonly definition: NameOf;
  readonly channel: NameOf;
}

/** When a team hears of alerts: "Always", "Mon to Fri 08:00 to 17:00 (Europe/Berlin)". The default team always does. */
export function activeWords({
  active,
  is_default: isDefault,
}: Pick<EscalationTeam, 'active' | 'is_default'>): string {
  if (active.type === 'always' || isDefault) return 'Always';
  const windows = active.windows.map(({ days, from, to }) =>
    from === '00:00' && to === '24:00' ? daysWords(days) : `${daysWords(days)} ${from} to ${to}`,
  );
  return `${windows.join('; ')} (${active.timezone})`;
}

const SEVERITIES: readonly AlertSeverity[] = ['critical', 'warning', 'info'];
/** So many names are told; of more, how many there are. */
const NAMES_MAX = 3;

/** Which alerts a team takes: "Critical alerts at Munich". The default team takes what is left, whatever it matches. */
export function matchWords(
  { match, is_default: isDefault }: Pick<EscalationTeam, 'match' | 'is_default'>,
  names: TeamNames,
): string {
  if (isDefault) return 'Whatever no other team takes';
  if (isEmptyMatch(match)) return 'All alerts';
  const chosen = SEVERITIES.filter((severity) => match.severities.includes(severity));
  const what = chosen.length === 0 ? 'alerts' : `${listWords(chosen, 'or')} alerts`;
  const places = [
    namesWords('of', match.definition_ids, names.definition, 'definitions'),
    namesWords('at', match.site_ids, names.site, 'sites'),
    namesWords('in', match.group_ids, names.group, 'groups'),
  ].filter((words) => words !== '');
  return sentence([what, ...places].join(' '));
}

function namesWords(word: string, ids: readonly string[], nameOf: NameOf, many: string): string {
  if (ids.length === 0) return '';
  return ids.length > NAMES_MAX
    ? `${word} ${ids.length} ${many}`
    : `${word} ${listWords(ids.map(nameOf), 'or')}`;
}

export function isEmptyMatch(match: TeamMatch): boolean {
  return Object.values(match).every((list) => list.length === 0);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const ON_CALL: Readonly<Record<'current' | 'next', string>> = {
  current: 'who is on call',
  next: 'who is on call next',
};

/** Whom a step tells: "who is on call, and Slack ops". */
export function toldWords(step: Pick<TeamStep, 'on_call' | 'channel_ids'>, channel: NameOf): string {
  const channels = (step.channel_ids ?? []).map(channel);
  if (step.on_call === undefined) {
    return step.channel_ids === undefined ? 'every channel that is on' : listWords(channels, 'and');
  }
  return [ON_CALL[step.on_call], ...(channels.length > 0 ? [`and ${listWords(channels, 'and')}`] : [])].join(
    ', ',
  );
}

/** "At once", "After 15 min". */
export function afterWords(seconds: number): string {
  return seconds === 0 ? 'At once' : `After ${formatDuration(seconds)}`;
}

/** "Then every 30 min, 3 times at most, until somebody acknowledges it." */
export function repeatWords(repeat: TeamRepeat | null): string {
  if (repeat === null) return 'The last step is not repeated.';
  const times = repeat.times === 1 ? 'once more' : `${repeat.times} times at most`;
  return `The last step is repeated every ${formatDuration(repeat.every_seconds)}, ${times}.`;
}
