import type { DeviceTemplate, TemplateInput } from '@stratora/contract';
import { ConfigReplay, checkConfig } from '@stratora/engine';
import { type DecodedLine, decodeLine, LineScanner, LineWriter } from '@stratora/lineprotocol';
import { errorMessage, silentLogger } from '@stratora/runtime';
import { MibImage, type Plant, startPlant } from '@stratora/simulator';
import type { CaptureObject } from '@stratora/snmp';
import { type InputBlock, type TomlTable, writeConfig } from '@stratora/telegraf';
import { MetricNormalizer } from '@stratora/templates';
import {
  comparePoints,
  ownTags,
  type PreviewedInput,
  type PreviewedRow,
  type PreviewPoint,
  pointOf,
  type TemplatePreview,
} from './template-preview.ts';
import { unansweredOf } from './unanswered.ts';

export interface PreviewOptions {
  /** With everything it inherits (`resolveDeviceTemplate`). */
  readonly template: DeviceTemplate;
  /** The objects of the recorded device (`readSnmprec`). */
  readonly objects: readonly CaptureObject[];
  /** Unix time of the poll in ms, on which the clock of a device is judged; now by default. */
  readonly timeMs?: number;
  readonly signal?: AbortSignal;
}

/** Most time for one input: a device that answers at once is read in much less. */
const INPUT_TIMEOUT_MS = 60_000;
const NODE_ID = '00000000-0000-4000-8000-000000000001';
const DEFAULT_INTERVAL_MS = 10_000;

/**
 * Finds out what a template gives for a recorded device. The simulator tells the recording on a port of the loopback,
 * the embedded engine polls every `snmp` input of the template once, and the rules of the template make points of what
 * comes. Nothing else is asked, and nothing is left open.
 *
 * @throws ConfigError when an input of the template is not one that the engine runs; the signal's reason
 */
export async function previewTemplate(options: PreviewOptions): Promise<TemplatePreview> {
  const { template, objects, timeMs = Date.now() } = options;
  const plant = await startPlant({ devices: [{ address: '127.0.0.1', image: new MibImage(objects) }] });
  try {
    const normalizer = new MetricNormalizer([template]);
    const points: PreviewPoint[] = [];
    const inputs: PreviewedInput[] = [];
    for (const input of template.inputs.filter(({ plugin }) => plugin === 'snmp')) {
      const poll = await pollInput(input, { plant, timeMs, signal: options.signal });
      const rows = readLines(poll.bytes, normalizer, points);
      inputs.push({
        id: input.id,
        status: poll.status,
        message: poll.message,
        rows,
        unanswered: unansweredOf(input, rows),
      });
    }
    const requests = plant.devices.reduce((sum, device) => sum + device.requests, 0);
    return { points: points.toSorted(comparePoints), inputs, requests };
  } finally {
    await plant.stop();
  }
}

interface Surroundings {
  readonly plant: Plant;
  readonly timeMs: number;
  readonly signal: AbortSignal | undefined;
}

interface Poll {
  readonly bytes: Buffer;
  readonly status: string;
  readonly message: string;
}

async function pollInput(input: TemplateInput, { plant, timeMs, signal }: Surroundings): Promise<Poll> {
  const intervalMs = (input.interval_seconds ?? DEFAULT_INTERVAL_MS / 1000) * 1000;
  const text = writeConfig({
    agent: { intervalMs, omitHostname: true },
    globalTags: {},
    inputs: [blockOf(input, plant.port, intervalMs)],
    outputs: [],
  });
  let said = { status: 'ok', message: '' };
  const replay = new ConfigReplay({
    plan: await checkConfig(text),
    logger: silentLogger(),
    onStatus: (_, status, message) => {
      said = { status, message };
    },
  });
  const limit = AbortSignal.timeout(INPUT_TIMEOUT_MS);
  try {
    const onGrid = Math.floor(timeMs / intervalMs) * intervalMs;
    const { bytes } = await replay.gatherAt(onGrid, signal ? AbortSignal.any([signal, limit]) : limit);
    return { bytes, ...said };
  } catch (error) {
    signal?.throwIfAborted();
    return { bytes: Buffer.alloc(0), status: 'bad_answer', message: errorMessage(error) };
  } finally {
    await replay.stop();
  }
}

/** Makes the block that a collector would be given for the input, with the simulated device as its target. */
function blockOf(input: TemplateInput, port: number, intervalMs: number): InputBlock {
  const lists = {
    ...(input.field.length > 0 ? { field: input.field } : {}),
    ...(input.table.length > 0 ? { table: input.table } : {}),
  };
  return {
    plugin: input.plugin,
    alias: input.id,
    intervalMs,
    options: {
      ...input.options,
      agents: [`udp://127.0.0.1:${port}`],
      version: 2,
      community: 'public',
      // Without the keys that have no value, which TOML cannot say.
      ...(JSON.parse(JSON.stringify(lists)) as TomlTable),
    },
    tags: { node_id: NODE_ID },
  };
}

/** Reads the lines of an input, and adds to `points` what the store would have of them. */
function readLines(bytes: Buffer, normalizer: MetricNormalizer, points: PreviewPoint[]): PreviewedRow[] {
  const rows: PreviewedRow[] = [];
  const scanner = new LineScanner();
  scanner.reset(bytes);
  while (scanner.next()) {
    if (scanner.verdict !== 0) throw new Error('the engine wrote a line that is none');
    const line = decodeLine(bytes, scanner);
    const row = {
      measurement: line.measurement,
      tags: ownTags(line),
      fields: Object.fromEntries(line.fields),
    };
    if (normalizer.isRaw(bytes, scanner)) {
      const writer = new LineWriter();
      const { lines } = normalizer.normalize(bytes, scanner, writer, { nowMs: 0 });
      for (const made of linesOf(writer.view())) addPoint(points, made);
      rows.push({ ...row, points: lines });
    } else {
      addPoint(points, line);
      rows.push(row);
    }
  }
  return rows;
}

function* linesOf(bytes: Buffer): Iterable<DecodedLine> {
  const scanner = new LineScanner();
  scanner.reset(bytes);
  while (scanner.next()) yield decodeLine(bytes, scanner);
}

function addPoint(points: PreviewPoint[], line: DecodedLine): void {
  const point = pointOf(line);
  if (point !== undefined) points.push(point);
}
