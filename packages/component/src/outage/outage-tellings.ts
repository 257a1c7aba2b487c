import type { OutageChannel, OutageEvent } from '@stratora/contract';
import type { Outage, Telling } from './outage-record.ts';

/** Lists whom a channel writes to: addresses of mail, or the host that is posted to. */
export function recipientsOf(channel: OutageChannel): readonly string[] {
  return channel.type === 'email' ? channel.config.to : [new URL(channel.config.url).host];
}

interface Recipient {
  channel_id: string;
  channel_name: string;
  recipient: string;
}

/**
 * Adds a round of messages to an outage: to everybody while the server is away, and to whoever was told when it is back.
 * What still waits is overtaken by it.
 *
 * @param at when the round arises, RFC 3339
 */
export function withRound(
  outage: Outage,
  event: OutageEvent,
  channels: readonly OutageChannel[],
  at: string,
): Outage {
  const earlier = outage.tellings.map((telling) =>
    telling.state === 'waiting' ? { ...telling, state: 'dropped' as const } : telling,
  );
  const round = outage.rounds + 1;
  const recipients = event === 'back' ? toldOf(earlier) : allOf(channels);
  const tellings = recipients.map(
    (recipient, index): Telling => ({
      ...recipient,
      key: `outage-${outage.id}-${round}-${index + 1}`,
      event,
      state: 'waiting',
      attempts: 0,
      created_at: at,
      tried_at: null,
      message: '',
    }),
  );
  return { ...outage, rounds: round, tellings: [...newestOf(earlier), ...tellings] };
}

/** Returns an outage with what became of a try to send one of its messages. */
export function withTry(
  outage: Outage,
  key: string,
  result: Pick<Telling, 'state' | 'message' | 'tried_at'>,
): Outage {
  return {
    ...outage,
    tellings: outage.tellings.map((telling) =>
      telling.key === key ? { ...telling, ...result, attempts: telling.attempts + 1 } : telling,
    ),
  };
}

/** Lists the keys of what the recipient of a message accepted before it, oldest first. */
export function keysBefore(outage: Outage, { key, ...telling }: Telling): string[] {
  return outage.tellings
    .filter((one) => one.key !== key && one.state === 'accepted' && placeOf(one) === placeOf(telling))
    .map((one) => one.key);
}

function allOf(channels: readonly OutageChannel[]): Recipient[] {
  return channels.flatMap((channel) =>
    recipientsOf(channel).map((recipient) => ({
      channel_id: channel.id,
      channel_name: channel.name,
      recipient,
    })),
  );
}

function toldOf(tellings: readonly Telling[]): Recipient[] {
  const told = new Map<string, Recipient>();
  for (const telling of tellings) {
    const { state, channel_id, channel_name, recipient } = telling;
    if (state === 'accepted') told.set(placeOf(telling), { channel_id, channel_name, recipient });
  }
  return [...told.values()];
}

/** Keeps, of each recipient, the first message, the newest, and the newest that was accepted: a long outage has many. */
function newestOf(tellings: readonly Telling[]): Telling[] {
  const kept = new Set<Telling>();
  const byPlace = Map.groupBy(tellings, (telling) => placeOf(telling));
  for (const list of byPlace.values()) {
    const accepted = list.findLast(({ state }) => state === 'accepted');
    for (const telling of [list[0], accepted, list.at(-1)]) if (telling !== undefined) kept.add(telling);
  }
  return tellings.filter((telling) => kept.has(telling));
}

function placeOf({ channel_id: channel, recipient }: Pick<Telling, 'channel_id' | 'recipient'>): string {
  return `${channel} ${recipient}`;
}
