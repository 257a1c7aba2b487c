import { gunzipSync } from 'node:zlib';
import { createHttpClient } from '@stratora/runtime';
import { HttpSink, LoopbackServer } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { JobLink } from './job-link.ts';

const CALLER = { componentId: 'c-1', apiKey: 'key' };
const NEVER = new AbortController().signal;

describe('a report of a job', () => {
  const sink = new HttpSink();
  let link: JobLink;

  beforeAll(async () => {
    await sink.start();
    link = new JobLink(createHttpClient({ baseUrl: sink.url, timeoutMs: 10_000 }));
  });
  afterAll(() => sink.stop());
  afterEach(() => {
    sink.answers.length = 0;
    sink.requests.length = 0;
  });

  const report = (result: Record<string, unknown>) =>
    link.report(CALLER, 'j-1', { state: 'running', result }, NEVER);

  it.each([
    [204, {}, 'taken'],
    [400, {}, 'refused'],
    [404, {}, 'over'],
    [204, { 'x-stratora-job-over': '1' }, 'over'],
    [429, {}, 'again'],
    [503, {}, 'again'],
  ] as const)('that is answered with %i %j is %s', async (status, headers, answer) => {
    sink.answers.push({ status, headers });
    expect(await report({ a: 1 })).toBe(answer);
  });

  it('is packed where it is long', async () => {
    const bodies: { encoding: string | undefined; body: Buffer }[] = [];
    const server = new LoopbackServer(({ headers }, body, response) => {
      bodies.push({ encoding: headers['content-encoding'], body });
      response.writeHead(204).end();
    });
    await server.start();
    const own = new JobLink(createHttpClient({ baseUrl: server.url, timeoutMs: 10_000 }));
    await own.report(CALLER, 'j-1', { state: 'running', result: { a: 1 } }, NEVER);
    await own.report(CALLER, 'j-1', { state: 'running', result: { text: 'x'.repeat(20_000) } }, NEVER);
    await server.stop();
    const [short, long] = bodies;
    expect([short?.encoding, long?.encoding]).toEqual([undefined, 'gzip']);
    expect(long?.body.length).toBeLessThan(1000);
    const unpacked = JSON.parse(gunzipSync(long?.body ?? '').toString('utf8')) as {
      result: { text: string };
    };
    expect(unpacked.result.text).toHaveLength(20_000);
  });
});
