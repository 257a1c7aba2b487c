import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from '@stratora/runtime';
import { isAlive, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineHost } from './engine-host.ts';
import type { EnginePrograms } from './engine-programs.ts';
import type { TelegrafLine } from './telegraf-log.ts';

/** A program that writes down what happens to it; one whose config says so does not end before it is killed. */
const PROGRAM = `
  const { appendFileSync, readFileSync } = require('node:fs');
  const [, config] = process.argv;
  const hangs = readFileSync(config, 'utf8').includes('hangs');
  const note = (what) => appendFileSync(config + '.log', what + ' ' + process.pid + '\\n');
  process.on('SIGTERM', () => {
    console.log('2026-11-30T00:00:00Z E! [inputs.snmp::a-1] said by ' + process.pid);
    if (hangs) return;
    note('end');
    process.exit(0);
  });
  setInterval(() => {}, 1000);
  note('start');
`;

describe.skipIf(process.platform !== 'linux')('a program that does not read its config again', () => {
  let directory: string;
  let configPath: string;
  let lines: TelegrafLine[];
  let host: EngineHost;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hand-over-'));
    configPath = join(directory, 'engine.conf');
    lines = [];
    const program = {
      kind: 'telegraf' as const,
      version: '1',
      fingerprint: 'one',
      command: [process.execPath, '-e', PROGRAM],
      checkArguments: (path: string) => [path],
      runArguments: (path: string) => [path],
      reloadSignal: undefined,
    };
    host = new EngineHost({
      programs: { find: async () => ({ program }) } as unknown as EnginePrograms,
      configPath,
      stateDirectory: directory,
      environment: { PATH: process.env['PATH'] ?? '' },
      limits: { memoryBytes: 0, cpuPercent: 0 },
      logger: silentLogger(),
      clock: systemClock,
      onTelegrafLine: (line) => {
        lines.push(line);
        return true;
      },
    });
  });
  afterEach(async () => {
    await host.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** What the processes have written down, as `[what, pid]`. */
  async function story(): Promise<[string, number][]> {
    const text = await readFile(`${configPath}.log`, 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]);
  }
  const starts = async () => (await story()).filter(([what]) => what === 'start').map(([, pid]) => pid);

  it('is followed by the next process although it hangs, and ends', async () => {
    await writeFile(configPath, 'hangs');
    await host.run('telegraf');
    await waitFor(async () => (await starts()).length === 1);
    const [first = 0] = await starts();
    await host.run('telegraf');
    await waitFor(async () => (await starts()).length === 2);
    expect(isAlive(first)).toBe(true);
    await waitFor(() => !isAlive(first));
    const [, second = 0] = await starts();
    expect([isAlive(second), host.state.pid]).toEqual([true, second]);
    // What the first one said at its end is not about the targets of the second.
    expect(lines).toEqual([]);
    expect(host.failures).toEqual([]);
    await host.stop();
    expect(isAlive(second)).toBe(false);
  }, 60_000);

  it('ends before the next process starts where it can', async () => {
    await writeFile(configPath, 'ends');
    await host.run('telegraf');
    await waitFor(async () => (await starts()).length === 1);
    await host.run('telegraf');
    await waitFor(async () => (await starts()).length === 2);
    const [first = 0, second = 0] = await starts();
    expect(await story()).toEqual([
      ['start', first],
      ['end', first],
      ['start', second],
    ]);
  }, 60_000);

  it('leaves nothing behind when it is stopped while one is leaving', async () => {
    await writeFile(configPath, 'hangs');
    for (let count = 1; count <= 3; count += 1) {
      await host.run('telegraf');
      await waitFor(async () => (await starts()).length === count);
    }
    await host.stop();
    expect((await starts()).filter(isAlive)).toEqual([]);
  }, 60_000);
});
