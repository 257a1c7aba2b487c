import type { HeartbeatSetting } from '@stratora/contract';
import type { Poster } from '@stratora/notifier';
import type { Clock, Logger } from '@stratora/runtime';
import { type Database, LedLoop, type LedRound } from '../../platform/db/index.ts';
import { keepHeartbeat } from './heartbeat-queries.ts';

export interface HeartbeatOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  version: string;
  /** Returns the setting; null: none goes out. */
  setting: () => HeartbeatSetting | null;
  /** Whether the server can do its work: the database, the store and the evaluation are well. */
  isWell: () => Promise<boolean>;
  poster: Pick<Poster, 'post'>;
}

const LOOK_EVERY_MS = 5_000;

/**
 * Makes the loop of the sign of life. It goes out only while all is well, so that whoever waits for it at the other end
 * hears of what this system cannot tell any more. One server of several sends it.
 */
export function heartbeatLoop(options: HeartbeatOptions): LedLoop {
  const { db, clock, logger, setting } = options;
  let lastTry: { url: string; at: number } | undefined;
  return new LedLoop({
    name: 'outward-heartbeat',
    intervalMs: LOOK_EVERY_MS,
    db,
    clock,
    logger,
    isWanted: async () => setting() !== null,
    run: async (round) => {
      const wanted = setting();
      if (wanted === null) return;
      const now = clock.monotonic();
      // A look that comes a little early must not make it wait for the next one.
      const isDue =
        lastTry?.url !== wanted.url || now - lastTry.at >= wanted.every_seconds * 1000 - LOOK_EVERY_MS / 2;
      if (!isDue || !(await options.isWell())) return;
      lastTry = { url: wanted.url, at: now };
      await beat(options, wanted, round);
    },
  });
}

async function beat(
  { poster, clock, version, logger }: HeartbeatOptions,
  { url }: HeartbeatSetting,
  { signal, fenced }: LedRound,
): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  const body = JSON.stringify({ type: 'heartbeat', source: 'stratora', timestamp: at, version });
  const result = await poster.post({ url, body, key: crypto.randomUUID() }, signal);
  const failure = result.ok ? null : result.message;
  if (failure !== null) logger.warn({ reason: failure }, 'heartbeat not taken');
  await fenced((tx) => keepHeartbeat(tx, url, failure));
}
