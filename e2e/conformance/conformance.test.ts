import { writeFile } from 'node:fs/promises';
import { INPUT_NAMES } from '@stratora/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASES, RUNS } from './cases/index.ts';
import { CAPTURES } from './cases/snmp-captures.ts';
import { differencesOf, shapesOf } from './comparison.ts';
import { confOf } from './conformance-case.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { readSeries, type SeriesSet } from './series-set.ts';
import { embeddedCommand, findStageObstacle, findTelegraf, runStage } from './stage/stage-runner.ts';
import type { StageResult } from './stage/stage-spec.ts';
import { Summary } from './summary.ts';

const DURATION_MS = 22_000;
const telegraf = await findTelegraf();
const obstacle =
  telegraf === undefined ? 'there is no Telegraf (npm run telegraf builds it with Go)' : findStageObstacle();
if (obstacle !== undefined) say(`The conformance tests are skipped: ${obstacle}.`);
if (Object.keys(CAPTURES).length === 0)
  say('No recorded devices beside the checkout: their cases are left out.');

test('in CI both engines can be run', () => {
  if (process.env['CI'] !== undefined) expect(obstacle).toBeUndefined();
});

describe.skipIf(obstacle !== undefined)('the embedded engine beside Telegraf', () => {
  let result: StageResult;
  let sets: Map<string, { telegraf: SeriesSet; embedded: SeriesSet }>;
  const occurred = new Set<RegExp>();
  const summary = new Summary();

  beforeAll(async () => {
    result = await runStage({
      telegraf: telegraf ?? '',
      embedded: embeddedCommand(),
      durationMs: DURATION_MS,
      // Telegraf runs no config without inputs, and there may be no recordings.
      runs: RUNS.filter(({ name }) => CASES.some(({ run = 'plain' }) => run === name)).map((run) => ({
        name: run.name,
        conf: confOf(run, CASES),
        environment: run.environment ?? {},
      })),
      captures: CAPTURES,
    });
    const kept = process.env['STRATORA_CONFORMANCE_OUT'];
    if (kept !== undefined) await writeFile(kept, JSON.stringify(result));
    sets = new Map();
    for (const run of RUNS) {
      const output = result.runs[run.name];
      const byCase = {
        telegraf: groupByCase(output?.telegraf.lines),
        embedded: groupByCase(output?.embedded.lines),
      };
      for (const { name } of CASES.filter((one) => (one.run ?? 'plain') === run.name)) {
        const of = (engine: keyof typeof byCase): SeriesSet => {
          const found = byCase[engine].get(name) ?? new Map();
          return run.name === 'checks' ? withoutRareTimeouts(found) : found;
        };
        sets.set(name, { telegraf: of('telegraf'), embedded: of('embedded') });
      }
    }
  }, 180_000);

  afterAll(() => say(summary.text()));

  const setsOf = (name: string) => sets.get(name) ?? { telegraf: new Map(), embedded: new Map() };

  test('both engines ran each config to its end', () => {
    for (const [name, { telegraf: a, embedded: b }] of Object.entries(result.runs)) {
      expect({ name, code: a.exitCode, log: a.exitCode === 0 ? '' : a.log }).toEqual({
        name,
        code: 0,
        log: '',
      });
      expect({ name, code: b.exitCode, log: b.exitCode === 0 ? '' : b.log }).toEqual({
        name,
        code: 0,
        log: '',
      });
    }
  });

  test('what the stage needs of this machine is there in CI', () => {
    if (process.env['CI'] !== undefined) expect(result.missing).toEqual([]);
  });

  test.each(CASES)('$name', (one) => {
    if (one.needs !== undefined && result.missing.includes(one.needs)) return;
    const { telegraf: a, embedded: b } = setsOf(one.name);
    const least = one.series ?? 1;
    expect(a.size, 'series of Telegraf').toBeGreaterThanOrEqual(least);
    const exceptions = EXCEPTIONS.filter(({ cases }) => cases.test(one.name));
    const expected = exceptions.reduce((set, { applied }) => applied?.(set) ?? set, a);
    const patterns = exceptions.flatMap(({ differences }) => differences ?? []);
    const unexcused = differencesOf(shapesOf(expected, one), shapesOf(b, one)).filter((difference) => {
      const pattern = patterns.find((candidate) => candidate.test(difference));
      if (pattern !== undefined) for (const each of patterns) if (each.test(difference)) occurred.add(each);
      return pattern === undefined;
    });
    expect(unexcused).toEqual([]);
    summary.add(one, a);
  });

  test('every input of the embedded engine has cases in which it writes', () => {
    const written = new Set(
      CASES.filter(({ name }) => setsOf(name).embedded.size > 0).map(({ input }) => input),
    );
    const needed = { 'dbus-daemon': 'systemd_units', vcsim: 'vsphere' };
    const absent = new Set(
      Object.entries(needed).flatMap(([name, input]) => (result.missing.includes(name) ? [input] : [])),
    );
    expect(INPUT_NAMES.filter((name) => !written.has(name) && !absent.has(name))).toEqual([]);
  });

  test.each(EXCEPTIONS)(
    'an exception still holds: $name',
    ({ name, cases, applied, differences = [], mayBeAbsent }) => {
      if (mayBeAbsent !== true) {
        const missing = differences.filter((pattern) => !occurred.has(pattern));
        expect({ name, missing }).toEqual({ name, missing: [] });
      }
      if (applied === undefined) return;
      const changes = CASES.filter((one) => cases.test(one.name)).filter((one) => {
        const { telegraf: a, embedded: b } = setsOf(one.name);
        return differencesOf(shapesOf(a, one), shapesOf(b, one)).length > 0;
      });
      expect(changes.length).toBeGreaterThan(0);
    },
  );

  test.each(
    CASES.filter(
      ({ run }) => run?.startsWith('settings ') && !run.endsWith('uneven') && !run.endsWith('short'),
    ),
  )('gathers at the same times: $name', ({ name }) => {
    const { telegraf: a, embedded: b } = setsOf(name);
    const [first, second] = [timesOf(a).map(Number), timesOf(b).map(Number)];
    const from = Math.max(first.at(1) ?? 0, second.at(1) ?? 0);
    const until = Math.min(first.at(-1) ?? 0, second.at(-1) ?? 0);
    const wanted = first.filter((time) => time >= from && time <= until);
    const met = wanted.filter((time) => second.some((other) => Math.abs(other - time) < 450));
    expect(wanted.length).toBeGreaterThan(2);
    // A machine that stalls for seconds is late for some; by another grid an engine would be late for all.
    expect(met.length).toBeGreaterThan(wanted.length / 2);
  });

  test('precisions are kept', () => {
    const precisions = { whole: 1_000n, fine: 100n, short: 1n, uneven: 1n, shifted: 10n };
    for (const [run, precisionMs] of Object.entries(precisions)) {
      for (const engine of ['telegraf', 'embedded'] as const) {
        const times = timesOf(setsOf(`settings ${run} of mem`)[engine]);
        expect({ run, engine, areThere: times.length > 3 }).toEqual({ run, engine, areThere: true });
        expect(times.filter((time) => time % precisionMs !== 0n)).toEqual([]);
        const own = timesOf(setsOf(`settings ${run} of a block's own precision`)[engine]);
        expect(own.filter((time) => time % 2_000n !== 0n)).toEqual([]);
      }
    }
  });
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function groupByCase(lines = ''): Map<string, SeriesSet> {
  const groups = new Map<string, SeriesSet>();
  for (const [key, series] of readSeries(lines)) {
    const name = series.tags.get('case') ?? '';
    const group = groups.get(name) ?? new Map();
    groups.set(name, group.set(key, series));
  }
  return groups;
}

/** Drops rare timeouts of checks, as happen on a busy machine: the result of most rounds counts. */
function withoutRareTimeouts(series: SeriesSet): SeriesSet {
  const rounds = Math.max(0, ...[...series.values()].map(({ times }) => times.size));
  return new Map([...series].filter(([, { times }]) => times.size * 2 > rounds));
}

/** Lists all distinct times of a case, in ms, sorted. Every one must be whole: no engine here is finer. */
function timesOf(series: SeriesSet): bigint[] {
  const times = new Set([...series.values()].flatMap((one) => [...one.times]));
  for (const time of times) expect(time).toMatch(/000000$/);
  return [...times].map((time) => BigInt(time) / 1_000_000n).sort((a, b) => Number(a - b));
}
