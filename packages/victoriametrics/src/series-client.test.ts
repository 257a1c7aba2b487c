import { VictoriaMetrics, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQueryClient, type QueryClient } from './query-client.ts';
import { encodeRemoteWrite } from './remote-write.ts';
import { createSeriesClient, type SeriesClient } from './series-client.ts';

let store: VictoriaMetrics;
let series: SeriesClient;
let reader: QueryClient;

beforeAll(async () => {
  store = await VictoriaMetrics.start();
  series = createSeriesClient({ url: store.url });
  reader = createQueryClient({ url: store.url, timeoutMs: 5_000 });
});

afterAll(async () => {
  series.close();
  reader.close();
  await store.stop();
});

/** Labels and values of what an expression gives at a time. */
async function at(expression: string, timeMs: number) {
  const answer = await reader.query(expression, timeMs);
  return answer.ok ? answer.value.map(({ metric, value }) => ({ ...metric, value })) : answer;
}

test('a series has the name and the labels that it is given', async () => {
  const timeMs = Date.now() - 1_000;
  const labels = { __name__: 'PLAIN', text: 'a"b\n\\ü', empty: '' };
  expect(await series.write([{ labels, value: 1.5, timeMs }])).toEqual({ ok: true });
  await store.flush();
  expect(await at('PLAIN', timeMs)).toEqual([{ __name__: 'PLAIN', text: 'a"b\n\\ü', value: 1.5 }]);
});

test('a series that has ended is not there from then on, though it was a moment ago', async () => {
  const endMs = Date.now() - 1_000;
  const labels = { __name__: 'ENDING', of: 'alert' };
  const startMs = endMs - 10_000;
  await series.write([{ labels, value: 1, timeMs: startMs }]);
  await series.write([{ labels, value: 'ended', timeMs: endMs }]);
  await store.flush();
  expect(await at('ENDING', endMs - 1)).toEqual([{ ...labels, value: 1 }]);
  expect(await at('ENDING', endMs + 500)).toEqual([]);
  expect(await at('count(ENDING)', endMs + 500)).toEqual([]);
});

test('many thousand samples go in one body', { timeout: 60_000 }, async () => {
  const timeMs = Date.now() - 1_000;
  const samples = Array.from({ length: 5_000 }, (_, index) => ({
    labels: { __name__: 'MANY', node_id: `node-${index}`, summary: 'x'.repeat(100) },
    value: index,
    timeMs,
  }));
  expect(await series.write(samples)).toEqual({ ok: true });
  await store.flush();
  await waitFor(async () => {
    const [counted] = (await at('count(MANY)', timeMs)) as { value: number }[];
    return counted?.value === 5_000;
  });
});

test('a body is a block of literals, and in it the message as protocol buffers write it', () => {
  const body = encodeRemoteWrite([{ labels: { __name__: 'x' }, value: 1, timeMs: 300 }]);
  const label = '0a085f5f6e616d655f5f120178';
  const sample = '09000000000000f03f10ac02';
  expect(body.toString('hex')).toBe(`1ff41e000a1d0a0d${label}120c${sample}`);
});

test('a store that is away, or is none, is told as such', async () => {
  const elsewhere = createSeriesClient({ url: `${store.url}/nowhere` });
  expect(await elsewhere.write([{ labels: { __name__: 'x' }, value: 1, timeMs: Date.now() }])).toMatchObject({
    ok: false,
    reason: 'misconfigured',
  });
  elsewhere.close();
  await store.kill();
  expect(await series.write([{ labels: { __name__: 'x' }, value: 1, timeMs: Date.now() }])).toMatchObject({
    ok: false,
    retry: true,
  });
});
