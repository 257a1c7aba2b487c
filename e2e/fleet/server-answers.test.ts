import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FakeAnswer, type FakeCall, problem, STALL_MS, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueueFixture } from './queue-fixture.ts';

const html = (status: number): FakeAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<h1>proxy</h1>',
});

/** Answers after which the data stays where it is, and is sent again. */
const KEEPING: [string, FakeAnswer | 'drop'][] = [
  ['200', { status: 200 }],
  ['200 of a captive portal', html(200)],
  ['202', { status: 202 }],
  ['301 to elsewhere', { status: 301, headers: { location: '/elsewhere' } }],
  ['302 to a login page', { status: 302, headers: { location: '/elsewhere' } }],
  ['307 to elsewhere', { status: 307, headers: { location: '/elsewhere' } }],
  ['308 to elsewhere', { status: 308, headers: { location: '/elsewhere' } }],
  ['400 of a proxy', html(400)],
  ['400 for a body cut on the way', problem(400, 'truncated_body')],
  ['401 of a proxy', html(401)],
  ['403 of a firewall', html(403)],
  ['404', problem(404, 'not_found')],
  ['404 of a proxy', html(404)],
  ['405', { status: 405 }],
  ['407', { status: 407 }],
  ['408', problem(408, 'request_timeout')],
  ['409', { status: 409 }],
  ['411', { status: 411 }],
  ['415', problem(415, 'unsupported_media_type')],
  ['429', problem(429, 'too_many_requests')],
  ['500', problem(500, 'internal_error')],
  ['502', html(502)],
  ['503', problem(503, 'metrics_unavailable')],
  ['504', html(504)],
  ['507', { status: 507 }],
  ['nothing: the connection ends', 'drop'],
];
/** Answers of a server that refuses a component for now: names and status codes. */
const REFUSALS: [number, string][] = [
  [401, 'api_key_invalid'],
  [403, 'component_not_approved'],
  [403, 'component_mismatch'],
  [403, 'component_revoked'],
];
const FIXTURES = 4;

function isIngest(call: FakeCall): boolean {
  return call.path.startsWith('/api/v1/ingest/influx');
}

/** Tells whether a body has numbered lines, not only those that the engine gathers by itself. */
function isNumbered(call: FakeCall): boolean {
  return isIngest(call) && gunzipSync(call.body).toString().includes('numbered,');
}

