import { randomUUID } from 'node:crypto';
import type { OutageEvent, OutageOrders } from '@stratora/contract';
import { type Clock, errorMessage, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { TargetReport } from '../intake/target-report.ts';
import type { SpoolState } from '../spool/spool-state.ts';
import type { HeldOrders } from './held-orders.ts';
import { decideOutage } from './outage-decision.ts';
import { OutageDeliveries } from './outage-deliveries.ts';
import type { OutageFiles } from './outage-files.ts';
import type { Caller, OutageLink } from './outage-link.ts';
import type { OutageMessenger } from './outage-messenger.ts';
import { EMPTY_LOG, type Outage, type OutageLog, type Telling } from './outage-record.ts';
import { keysBefore, withRound, withTry } from './outage-tellings.ts';
import { type OutageMessage, wordOutage } from './outage-words.ts';
import { viewSite } from './site-view.ts';

/** What the watch asks of the rest of the collector. */
export interface WatchedCollector {
  /** Who we are to the server; undefined before we are registered. */
  caller(): Caller | undefined;
  /** A number that grows with every answer of the server, refusals among them. */
  heardCount(): number;
  /** The server's word on us, and why it cannot be reached. */
  connection(): { state: string; message: string };
  targets(): readonly TargetReport[];
  nodeNames(): Promise<ReadonlyMap<string, string>>;
  queue(): Pick<SpoolState, 'pendingBytes' | 'oldestAt' | 'droppedLines'>;
}

export interface OutageWatchOptions {
  collector: WatchedCollector;
  files: OutageFiles;
  link: OutageLink;
  messenger: Pick<OutageMessenger, 'send'>;
  serverUrl: string;
  hostname: string;
  clock: Clock;
  logger: Logger;
}

const LOOK_EVERY_MS = 5_000;
/** Pause between two looks for new orders. */
const FETCH_EVERY_MS = 30_000;
/** Silence after which, and after every such time, it is written down: it goes on after a restart. */
const WRITE_EVERY_MS = 30_000;
/** Most outages that wait to be reported. */
const MOST_ENDED = 20;
const AWAY: ReadonlySet<string> = new Set(['unreachable', 'untrusted']);
/** States in which the collector is to work for nobody. */
const BARRED: ReadonlySet<string> = new Set(['revoked', 'pending_approval']);

/** Watches whether the server is heard, and has people told when it is not. */
export class OutageWatch {
  readonly #options: OutageWatchOptions;
  readonly #deliveries: OutageDeliveries;
  readonly #loop: Periodic;
  #held: HeldOrders | undefined;
  #log: OutageLog = EMPTY_LOG;
  #writtenMs = 0;
  #writing: Promise<void> = Promise.resolve();
  #heard: number;
  #lookedAt: number;
  #fetchedAt = Number.NEGATIVE_INFINITY;

  constructor(options: OutageWatchOptions) {
    this.#options = options;
    const { clock, logger, collector } = options;
    this.#deliveries = new OutageDeliveries(clock);
    this.#heard = collector.heardCount();
    this.#lookedAt = clock.monotonic();
    this.#loop = periodic({
      name: 'outage-watch',
      intervalMs: LOOK_EVERY_MS,
      run: (signal) => this.#look(signal),
      clock,
      logger,
    });
  }

  /** Reads what was kept, and begins to watch. */
  async start(): Promise<void> {
    const { files, clock } = this.#options;
    this.#held = await files.readOrders();
    this.#log = await files.readLog();
    this.#writtenMs = this.#log.current?.silent_ms ?? 0;
    this.#lookedAt = clock.monotonic();
    this.#loop.start();
  }

  /** After how long it tells, and by which channels; null where it tells nobody. */
  get standing(): { after_seconds: number; channels: string[] } | null {
    const orders = this.#orders;
    return (
      orders && { after_seconds: orders.after_seconds, channels: orders.channels.map(({ name }) => name) }
    );
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  get #outages(): readonly Outage[] {
    const { ended, current } = this.#log;
    return current === null ? ended : [...ended, current];
  }

  /** The orders in force; null where nobody is to be told, or they were given to somebody else. */
  get #orders(): OutageOrders | null {
    const { collector, serverUrl } = this.#options;
    const held = this.#held;
    const isOurs = held?.server_url === serverUrl && held.component_id === collector.caller()?.componentId;
    return isOurs ? held.orders : null;
  }

  async #look(signal: AbortSignal): Promise<void> {
    await this.#decide();
    await this.#tell(signal);
    await this.#exchange(signal);
  }

  async #decide(): Promise<void> {
    const { collector, clock, logger } = this.#options;
    const { state, message } = collector.connection();
    const orders = BARRED.has(state) ? null : this.#orders;
    const [heard, lookedAt] = [collector.heardCount(), clock.monotonic()];
    const facts = {
      isHeard: heard !== this.#heard,
      elapsedMs: lookedAt - this.#lookedAt,
      now: clock.now(),
      lastError: AWAY.has(state) ? message : '',
      timing: orders && { afterMs: orders.after_seconds * 1000, repeatMs: orders.repeat_seconds * 1000 },
    };
    [this.#heard, this.#lookedAt] = [heard, lookedAt];
    const { current, ended, event } = decideOutage(this.#log.current, facts, randomUUID);
    const at = new Date(facts.now).toISOString();
    const next = (outage: Outage) =>
      event === null ? outage : withRound(outage, event, orders?.channels ?? [], at);
    const log: OutageLog = {
      version: 1,
      current: current && next(current),
      ended: ended === null ? this.#log.ended : [...this.#log.ended, next(ended)].slice(-MOST_ENDED),
    };
    if (event !== null) logger.warn({ event, since: (current ?? ended)?.since }, 'telling of an outage');
    await this.#keep(log, event !== null);
  }

  /** Keeps the log in memory, and on the disk where it tells something that must survive. */
  async #keep(log: OutageLog, isNews: boolean): Promise<void> {
    this.#log = log;
    const silentMs = log.current?.silent_ms ?? 0;
    const isDue = silentMs - this.#writtenMs >= WRITE_EVERY_MS || silentMs < this.#writtenMs;
    if (!isNews && !isDue) return;
    this.#writtenMs = silentMs;
    const written = this.#writing.then(() => this.#options.files.writeLog(this.#log));
    this.#writing = written.catch(() => undefined);
    await written;
  }

  /** Sends what is due, and notes what became of it. */
  async #tell(signal: AbortSignal): Promise<void> {
    const orders = this.#orders;
    if (orders === null) return;
    for (const outage of this.#outages) {
      const due = this.#deliveries.due(outage);
      if (due.length === 0) continue;
      const last = due[0]?.event ?? 'away';
      const message = await this.#worded(orders, outage, last);
      const heard = this.#heard;
      await Promise.all(
        due.map((telling) => this.#send({ orders, outage, telling, message, heard }, signal)),
      );
      if (signal.aborted) return;
    }
    this.#deliveries.forget(this.#outages);
  }

  async #send(
    sending: {
      orders: OutageOrders;
      outage: Outage;
      telling: Telling;
      message: OutageMessage;
      heard: number;
    },
    signal: AbortSignal,
  ): Promise<void> {
    const { messenger, clock, collector, logger } = this.#options;
    const { orders, outage, telling, message, heard } = sending;
    const isBack = telling.event === 'back';
    const result = await messenger.send(
      orders,
      {
        telling,
        message,
        threadKeys: keysBefore(outage, telling),
        // The server may have come back while the message was on its way out.
        mayWrite: () => isBack || collector.heardCount() === heard,
      },
      signal,
    );
    if (signal.aborted && !result.isAccepted) return;
    const triesAgain =
      !result.isAccepted && !result.isFinal && this.#deliveries.noteFailure(telling, result.retryAfterMs);
    const state = result.isAccepted ? 'accepted' : triesAgain ? 'waiting' : 'failed';
    const { event, recipient } = telling;
    logger.warn({ event, recipient, state, reason: result.message }, 'outage notice tried');
    const noted = {
      state,
      message: result.message,
      tried_at: new Date(clock.now()).toISOString(),
    } as const;
    const log: OutageLog = {
      version: 1,
      current: this.#log.current && withTry(this.#log.current, telling.key, noted),
      ended: this.#log.ended.map((one) => withTry(one, telling.key, noted)),
    };
    await this.#keep(log, true);
  }

  async #worded(orders: OutageOrders, outage: Outage, event: OutageEvent): Promise<OutageMessage> {
    const { collector, hostname, serverUrl, clock } = this.#options;
    const now = new Date(clock.now());
    return wordOutage({
      event,
      outageId: outage.id,
      collector: orders.collector,
      hostname,
      serverUrl,
      serverOrigin: orders.server_origin,
      since: outage.since,
      seconds: outage.silent_ms / 1000,
      lastError: outage.last_error,
      site: viewSite(collector.targets(), await collector.nodeNames()),
      queue: collector.queue(),
      now,
    });
  }

  /** Fetches new orders and reports what is over, while the server can be reached. */
  async #exchange(signal: AbortSignal): Promise<void> {
    const { collector, clock, logger } = this.#options;
    const { state } = collector.connection();
    const caller = collector.caller();
    if (caller === undefined) return;
    if (BARRED.has(state)) {
      // What it was trusted with goes with the trust.
      if (this.#held?.orders) await this.#hold({ ...this.#held, mark: '', orders: null });
      return;
    }
    if (state !== 'connected' || clock.monotonic() - this.#fetchedAt < FETCH_EVERY_MS) return;
    this.#fetchedAt = clock.monotonic();
    try {
      await this.#report(caller, signal);
      const isOurs = this.#held?.component_id === caller.componentId;
      const orders = await this.#options.link.fetchOrders(caller, isOurs ? this.#held : undefined, signal);
      if (orders !== undefined) await this.#hold(orders);
    } catch (error) {
      logger.debug({ reason: errorMessage(error) }, 'no exchange about outages');
    }
  }

  async #hold(held: HeldOrders): Promise<void> {
    await this.#options.files.writeOrders(held);
    this.#held = held;
    const { orders } = held;
    this.#options.logger.info(
      { channels: orders?.channels.length ?? 0, afterSeconds: orders?.after_seconds },
      'orders for outages of the server taken',
    );
    // The server is to hear soon that we have them.
    this.#fetchedAt = Number.NEGATIVE_INFINITY;
  }

  /** Reports outages that are over; one of which all was sent is done with. */
  async #report(caller: Caller, signal: AbortSignal): Promise<void> {
    const done = new Set<string>();
    for (const outage of this.#log.ended) {
      const isTaken = await this.#options.link.report(caller, outage, signal);
      if (isTaken && outage.tellings.every(({ state }) => state !== 'waiting')) done.add(outage.id);
    }
    if (done.size === 0) return;
    await this.#keep({ ...this.#log, ended: this.#log.ended.filter(({ id }) => !done.has(id)) }, true);
  }
}
