import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '@stratora/runtime';
import { isAlive } from '@stratora/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { endStrays, engineMark, MARK_VARIABLE } from './stray-processes.ts';

const OURS = engineMark('/state/of/this/test', 'run');
const started: number[] = [];

afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** A process that ignores requests to end, with this mark. */
async function stubborn(mark: string, children = false): Promise<number[]> {
  const program = `process.on('SIGTERM', () => {});
    const child = ${children} ? require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']) : undefined;
    console.log(process.pid + ' ' + (child?.pid ?? ''));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', program], {
    env: { PATH: process.env['PATH'], [MARK_VARIABLE]: mark },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const pids = line.toString().trim().split(' ').map(Number);
  started.push(...pids);
  return pids;
}

describe.skipIf(process.platform !== 'linux')('an engine that was left running', () => {
  it('is ended with its children, whatever it does with signals', async () => {
    const pids = await stubborn(OURS, true);
    expect(pids).toHaveLength(2);
    const ended = await endStrays(OURS, undefined, systemClock);
    expect(new Set(ended)).toEqual(new Set(pids));
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('is left alone when it belongs to another component, or serves another purpose', async () => {
    const [other = 0] = await stubborn(engineMark('/state/of/another', 'run'));
    const [check = 0] = await stubborn(engineMark('/state/of/this/test', 'check'));
    expect(await endStrays(OURS, undefined, systemClock)).toEqual([]);
    expect([isAlive(other), isAlive(check)]).toEqual([true, true]);
  });

  it('is nothing to wait for where there is none', async () => {
    expect(await endStrays(OURS, '/no/such/engine.conf', systemClock)).toEqual([]);
  });
});