describe('a collector whose server answers to data with', () => {
  const fixtures: QueueFixture[] = [];
  const done = new Map<string, Promise<void>>();

  beforeAll(async () => {
    await Promise.all(
      Array.from({ length: FIXTURES }, async (_, at) => {
        const fixture = await QueueFixture.prepare(`answers-${at}`);
        fixtures.push(fixture);
        await fixture.begin();
      }),
    );
    for (const [at, fixture] of fixtures.entries()) {
      let last: Promise<void> = Promise.resolve();
      for (const [name, answer] of KEEPING.filter((_, index) => index % FIXTURES === at)) {
        last = last.catch(() => {}).then(() => expectKept(fixture, answer));
        done.set(name, last);
      }
    }
    for (const run of done.values()) run.catch(() => {});
  });
  afterAll(async () => {
    await Promise.allSettled(done.values());
    await Promise.all(fixtures.map((fixture) => fixture.dispose()));
  });

  /** Gives the answer once; checks that the line comes again, and that nothing is quarantined. */
  async function expectKept(fixture: QueueFixture, answer: FakeAnswer | 'drop'): Promise<void> {
    let answered = 0;
    fixture.server.intercept = (call) => {
      if (!isNumbered(call) || answered > 0) return undefined;
      answered += 1;
      return answer;
    };
    expect(await fixture.deliver(3)).toBe(true);
    await waitFor(async () => answered === 1 && (await fixture.missing()).length === 0, {
      everyMs: 20,
      what: 'the data after all',
    });
    expect(fixture.server.callsTo('/elsewhere')).toEqual([]);
    expect(await listQuarantined(fixture)).toEqual([]);
  }

  async function listQuarantined(fixture: QueueFixture): Promise<string[]> {
    const folder = join(fixture.collector.stateDir, 'spool/quarantine');
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      names.map(async (name) => gunzipSync(await readFile(join(folder, name)))),
    );
    return texts.flatMap((text) => text.toString().trim().split('\n'));
  }

  it.each(KEEPING)('%s keeps the data and sends it again', async (name) => {
    await done.get(name);
  });

  it.each(REFUSALS.map((refusal, at) => [...refusal, at] as const))(
    '%d %s keeps the data, also over its own death',
    async (status, code, at) => {
      await Promise.allSettled(done.values());
      const fixture = fixtures[at] as QueueFixture;
      let refused = 0;
      fixture.server.intercept = (call) => {
        if (!isIngest(call)) return undefined;
        refused += 1;
        return problem(status, code);
      };
      expect(await fixture.deliver(5)).toBe(true);
      await waitFor(() => refused > 0, { everyMs: 20, what: 'a refusal' });
      await fixture.collector.stop('SIGKILL');
      fixture.server.intercept = undefined;
      fixture.collector.launch();
      await waitFor(async () => (await fixture.missing()).length === 0, { what: 'the data' });
      expect(await listQuarantined(fixture)).toEqual([]);
    },
  );

  it('413 halves until each part is small enough, in order', async () => {
    const [fixture] = fixtures as [QueueFixture];
    let refused = 0;
    fixture.server.intercept = (call) => {
      if (!isIngest(call)) return undefined;
      const lines = gunzipSync(call.body).toString().trim().split('\n').length;
      if (lines <= 2) return undefined;
      refused += 1;
      return problem(413, 'body_too_large');
    };
    const before = fixture.arrived.length;
    expect(await fixture.deliver(16)).toBe(true);
    await waitFor(async () => (await fixture.missing()).length === 0, { what: 'all parts' });
    const numbers = fixture.arrived.slice(before);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(refused).toBeGreaterThanOrEqual(7);
    expect(await listQuarantined(fixture)).toEqual([]);
  });

  it('400 of its own sets aside this batch alone, where a person can read it', async () => {
    const fixture = fixtures[1] as QueueFixture;
    let answered = 0;
    fixture.server.intercept = (call) => {
      if (!isNumbered(call) || answered > 0) return undefined;
      answered += 1;
      return problem(400, 'no_valid_lines');
    };
    const first = fixture.deliveredCount;
    expect(await fixture.deliver(2)).toBe(true);
    // The same batch may have a line of the engine's own.
    const numbered = async () =>
      (await listQuarantined(fixture)).filter((line) => line.startsWith('numbered,'));
    await waitFor(async () => (await numbered()).length === 2, { what: 'a batch set aside' });
    expect((await numbered())[0]).toContain(`n=${first}i`);
    expect(await fixture.deliver(2)).toBe(true);
    await waitFor(() => fixture.arrived.at(-1) === fixture.deliveredCount - 1, { what: 'the next batch' });
    expect(await fixture.missing()).toEqual([first, first + 1]);
  });

  it('Retry-After waits as long as told, and no two for the same time', async () => {
    const waits = await Promise.all(
      fixtures.map(async (fixture) => {
        const calls: number[] = [];
        fixture.server.intercept = (call) => {
          if (!isIngest(call)) return undefined;
          calls.push(call.at);
          const answer = problem(503, 'overloaded');
          return calls.length === 1
            ? { ...answer, headers: { ...answer.headers, 'retry-after': '3' } }
            : undefined;
        };
        expect(await fixture.deliver(1)).toBe(true);
        await waitFor(() => calls.length > 1, { everyMs: 20, what: 'another try' });
        return (calls[1] ?? 0) - (calls[0] ?? 0);
      }),
    );
    process.stdout.write(`waited ${waits.join(', ')} ms when told 3 s\n`);
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(2990);
      expect(wait).toBeLessThan(3000 * 1.3 + 500 + STALL_MS);
    }
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(30);
  });

  it('another epoch of the store gets the last two minutes once more', async () => {
    const fixture = fixtures[2] as QueueFixture;
    await waitFor(async () => (await fixture.missing()).length === 0, { what: 'what is on its way' });
    fixture.server.intercept = undefined;
    const first = fixture.deliveredCount;
    expect(await fixture.deliver(10)).toBe(true);
    await waitFor(async () => (await fixture.missing()).length === 0, { what: 'ten lines' });
    const before = fixture.arrived.length;
    fixture.server.epoch = 'another-store';
    expect(await fixture.deliver(1)).toBe(true);
    const again = () => {
      const numbers = new Set(fixture.arrived.slice(before));
      return Array.from({ length: 10 }, (_, at) => numbers.has(first + at));
    };
    await waitFor(() => again().every(Boolean), { what: 'the ten lines again' });
  });
});
