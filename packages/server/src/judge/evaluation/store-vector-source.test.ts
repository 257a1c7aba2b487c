import { systemClock } from '@stratora/runtime';
import { LoopbackServer } from '@stratora/testkit';
import { createQueryClient, type QueryClient } from '@stratora/victoriametrics';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreVectorSource } from './store-vector-source.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const signal = new AbortController().signal;

/** What the store was asked, and what it answers by the expression. */
const asked: URLSearchParams[] = [];
const answers = new Map<string, [status: number, body: unknown]>();
let atOnce = { now: 0, most: 0 };
const store = new LoopbackServer((_, body, response) => {
  const parameters = new URLSearchParams(body.toString());
  asked.push(parameters);
  atOnce.now += 1;
  atOnce.most = Math.max(atOnce.most, atOnce.now);
  const [status, answer] = answers.get(parameters.get('query') ?? '') ?? [200, vector()];
  setTimeout(() => {
    atOnce.now -= 1;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }, 5);
});

function vector(...result: unknown[]) {
  return { status: 'success', data: { resultType: 'vector', result } };
}

const sample = (node: string, value: string) => ({ metric: { node_id: node, path: '/' }, value: [1, value] });
const failure = (error: string) => ({ status: 'error', errorType: '422', error });

describe('the values of the store', () => {
  let query: QueryClient;
  let source: StoreVectorSource;

  beforeAll(async () => {
    await store.start();
    query = createQueryClient({ url: store.url });
    source = new StoreVectorSource({ query, clock: systemClock });
  });
  afterAll(async () => {
    query.close();
    await store.stop();
  });
  beforeEach(() => {
    asked.length = 0;
    answers.clear();
    atOnce = { now: 0, most: 0 };
  });

  const read = (...expressions: string[]) => source.read(expressions, NOW, signal);

  it('are asked at one time, past every cache, and as a whole', async () => {
    answers.set('a', [200, vector(sample('n', '7.5'))]);
    expect(await read('a')).toEqual(
      new Map([
        [
          'a',
          { kind: 'vector', samples: [{ nodeId: 'n', labels: { node_id: 'n', path: '/' }, value: 7.5 }] },
        ],
      ]),
    );
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      query: 'a',
      time: String(NOW / 1000),
      nocache: '1',
      deny_partial_response: '1',
    });
  });

  it('are those of nodes, and numbers: infinite ones are judged', async () => {
    const noNode = { metric: { path: '/' }, value: [1, '1'] };
    answers.set('a', [200, vector(sample('n', 'NaN'), sample('n', '+Inf'), noNode, sample('m', '0'))]);
    const answer = (await read('a')).get('a');
    expect(answer?.kind === 'vector' && answer.samples.map(({ nodeId, value }) => [nodeId, value])).toEqual([
      ['n', Number.POSITIVE_INFINITY],
      ['m', 0],
    ]);
  });

  it('are not asked by more than two at a time', async () => {
    expect((await read('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')).size).toBe(8);
    expect(atOnce.most).toBe(2);
  });

  it('are refused for an expression, and away for all else', async () => {
    answers.set('bad', [422, failure('unknown function "foo"')]);
    answers.set('partial', [422, failure('cannot fetch data from vmstorage: partial response is denied')]);
    answers.set('busy', [503, 'too many requests']);
    answers.set('page', [200, '<html>']);
    const kinds = [...(await read('bad', 'partial', 'busy', 'page', 'good'))].map(([key, { kind }]) => [
      key,
      kind,
    ]);
    expect(Object.fromEntries(kinds)).toEqual({
      bad: 'refused',
      partial: 'away',
      busy: 'away',
      page: 'away',
      good: 'vector',
    });
  });

  it('are not asked any more once the cycle is over', async () => {
    const over = new AbortController();
    over.abort();
    const answer = await source.read(['a'], NOW, over.signal);
    expect(answer.get('a')?.kind).toBe('away');
    expect(asked).toEqual([]);
  });
});
