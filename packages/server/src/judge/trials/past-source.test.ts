import { LoopbackServer, VictoriaMetrics } from '@stratora/testkit';
import { createQueryClient, type QueryClient } from '@stratora/victoriametrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VectorAnswer } from '../evaluation/index.ts';
import { importSeries, seriesOf } from '../expressions/store-series.test-support.ts';
import { PastSource } from './past-source.ts';

const STEP_MS = 10_000;
const FROM = Math.floor(Date.now() / STEP_MS) * STEP_MS - 3_600_000;
const TO = FROM + 1_800_000;
const RANGE = { fromMs: FROM, toMs: TO, stepMs: STEP_MS };

let store: VictoriaMetrics;
let query: QueryClient;

beforeAll(async () => {
  store = await VictoriaMetrics.start();
  query = createQueryClient({ url: store.url });
  const range = { fromMs: FROM - 60_000, toMs: TO + 1, everyMs: STEP_MS };
  await importSeries(store, [
    seriesOf({ __name__: 'wave', node_id: 'a' }, range, (timeMs) => (timeMs / STEP_MS) % 100),
    // For eight steps there are two series that match.
    seriesOf({ __name__: 'pair', node_id: 'a', part: 'x' }, range, () => 1),
    seriesOf({ __name__: 'pair', node_id: 'a', part: 'y' }, range, (timeMs) =>
      timeMs >= FROM + 600_000 && timeMs < FROM + 680_000 ? 1 : undefined,
    ),
  ]);
});

afterAll(async () => {
  query?.close();
  await store?.stop();
});

interface ReadChunk {
  readonly timesMs: readonly number[];
  readonly answers: readonly VectorAnswer[];
}

async function readAll(source: PastSource, text: string, series: number): Promise<ReadChunk[]> {
  const chunks: ReadChunk[] = [];
  for (const { timesMs, read } of source.read(RANGE, series))
    chunks.push({ timesMs, answers: await read(text) });
  return chunks;
}

function newSource(): PastSource {
  return new PastSource({ query, signal: new AbortController().signal });
}

test('every step is read once, in as many parts as the number of series asks for', async () => {
  const text = 'last_over_time(wave[30s])';
  const whole = await readAll(newSource(), text, 1);
  const parts = await readAll(newSource(), text, 10_000);
  expect([whole.length, parts.length]).toEqual([1, 19]);
  for (const chunks of [whole, parts]) {
    const times = chunks.flatMap(({ timesMs }) => timesMs);
    expect(times).toEqual(Array.from({ length: 181 }, (_, index) => FROM + index * STEP_MS));
    const values = chunks
      .flatMap(({ answers }) => answers)
      .map((answer) => (answer.kind === 'vector' ? answer.samples[0]?.value : answer.kind));
    expect(values).toEqual(times.map((timeMs) => (timeMs / STEP_MS) % 100));
  }
});

test('steps at which series match twice are found one by one, and the others are read', async () => {
  const source = newSource();
  const text = 'last_over_time(wave[10s]) * on (node_id) last_over_time(pair[10s])';
  const answers = (await readAll(source, text, 1)).flatMap((chunk) => chunk.answers);
  expect(answers).toHaveLength(181);
  const refused = answers.flatMap(({ kind }, index) => (kind === 'refused' ? [index] : []));
  // The store bears two such steps in a range of more than two.
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.filter((index) => index < 60 || index >= 68)).toEqual([]);
  expect(source.refusedSteps).toBe(refused.length);
  const read = answers.filter((answer) => answer.kind === 'vector' && answer.samples.length === 1);
  expect(read).toHaveLength(181 - refused.length);
});

test('an expression that is refused at every time is refused as a whole', async () => {
  const text = 'last_over_time(pair[10s]) * on () group_left () last_over_time(pair[10m])';
  await expect(readAll(newSource(), text, 1)).rejects.toMatchObject({ code: 'query_failed' });
});

test('a store that does not answer is told from an expression that is wrong', async () => {
  const nobody = createQueryClient({ url: 'http://127.0.0.1:9' });
  const source = new PastSource({ query: nobody, signal: new AbortController().signal });
  await expect(source.countSeries('up', RANGE)).rejects.toMatchObject({ code: 'metrics_unavailable' });
  nobody.close();
});

test('a cluster of which a part is away is no expression that is wrong', async () => {
  let asked = 0;
  const error = 'cannot fetch query results from vmstorage node host:8401: partial response is denied';
  const cluster = new LoopbackServer((_, __, response) => {
    asked += 1;
    response.writeHead(422).end(JSON.stringify({ status: 'error', errorType: '422', error }));
  });
  await cluster.start();
  const partial = createQueryClient({ url: cluster.url });
  const source = new PastSource({ query: partial, signal: new AbortController().signal });
  const away = { code: 'metrics_unavailable', message: expect.stringMatching(/^A part of the metric store/) };
  await expect(source.countSeries('wave', RANGE)).rejects.toMatchObject(away);
  asked = 0;
  await expect(readAll(source, 'wave', 1)).rejects.toMatchObject(away);
  expect(asked).toBe(1);
  partial.close();
  await cluster.stop();
});
