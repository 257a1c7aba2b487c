import type { ChannelType, DeliveryReason, TeamStep } from '@stratora/contract';
import { nextShift, rotaFacts, shiftAt } from './rota.ts';
import { canServe, type Person, type Persons, type Rotation } from './team.ts';

/** What stands for the channel where a person who is on call is told by mail. */
const ON_CALL_CHANNEL = 'On call';

/** A channel, as steps need it. */
export interface StepChannel {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType;
  readonly enabled: boolean;
  /** Addresses of mail; for other types the host that is posted to. */
  readonly recipients: readonly string[];
}

export interface StepFacts {
  /** All channels, those that are switched off too. */
  readonly channels: readonly StepChannel[];
  readonly rotation: Rotation | null;
  readonly persons: Persons;
  /** When the step comes, in epoch milliseconds. */
  readonly at: number;
}

/** One that a step tells, or does not. */
export interface StepRecipient {
  /** Null for a person who is on call. */
  readonly channelId: string | null;
  readonly channelName: string;
  /** Address of mail, or host; of one who has none their name; empty where there is nobody. */
  readonly recipient: string;
  /** The user, of those who are on call. */
  readonly memberId: string | null;
  /** Why they are not told; null: they are. */
  readonly skipped: DeliveryReason | null;
}

/**
 * Works out whom a step tells. A step without channels and without `on_call` tells by all channels that are enabled. An
 * address of mail is told once, however many of the step's channels hold it.
 */
export function stepRecipients(step: TeamStep, facts: StepFacts): StepRecipient[] {
  return withoutTwice([...channelRecipients(step, facts), ...onCallRecipients(step, facts)], facts);
}

/** Returns the ids of the channels that a step names; undefined: it tells by all. */
export function namedChannels({
  channel_ids: ids,
  on_call: onCall,
}: TeamStep): readonly string[] | undefined {
  if (ids !== undefined && ids.length > 0) return ids;
  return onCall === undefined ? undefined : [];
}

function channelRecipients(step: TeamStep, { channels }: StepFacts): StepRecipient[] {
  const named = namedChannels(step);
  if (named === undefined) {
    const enabled = channels.filter((channel) => channel.enabled);
    return enabled.length === 0 ? [nobody('no_channel')] : enabled.flatMap((channel) => toldBy(channel));
  }
  return [...new Set(named)].flatMap((id) => {
    const channel = channels.find((one) => one.id === id);
    if (channel === undefined) return [{ ...nobody('channel_deleted'), channelId: id }];
    return channel.enabled
      ? toldBy(channel)
      : toldBy(channel).map((recipient) => ({ ...recipient, skipped: 'channel_disabled' as const }));
  });
}

function toldBy({ id, name, recipients }: StepChannel): StepRecipient[] {
  const one = { channelId: id, channelName: name, memberId: null };
  if (recipients.length === 0) return [{ ...one, recipient: '', skipped: 'no_address' }];
  return recipients.map((recipient) => ({ ...one, recipient, skipped: null }));
}

function nobody(skipped: DeliveryReason): StepRecipient {
  return { channelId: null, channelName: '', recipient: '', memberId: null, skipped };
}

/** Finds who is on call at the step, with the leavers who would have been. */
function onCallRecipients({ on_call: place }: TeamStep, facts: StepFacts): StepRecipient[] {
  if (place === undefined) return [];
  const { rotation, persons, at } = facts;
  if (rotation === null) return [onCall('', 'nobody_on_call')];
  const rota = rotaFacts(rotation, canServe(persons));
  const shift = place === 'current' ? shiftAt(rota, at) : nextShift(rota, at);
  const leavers = (shift?.passedOver ?? []).map((id) => ({
    ...onCall(persons.get(id)?.name ?? '', 'member_disabled'),
    memberId: id,
  }));
  const person = persons.get(shift?.memberId ?? '');
  // Where all are leavers these are the reason.
  if (person === undefined) return leavers.length > 0 ? leavers : [onCall('', 'nobody_on_call')];
  return [...leavers, toldByMail(person)];
}

function toldByMail({ id, name, email }: Person): StepRecipient {
  return email === null
    ? { ...onCall(name, 'no_address'), memberId: id }
    : { ...onCall(email, null), memberId: id };
}

function onCall(recipient: string, skipped: DeliveryReason | null): StepRecipient {
  return { channelId: null, channelName: ON_CALL_CHANNEL, recipient, memberId: null, skipped };
}

/** Leaves out those who are told by mail at an address that an earlier one has; addresses are alike apart from case. */
function withoutTwice(recipients: readonly StepRecipient[], { channels }: StepFacts): StepRecipient[] {
  const mailChannels = new Set(channels.filter(({ type }) => type === 'email').map(({ id }) => id));
  const told = new Set<string>();
  return recipients.filter(({ channelId, recipient, skipped }) => {
    if (skipped !== null || (channelId !== null && !mailChannels.has(channelId))) return true;
    const address = recipient.toLowerCase();
    if (told.has(address)) return false;
    told.add(address);
    return true;
  });
}
