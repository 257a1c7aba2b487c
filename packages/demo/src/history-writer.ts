import {
  ConfigReplay,
  checkConfig,
  type Input,
  type InputContext,
  type PlannedInput,
  pingFields,
  pingResult,
  type ReplayedLines,
  type Sink,
} from '@stratora/engine';
import type { Logger } from '@stratora/runtime';
import { fraction, type Plant } from '@stratora/simulator';
import type { LiveSince } from './live-since.ts';
import type { DemoPlant, PlantDevice } from './plant/plant-device.ts';
import { PAST_ADDRESS, startDevices } from './simulated-devices.ts';

export interface HistoryOptions {
  readonly plant: DemoPlant;
  readonly communities: Parameters<typeof startDevices>[1]['communities'];
  /** The collector's telegraf.conf. */
  readonly config: string;
  /** Time of the first samples, Unix ms. */
  readonly fromMs: number;
  /** The times since which the collector itself gathers from the devices. */
  readonly liveSince: LiveSince;
  readonly send: (lines: Buffer, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Milliseconds between gatherings: the interval of a collector's fastest inputs. */
const STEP_MS = 10_000;
/** Longest time to wait for the collector; the history goes on meanwhile. */
const LIVE_TIMEOUT_MS = 90_000;
const POLL_MS = 500;
const BATCH_BYTES = 3 * 1024 * 1024;
const PACKETS = 3;

/**
 * Gathers what the collector would have gathered since `fromMs`, by its own config and the engine's own code, from the
 * plant as it was then, and goes on with each device until the collector has taken over. Both read the same pure functions
 * of time under the same names, so there is no seam. What a collector on a busy machine reads late would stand before
 * what is written here of the same seconds, as a counter that goes back.
 *
 * @returns the number of lines written
 */
export async function writeHistory(options: HistoryOptions): Promise<number> {
  const { plant, communities, config, fromMs, signal } = options;
  let timeMs = Math.ceil(fromMs / STEP_MS) * STEP_MS;
  const devices = await startDevices(plant, { communities, isPast: true, nowMs: () => timeMs });
  const standIn = standInFactory(plant.devices, options.liveSince);
  const replay = new ConfigReplay({
    plan: await checkConfig(redirect(config, plant, devices)),
    logger: options.logger,
    standIn,
  });
  const batch = new LineBatch(options);
  const giveUpAtMs = Date.now() + LIVE_TIMEOUT_MS;
  try {
    for (;;) {
      signal.throwIfAborted();
      const isLive = options.liveSince.look() || Date.now() > giveUpAtMs;
      for (; timeMs <= Date.now(); timeMs += STEP_MS) {
        await batch.add(await replay.gatherAt(timeMs, signal));
        options.liveSince.look();
      }
      if (isLive) break;
      await batch.flush();
      await new Promise((resolve) => {
        setTimeout(resolve, POLL_MS);
      });
    }
    await batch.flush();
  } finally {
    await replay.stop();
    await devices.stop();
  }
  return batch.lines;
}

/** A batch of lines for the server, sent some megabytes at a time. */
class LineBatch {
  lines = 0;
  readonly #options: Pick<HistoryOptions, 'send' | 'signal'>;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(options: Pick<HistoryOptions, 'send' | 'signal'>) {
    this.#options = options;
  }

  async add({ bytes, lines }: ReplayedLines): Promise<void> {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    this.lines += lines;
    if (this.#bytes >= BATCH_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#bytes === 0) return;
    const { send, signal } = this.#options;
    const whole = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    await send(whole, signal);
  }
}

/** Rewrites the config so that it polls the plant of the past instead of the present one. */
function redirect(config: string, plant: DemoPlant, devices: Plant): string {
  const dead = new Set(
    plant.devices.filter(({ diesAt }) => diesAt !== undefined).map(({ address }) => address),
  );
  return config.replaceAll(/udp:\/\/([\d.]+):\d+/g, (_, address: string) => {
    return `udp://${dead.has(address) ? PAST_ADDRESS : address}:${devices.port}`;
  });
}

/**
 * Makes the factory of stand-in inputs: pings are invented, since the past cannot be pinged; all end with their device.
 */
function standInFactory(devices: readonly PlantDevice[], liveSince: LiveSince) {
  const byName = new Map(devices.map((device) => [device.name, device]));
  return (planned: PlannedInput, context: InputContext): Input | null => {
    const device = byName.get(context.tags['node_name'] ?? '');
    if (device === undefined) return null;
    const { address, diesAt = Number.POSITIVE_INFINITY } = device;
    const isDead = () => context.clock.now() >= diesAt * 1_000;
    if (context.plugin === 'ping') return pingOf(device, context, isDead);
    if (context.plugin !== 'snmp') return null;
    const real = planned.plugin.create(planned.options, context);
    const given = (sink: Sink) => (device.diesAt === undefined ? sink : withRealAddress(sink, address));
    return {
      gather: async (sink, signal) => {
        if (isDead() || liveSince.covers(address, context.clock.now())) return;
        await real.gather(given(sink), signal);
      },
      stop: async () => real.stop?.(),
    };
  };
}

/** Wraps a sink so that lines carry the present address in the tag that names their device. */
function withRealAddress(sink: Sink, address: string): Sink {
  return {
    metric: (...parts) => sink.metric(...parts),
    timestampMs: () => sink.timestampMs(),
    raw: (bytes, lines) => {
      const text = Buffer.from(bytes).toString('latin1');
      sink.raw(Buffer.from(text.replaceAll(PAST_ADDRESS, address), 'latin1'), lines);
    },
  };
}

function pingOf(device: PlantDevice, context: InputContext, isDead: () => boolean): Input {
  return {
    gather: (sink) => {
      const roundTripsMs = Array.from({ length: PACKETS }, (_, at) =>
        roundTripMs(device, context.clock.now() + at),
      );
      const result = pingResult(PACKETS, isDead() ? [] : roundTripsMs);
      sink.metric('ping', { url: device.address }, pingFields(result, []));
      return Promise.resolve();
    },
  };
}

/** Invents a round trip over the loopback in ms, in fping's precision, mostly short. */
function roundTripMs(device: PlantDevice, seed: number): number {
  const chance = fraction(seed / 7 + device.profile.bootedAt);
  return Math.round(12 + 22 * chance + 60 * chance ** 16) / 1_000;
}
