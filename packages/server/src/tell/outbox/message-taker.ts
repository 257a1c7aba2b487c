import type { DeliveryReason } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { Database, Tx } from '../../platform/db/index.ts';
import { type Channel, findChannel, type OnCallMail } from '../channels/index.ts';
import {
  countLane,
  endOutdated,
  failLane,
  findLastFormed,
  keepMessages,
  type LaneCount,
  LOOKED_AT,
  leaseMessages,
  listFormed,
  listWaiting,
  type TakenNotice,
  takeOutQuiet,
} from './claim-queries.ts';
import { addLane, keepLane, lockLane, ON_CALL_LANE } from './lane-queries.ts';
import { begun, freedomOf, type LaneState } from './lane-state.ts';
import { chooseMessages, freshTests, type MessageChoice } from './message-choice.ts';
import { APART_MS, type FormedMessages, formMessages } from './message-groups.ts';
import { LEASE_MS, MessageLease } from './message-lease.ts';
import { mergeNeedlessAllClears } from './outbox-writing-queries.ts';

/** A message that this server is to send. */
export interface TakenMessage {
  readonly key: string;
  readonly notices: readonly TakenNotice[];
  readonly way: Channel | OnCallMail;
  readonly lease: MessageLease;
}

export interface Taken {
  readonly messages: readonly TakenMessage[];
  /** Milliseconds after which there may be more; undefined where that depends on what is on its way. */
  readonly nextMs: number | undefined;
}

export interface MessageTakerOptions {
  db: Database;
  clock: Clock;
  /** Returns the time by which all servers go. */
  time: (tx: Tx) => Promise<Date>;
}

/** Milliseconds after which a lane is tried again that another server has in its hands. */
const ELSEWHERE_MS = 200;
/** Most messages a minute to people who are on call, all of them together. */
const ON_CALL_PER_MINUTE = 600;
const NONE: Taken = { messages: [], nextMs: undefined };

/**
 * Takes from a lane what is due, for this server alone. Whoever takes locks the row of the lane, so that its limits hold over
 * all servers, and that what goes together is decided once.
 */
export class MessageTaker {
  readonly #options: MessageTakerOptions;
  readonly #known = new Set<string>();

  constructor(options: MessageTakerOptions) {
    this.#options = options;
  }

  async take(laneId: string): Promise<Taken> {
    const { db, clock } = this.#options;
    if (!this.#known.has(laneId)) await addLane(db, laneId);
    this.#known.add(laneId);
    // The lease counts from before the database gives it.
    const lease = new MessageLease(clock);
    return db.transaction().execute(async (tx) => {
      const lane = await lockLane(tx, laneId);
      if (lane === undefined) return { messages: [], nextMs: ELSEWHERE_MS };
      const at = await this.#options.time(tx);
      const way = await wayOf(tx, laneId);
      if ('reason' in way) {
        await mergeNeedlessAllClears(tx, await failLane(tx, laneId, { ...way, at }), at);
        return NONE;
      }
      return takeDue(tx, { laneId, lane, way, lease, at });
    });
  }
}

/** Why nothing goes by a lane any more. */
interface Closed {
  readonly reason: DeliveryReason;
  readonly message: string;
}

async function wayOf(tx: Tx, laneId: string): Promise<Channel | OnCallMail | Closed> {
  if (laneId === ON_CALL_LANE) return { type: 'on_call' };
  const channel = await findChannel(tx, laneId);
  if (channel === undefined)
    return { reason: 'channel_deleted', message: 'The channel was deleted meanwhile.' };
  return channel.enabled
    ? channel
    : { reason: 'channel_disabled', message: 'The channel was switched off meanwhile.' };
}

interface LaneFacts {
  readonly laneId: string;
  readonly lane: LaneState;
  readonly way: Channel | OnCallMail;
  readonly lease: MessageLease;
  readonly at: Date;
}

async function takeDue(tx: Tx, { laneId, lane, way, lease, at }: LaneFacts): Promise<Taken> {
  const { waiting, formed, inFlight } = await tidied(tx, laneId, at);
  // While nothing gets through, what comes later stays apart: it goes out together when something does.
  const onlyTests = lane.failingSince !== null && formed > 0;
  const added = waiting === 0 ? NOTHING_FORMED : await form(tx, laneId, { at, onlyTests });
  const maxPerMinute = way.type === 'on_call' ? ON_CALL_PER_MINUTE : way.maxPerMinute;
  const freedom = freedomOf(lane, { inFlight, maxPerMinute, at });
  const choice = await choose(tx, laneId, { most: freedom.most, isFailing: lane.failingSince !== null, at });
  const messages = await leaseChosen(tx, choice.keys, { way, lease, at });
  if (messages.length > 0) await keepLane(tx, laneId, begun(lane, messages.length, at));
  const isEmpty = formed === 0 && added.messages.length === 0;
  const times = [added.nextAt, choice.nextAt, isEmpty ? undefined : freedom.moreAt];
  const next = times.filter((time) => time !== undefined).map((time) => time.getTime() - at.getTime());
  return { messages, nextMs: next.length === 0 ? undefined : Math.max(0, Math.min(...next)) };
}

/** Ends what is of no use any more, and counts what is left. */
async function tidied(tx: Tx, laneId: string, at: Date): Promise<LaneCount> {
  const count = await countLane(tx, laneId, at);
  if (count.outdated === 0) return count;
  await endOutdated(tx, laneId, at);
  return countLane(tx, laneId, at);
}

const NOTHING_FORMED: FormedMessages = { messages: [], nextAt: undefined };

async function form(
  tx: Tx,
  laneId: string,
  { at, onlyTests }: { at: Date; onlyTests: boolean },
): Promise<FormedMessages> {
  const waiting = await listWaiting(tx, laneId, { at, onlyTests });
  if (waiting.length === 0) return NOTHING_FORMED;
  const last = await findLastFormed(tx, laneId, { at, apartMs: APART_MS });
  const formed = formMessages(waiting, last, at);
  await keepMessages(tx, formed.messages, at);
  return formed;
}

/** Notices that are looked at for the next messages; more only where those before them all have to wait. */
const LOOKS = [100, 1000, LOOKED_AT];

async function choose(
  tx: Tx,
  laneId: string,
  { most, isFailing, at }: { most: number; isFailing: boolean; at: Date },
): Promise<MessageChoice> {
  if (isFailing) {
    const notices = await listFormed(tx, laneId, LOOKED_AT);
    const { keys, nextAt } = chooseMessages(notices, most, at);
    return { keys: [...new Set([...freshTests(notices), ...keys])], nextAt };
  }
  let choice: MessageChoice = { keys: [], nextAt: undefined };
  for (const looked of LOOKS) {
    const notices = await listFormed(tx, laneId, looked);
    choice = chooseMessages(notices, most, at);
    if (choice.keys.length >= most || notices.length < looked) break;
  }
  return choice;
}

async function leaseChosen(
  tx: Tx,
  keys: readonly string[],
  { way, lease, at }: Pick<LaneFacts, 'way' | 'lease' | 'at'>,
): Promise<TakenMessage[]> {
  if (keys.length === 0) return [];
  await takeOutQuiet(tx, keys, at);
  const until = new Date(at.getTime() + LEASE_MS);
  const taken = await leaseMessages(tx, keys, { token: lease.token, until, at });
  return [...Map.groupBy(taken, ({ key }) => key)].map(([key, of]) => ({ key, notices: of, way, lease }));
}
