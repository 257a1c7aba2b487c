import { type Clock, type Logger, NameError, type NameLookup, type TimerHandle } from '@stratora/runtime';
import type { SharedService } from '../../shared-services.ts';
import { noRoute } from '../../target-words.ts';
import { createNames } from '../engine-names.ts';
import { MAX_HOSTS_PER_RUN, readFpingVersion, runFping } from './fping-run.ts';
import { NameAddresses } from './name-addresses.ts';
import type { PingSettings } from './ping-options.ts';
import type { PingResult } from './ping-result.ts';
import { hasRoute } from './route-check.ts';
import { ProberUnusable, runSystemPing } from './system-ping-run.ts';
import { probeByTcp } from './tcp-probe.ts';

/** The ways to ping, best first. */
export type PingMethod = 'fping' | 'ping' | 'tcp';

export interface PingPrograms {
  readonly fping: string;
  readonly ping: string;
}

export interface PingSurroundings {
  readonly programs?: PingPrograms;
  readonly names?: NameLookup;
}

/** The results of one block, one per host, and the method that gave them. */
export interface PingAnswer {
  readonly method: PingMethod;
  readonly results: ReadonlyMap<string, PingResult>;
}

interface Waiter {
  readonly hosts: readonly string[];
  readonly signal: AbortSignal;
  readonly resolve: (answer: PingAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface Batch {
  readonly settings: PingSettings;
  readonly waiters: Waiter[];
}

/** Time in which hosts are gathered for one run: blocks of one tick start within a few milliseconds of each other. */
const COALESCE_MS = 50;
/** Pause after which a method that could not work is tried again. */
const RETRY_METHOD_MS = 600_000;
/** Programs or connections at once, in the ways that need one for each host. */
const MAX_AT_ONCE = 32;

/**
 * Pings for all blocks of an engine: hosts that are asked for at about the same time with the same settings go into
 * shared runs of fping. Where that cannot work, the system's ping is taken for each host, and last a TCP connection.
 */
export class PingService implements SharedService {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #programs: PingPrograms;
  readonly #names: NameAddresses;
  readonly #batches = new Map<string, Batch>();
  readonly #timers = new Set<TimerHandle>();
  readonly #unusableUntil = new Map<PingMethod, number>();
  #fpingVersion: Promise<number | undefined> | undefined;
  #reportedMethod: PingMethod | undefined;
  /** Runs of fping so far. */
  runs = 0;

  constructor(clock: Clock, logger: Logger, around: PingSurroundings = {}) {
    this.#clock = clock;
    this.#logger = logger;
    this.#programs = around.programs ?? { fping: 'fping', ping: 'ping' };
    const names = around.names ?? createNames();
    this.#names = new NameAddresses(clock, (name, family) => names.find(name, family));
  }

  /**
   * Pings hosts, names after all of them were looked up. Programs get addresses alone: fping looks its names up one after
   * the other, and with them waits everything else of the run. Rejects with the signal's reason when that comes first.
   */
  async ping(hosts: readonly string[], settings: PingSettings, signal: AbortSignal): Promise<PingAnswer> {
    const { family } = settings;
    const results = new Map<string, PingResult>();
    const targetsOf = new Map<string, readonly string[]>();
    const find = async (host: string): Promise<void> => {
      try {
        targetsOf.set(host, await this.#names.targetsOf(host, family));
      } catch (error) {
        if (!(error instanceof NameError)) throw error;
        results.set(host, { kind: 'unsendable', reason: error.message });
      }
    };
    await Promise.all([...new Set(hosts)].map(find));
    signal.throwIfAborted();
    const all = [...new Set([...targetsOf.values()].flat())];
    if (all.length === 0) return { method: this.#reportedMethod ?? 'fping', results };
    const answer = await this.#pingAddresses(all, settings, signal);
    for (const [host, targets] of targetsOf) {
      const result = this.#names.pick(host, { family, targets, results: answer.results });
      if (result !== undefined) results.set(host, result);
    }
    return { method: answer.method, results };
  }

  #pingAddresses(hosts: readonly string[], settings: PingSettings, signal: AbortSignal): Promise<PingAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      const key = JSON.stringify(settings);
      const waiter = { hosts, signal, resolve, reject };
      const batch = this.#batches.get(key);
      if (batch !== undefined) {
        batch.waiters.push(waiter);
        return;
      }
      this.#batches.set(key, { settings, waiters: [waiter] });
      const timer = this.#clock.setTimeout(() => {
        this.#timers.delete(timer);
        void this.#start(key);
      }, COALESCE_MS);
      this.#timers.add(timer);
    });
  }

  stop(): void {
    for (const timer of this.#timers) this.#clock.clearTimeout(timer);
    this.#timers.clear();
    for (const batch of this.#batches.values()) {
      for (const waiter of batch.waiters) waiter.reject(new Error('the engine stops'));
    }
    this.#batches.clear();
  }

  async #start(key: string): Promise<void> {
    const batch = this.#batches.get(key);
    if (batch === undefined) return;
    this.#batches.delete(key);
    const waiters = batch.waiters.filter((waiter) => !waiter.signal.aborted);
    const hosts = [...new Set(waiters.flatMap((waiter) => waiter.hosts))];
    // A host that leaves the config ends its own wait; the shared run goes on for the others.
    const signal = whenAllAbort(waiters.map((waiter) => waiter.signal));
    try {
      const answer = await this.#pingAll(hosts, batch.settings, signal);
      for (const waiter of waiters) waiter.resolve(answer);
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    }
  }

  async #pingAll(hosts: readonly string[], settings: PingSettings, signal: AbortSignal): Promise<PingAnswer> {
    if (this.#isUsable('fping')) {
      try {
        const results = await this.#pingByFping(hosts, settings);
        if (results !== undefined) return this.#answer('fping', results);
        this.#setAside('fping', 'fping is not installed');
      } catch (error) {
        this.#setAside('fping', (error as Error).message);
      }
    }
    if (this.#isUsable('ping')) {
      try {
        const one = (host: string) => runSystemPing(this.#programs.ping, host, settings);
        return this.#answer('ping', await forEachHost(hosts, one));
      } catch (error) {
        if (!(error instanceof ProberUnusable)) throw error;
        this.#setAside('ping', error.message);
      }
    }
    return this.#answer('tcp', await forEachHost(hosts, (host) => probeByTcp(host, settings, signal)));
  }

  async #pingByFping(
    hosts: readonly string[],
    settings: PingSettings,
  ): Promise<Map<string, PingResult> | undefined> {
    const command = this.#programs.fping;
    this.#fpingVersion ??= readFpingVersion(command);
    const version = await this.#fpingVersion;
    if (version === undefined) {
      this.#fpingVersion = undefined;
      return undefined;
    }
    const runs: Promise<Map<string, PingResult>>[] = [];
    for (let from = 0; from < hosts.length; from += MAX_HOSTS_PER_RUN) {
      this.runs += 1;
      runs.push(runFping({ command, version, settings, hosts: hosts.slice(from, from + MAX_HOSTS_PER_RUN) }));
    }
    const all = await Promise.all(runs);
    return withoutRouteless(new Map(all.flatMap((results) => [...results])));
  }

  #isUsable(method: PingMethod): boolean {
    return this.#clock.monotonic() >= (this.#unusableUntil.get(method) ?? 0);
  }

  #setAside(method: PingMethod, reason: string): void {
    this.#unusableUntil.set(method, this.#clock.monotonic() + RETRY_METHOD_MS);
    this.#logger.debug({ method, reason }, 'way to ping is not usable');
  }

  #answer(method: PingMethod, results: ReadonlyMap<string, PingResult>): PingAnswer {
    if (this.#reportedMethod !== method) {
      if (method !== 'fping') this.#logger.warn({ method }, 'no fping: hosts are pinged one by one');
      this.#reportedMethod = method;
    }
    return { method, results };
  }
}

/** Marks silent hosts without a route as unsendable: fping counts them as silent although nothing was sent to them. */
async function withoutRouteless(results: Map<string, PingResult>): Promise<Map<string, PingResult>> {
  const silent = [...results].filter(([, result]) => result.kind === 'silent').map(([host]) => host);
  await forEachHost(silent, async (host) => {
    if (await hasRoute(host)) return;
    results.set(host, { kind: 'unsendable', reason: noRoute() });
  });
  return results;
}

/** Returns a signal that is aborted once every one of the signals is. */
function whenAllAbort(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  let left = signals.length;
  for (const signal of signals) {
    signal.addEventListener(
      'abort',
      () => {
        left -= 1;
        if (left === 0) all.abort(signal.reason);
      },
      { once: true },
    );
  }
  return all.signal;
}

async function forEachHost<T>(
  hosts: readonly string[],
  one: (host: string) => Promise<T>,
): Promise<Map<string, T>> {
  const results = new Map<string, T>();
  const queue = hosts.values();
  const worker = async (): Promise<void> => {
    for (const host of queue) results.set(host, await one(host));
  };
  await Promise.all(Array.from({ length: Math.min(MAX_AT_ONCE, hosts.length) }, worker));
  return results;
}
