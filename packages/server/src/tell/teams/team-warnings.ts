/** What is wrong with a team today or within its next 90 days, so that it is put right before somebody is not told. */
import type { TeamWarning } from '@stratora/contract';
import { nextShift, rotaFacts, type Shift, shiftsBetween } from './rota.ts';
import { namedChannels, type StepChannel } from './step-recipients.ts';
import { canServe, type Persons, type Rotation, type Team } from './team.ts';
import { DAY_MS } from './wall-time.ts';

/** Days of the rota that are checked: both changes of the clocks lie within some check before they come. */
export const CHECKED_DAYS = 90;

/** A channel, and whether it ever delivered. */
export interface CheckedChannel extends StepChannel {
  readonly isProven: boolean;
}

export interface WarningFacts {
  readonly channels: readonly CheckedChannel[];
  readonly persons: Persons;
  readonly hasMailServer: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Finds all that is wrong with a team. */
export function teamWarnings(team: Pick<Team, 'steps' | 'rotation'>, facts: WarningFacts): TeamWarning[] {
  const { rotation, steps } = team;
  // From the begin of the day of UTC, and a day more: what is wrong reads the same all day.
  const today = Math.floor(facts.now / DAY_MS) * DAY_MS;
  const span = { from: today, to: today + (CHECKED_DAYS + 1) * DAY_MS };
  return [
    ...(rotation === null ? [] : rotaWarnings(rotation, facts.persons, { ...span, now: facts.now })),
    ...nextWarnings(team, facts),
    ...mailServerWarnings(steps, facts),
    ...channelWarnings(steps, facts.channels),
  ];
}

/**
 * Finds what is wrong with a rota from one instant to another: holes, leavers, and who cannot be told by mail.
 * @param span `now`: what is over then does not count
 */
export function rotaWarnings(
  rotation: Rotation,
  persons: Persons,
  span: { from: number; to: number; now?: number },
): TeamWarning[] {
  const { from, to, now = from } = span;
  const all = shiftsBetween(rotaFacts(rotation, canServe(persons)), from, to);
  const shifts = all.filter((shift) => shift.to > now);
  return [
    ...holes(shifts),
    ...leavers(rotation, persons, { shifts, from: now, to }),
    ...unreachable(shifts, persons),
  ];
}

function holes(shifts: readonly Shift[]): TeamWarning[] {
  const found: { from: number; to: number }[] = [];
  for (const { memberId, from, to } of shifts) {
    if (memberId !== null) continue;
    const last = found.at(-1);
    if (last?.to === from) last.to = to;
    else found.push({ from, to });
  }
  return found.map((hole) => warning('hole', 'Nobody can be on call.', { span: hole }));
}

function leavers(
  rotation: Rotation,
  persons: Persons,
  { shifts, from, to }: { shifts: readonly Shift[]; from: number; to: number },
): TeamWarning[] {
  const overriding = rotation.overrides
    .filter((override) => Date.parse(override.from) < to && Date.parse(override.to) > from)
    .map(({ member_id: id }) => id);
  return [...new Set([...rotation.member_ids, ...overriding])]
    .filter((id) => !canServe(persons)(id))
    .map((id) => {
      const person = persons.get(id);
      const words =
        person === undefined
          ? 'A member of the rotation was deleted and is passed over.'
          : `${person.name} may not log in any more and is passed over.`;
      const span = shifts.find(({ passedOver }) => passedOver.includes(id));
      return warning('leaver', words, { memberId: id, ...(span && { span }) });
    });
}

function unreachable(shifts: readonly Shift[], persons: Persons): TeamWarning[] {
  const first = new Map<string, Shift>();
  for (const shift of shifts) {
    if (shift.memberId !== null && !first.has(shift.memberId)) first.set(shift.memberId, shift);
  }
  return [...first].flatMap(([memberId, span]) => {
    const person = persons.get(memberId);
    if (person === undefined || person.email !== null) return [];
    const words = `${person.name} has no address of mail and cannot be told when on call.`;
    return [warning('unreachable_member', words, { memberId, span })];
  });
}

/** A step for the next tells nobody where there is nobody else. */
function nextWarnings(
  { rotation, steps }: Pick<Team, 'steps' | 'rotation'>,
  facts: WarningFacts,
): TeamWarning[] {
  if (rotation === null || steps.every(({ on_call: onCall }) => onCall !== 'next')) return [];
  const next = nextShift(rotaFacts(rotation, canServe(facts.persons)), facts.now);
  return next === undefined
    ? [warning('hole', 'Nobody is next on call: a step for the next tells nobody.')]
    : [];
}

function mailServerWarnings(steps: Team['steps'], { hasMailServer }: WarningFacts): TeamWarning[] {
  if (hasMailServer || steps.every(({ on_call: onCall }) => onCall === undefined)) return [];
  return [warning('unreachable_member', 'No mail server is set: nobody who is on call can be told.')];
}

function channelWarnings(steps: Team['steps'], channels: readonly CheckedChannel[]): TeamWarning[] {
  const enabled = channels.filter((channel) => channel.enabled);
  const named = steps.map((step) => namedChannels(step));
  const tellsAll = named.includes(undefined);
  const used = new Set([
    ...(tellsAll ? enabled.map(({ id }) => id) : []),
    ...named.flatMap((ids) => ids ?? []),
  ]);
  const warnings = [...used].flatMap((id) => {
    const channel = channels.find((one) => one.id === id);
    return channelWarning(id, channel);
  });
  if (!tellsAll || enabled.length > 0) return warnings;
  return [warning('no_channel', 'No channel is switched on: a step tells nobody.'), ...warnings];
}

function channelWarning(channelId: string, channel: CheckedChannel | undefined): TeamWarning[] {
  if (channel === undefined) {
    return [warning('channel_disabled', 'A channel of a step was deleted.', { channelId })];
  }
  if (!channel.enabled) {
    return [warning('channel_disabled', `The channel ${channel.name} is switched off.`, { channelId })];
  }
  if (channel.isProven) return [];
  const words = `The channel ${channel.name} has never delivered: send a test.`;
  return [warning('channel_unproven', words, { channelId })];
}

function warning(
  kind: TeamWarning['kind'],
  message: string,
  about: { span?: { from: number; to: number }; memberId?: string; channelId?: string } = {},
): TeamWarning {
  const { span, memberId = null, channelId = null } = about;
  return {
    kind,
    message,
    from: span === undefined ? null : new Date(span.from).toISOString(),
    to: span === undefined ? null : new Date(span.to).toISOString(),
    member_id: memberId,
    channel_id: channelId,
  };
}
