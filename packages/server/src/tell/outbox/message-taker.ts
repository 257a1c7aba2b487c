import type { DeliveryReason } from '@stratora/contract';
import type { Clock, Logger } from '@stratora/runtime';
import type { Database, Tx } from '../../platform/db/index.ts';
import { type Channel, findChannel, type OnCallMail } from '../channels/index.ts';
import { noteAcceptedMessages } from './accepted-messages.ts';
import {
  type AcceptedMessage,
  countLane,
  endOutdated,
  failLane,
  findLastFormed,
  keepMessages,
  LOOKED_AT,
  leaseMessages,
  listFormed,
  listWaiting,
  type TakenNotice,
  takeOutQuiet,
} from './claim-queries.ts';
import { addLane, keepLane, lockLane, ON_CALL_LANE } from './lane-queries.ts';
import { begun, freedomOf, type LaneState } from './lane-state.ts';
import { chooseMessages, type FormedNotice, freshTests, type MessageChoice } from './message-choice.ts';
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
  /** Those of the accepted messages that are noted now: the first ones. */
  readonly noted: readonly AcceptedMessage[];
  /** Milliseconds after which there may be more; undefined where that depends on what is on its way. */
  readonly nextMs: number | undefined;
}

export interface MessageTakerOptions {
  db: Database;
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
  /** Returns the time by which all servers go. */
  time: (tx: Tx) => Promise<Date>;
}

/** Milliseconds after which a lane is tried again that another server has in its hands. */
const ELSEWHERE_MS = 200;
/** Most messages a minute to people who are on call, all of them together. */
const ON_CALL_PER_MINUTE = 600;
/** Milliseconds from one look for what is of no use any more in a lane to the next: what is may wait, but is never sent. */
const TIDY_EVERY_MS = 2000;

/**
 * Takes from a lane what is due, for this server alone. Whoever takes locks the row of the lane, so that its limits hold over
 * all servers, and that what goes together is decided once.
 */
export class MessageTaker {
  readonly #options: MessageTakerOptions;
  /** When each lane was last rid of what is of no use, by the monotonic clock. */
  readonly #tidiedAt = new Map<string, number>();

  constructor(options: MessageTakerOptions) {
    this.#options = options;
  }

  /**
   * Takes what is due, and notes what was accepted meanwhile: one transaction for both.
   * @param accepted read when the transaction has begun, so that what was added until then is noted too
   */
  async take(laneId: string, accepted: readonly AcceptedMessage[] = []): Promise<Taken> {
    const { db, clock, logger } = this.#options;
    if (!this.#tidiedAt.has(laneId)) await addLane(db, laneId);
    // The lease counts from before the database gives it.
    const lease = new MessageLease(clock);
    const isTidied = !this.#isTidyDue(laneId);
    const taken = await db.transaction().execute(async (tx) => {
      const locked = await lockLane(tx, laneId);
      const at = await this.#options.time(tx);
      const noted = [...accepted];
      const lane = await noteAcceptedMessages(tx, noted, { laneId, lane: locked, at, logger });
      if (lane === undefined) return { messages: [], noted, nextMs: ELSEWHERE_MS };
      const way = await wayOf(tx, laneId);
      if ('reason' in way) {
        await mergeNeedlessAllClears(tx, await failLane(tx, laneId, { ...way, at }), at);
        return { messages: [], noted, nextMs: undefined };
      }
      if (!isTidied) await endOutdated(tx, laneId, at);
      return { ...(await takeDue(tx, { laneId, lane, way, lease, at })), noted };
    });
    if (!isTidied) this.#tidiedAt.set(laneId, clock.monotonic());
    return taken;
  }

  /** Notes what was accepted, and takes nothing. */
  async note(laneId: string, accepted: readonly AcceptedMessage[]): Promise<void> {
    const { db, logger, time } = this.#options;
    await db.transaction().execute(async (tx) => {
      await noteAcceptedMessages(tx, accepted, { laneId, lane: undefined, at: await time(tx), logger });
    });
  }

  #isTidyDue(laneId: string): boolean {
    const last = this.#tidiedAt.get(laneId);
    return last === undefined || this.#options.clock.monotonic() - last >= TIDY_EVERY_MS;
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

async function takeDue(
  tx: Tx,
  { laneId, lane, way, lease, at }: LaneFacts,
): Promise<Pick<Taken, 'messages' | 'nextMs'>> {
  const { waiting, formed, inFlight } = await countLane(tx, laneId, at);
  // While nothing gets through, what comes later stays apart: it goes out together when something does.
  const onlyTests = lane.failingSince !== null && formed > 0;
  const added = waiting === 0 ? NOTHING_FORMED : await form(tx, laneId, { at, onlyTests });
  const maxPerMinute = way.type === 'on_call' ? ON_CALL_PER_MINUTE : way.maxPerMinute;
  const freedom = freedomOf(lane, { inFlight, maxPerMinute, at });
  const choice = await choose(tx, laneId, { most: freedom.most, isFailing: lane.failingSince !== null, at });
  const messages = await leaseChosen(tx, choice, { way, lease, at });
  if (messages.length > 0) await keepLane(tx, laneId, begun(lane, messages.length, at));
  const isEmpty = formed === 0 && added.messages.length === 0;
  const times = [added.nextAt, choice.nextAt, isEmpty ? undefined : freedom.moreAt];
  const next = times.filter((time) => time !== undefined).map((time) => time.getTime() - at.getTime());
  return { messages, nextMs: next.length === 0 ? undefined : Math.max(0, Math.min(...next)) };
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

/** Notices that are looked at for the next messages; more only where those before them all have to wait, or are few messages. */
const LOOKS = [20, 1000, LOOKED_AT];

interface ChosenMessages extends MessageChoice {
  /** Number of notices of the chosen messages. */
  readonly size: number;
}

async function choose(
  tx: Tx,
  laneId: string,
  { most, isFailing, at }: { most: number; isFailing: boolean; at: Date },
): Promise<ChosenMessages> {
  if (isFailing) {
    const notices = await listFormed(tx, laneId, LOOKED_AT);
    const { keys, nextAt } = chooseMessages(notices, most, at);
    return sized({ keys: [...new Set([...freshTests(notices), ...keys])], nextAt }, notices);
  }
  let choice: ChosenMessages = { keys: [], nextAt: undefined, size: 0 };
  for (const looked of LOOKS) {
    const notices = await listFormed(tx, laneId, looked);
    choice = sized(chooseMessages(notices, most, at), notices);
    if (choice.keys.length >= most || notices.length < looked) break;
  }
  return choice;
}

function sized(choice: MessageChoice, notices: readonly FormedNotice[]): ChosenMessages {
  const keys = new Set(choice.keys);
  return { ...choice, size: notices.filter(({ key }) => keys.has(key)).length };
}

async function leaseChosen(
  tx: Tx,
  { keys, size }: ChosenMessages,
  { way, lease, at }: Pick<LaneFacts, 'way' | 'lease' | 'at'>,
): Promise<TakenMessage[]> {
  if (keys.length === 0) return [];
  const until = new Date(at.getTime() + LEASE_MS);
  const taken = await leaseMessages(tx, keys, { token: lease.token, until, at });
  if (taken.length < size) await takeOutQuiet(tx, keys, at);
  return [...Map.groupBy(taken, ({ key }) => key)].map(([key, of]) => ({ key, notices: of, way, lease }));
}
