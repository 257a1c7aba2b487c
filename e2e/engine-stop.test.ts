import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, NODE, processesWith, REPOSITORY, STALL_MS, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeComponent } from '../packages/engine/src/engine-fixtures.test-support.ts';

/** Longest stop of an engine, as promised. */
const STOP_MS = 5000;

/**
 * Mounts a file system that answers nothing, since nobody reads what the kernel asks of it, and runs a program beside it.
 * When this shell ends, the file system does.
 */
const MOUNT_AND_RUN = `exec 7<>/dev/fuse
mount -i -t fuse -o fd=7,rootmode=40000,user_id=0,group_id=0 hung "$1" || exit 9
shift
"$@" 7>&-
exit $?`;

/** Namespaces of its own for the mounts, and for processes, since the engine asks the first one what is mounted. */
const NAMESPACES = ['-m', '-p', '--fork', '--mount-proc', '--propagation', 'private', '--kill-child'];

/** Tells why a mount that hangs cannot be made here; undefined where it can. */
function mountObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'it is Linux that mounts so';
  const tried = spawnSync('unshare', [
    ...NAMESPACES,
    'sh',
    '-c',
    'exec 7<>/dev/fuse && mount -t tmpfs probe /mnt',
  ]);
  return tried.status === 0 ? undefined : 'no right to mount, or no /dev/fuse';
}

const obstacle = mountObstacle();
if (obstacle !== undefined && process.env['CI']) throw new Error(`${obstacle}; CI must have it`);
if (obstacle !== undefined) process.stderr.write(`skipped: a mount that hangs: ${obstacle}\n`);

describe.skipIf(process.platform === 'win32')('an engine whose files do not answer', () => {
  let component: FakeComponent;
  let folder: string;
  let shell: ChildProcess | undefined;
  let pid = 0;

  beforeEach(async () => {
    shell = undefined;
    pid = 0;
    component = await FakeComponent.create();
    await component.start();
    folder = await mkdtemp(join(tmpdir(), 'stratora-stop-'));
  });
  afterEach(async () => {
    if (pid !== 0 && isAlive(pid)) process.kill(pid, 'SIGKILL');
    if (shell !== undefined && shell.exitCode === null && shell.signalCode === null)
      await once(shell, 'exit');
    await component.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function engineCommand(inputs: string): Promise<string[]> {
    const file = join(folder, 'telegraf.conf');
    const agent = '[agent]\ninterval = "1s"\nflush_interval = "1s"\nomit_hostname = true\n';
    await writeFile(file, `${agent}${inputs}\n${component.output}`);
    return [NODE, join(REPOSITORY, 'dist/stratora.mjs'), 'engine', 'run', '--config', file];
  }

  const named = (plugin: string, more = '') =>
    `[[inputs.${plugin}]]\n${more}[inputs.${plugin}.tags]\nnode_id = "host"\n`;
  const statusOf = (input: string) =>
    component.statuses.flatMap(({ targets }) => targets).findLast((target) => target['input'] === input);

  /** Asks the engine to end and returns the milliseconds until it is gone. */
  async function stop(): Promise<number> {
    const startedAt = performance.now();
    process.kill(pid, 'SIGTERM');
    await waitFor(() => !isAlive(pid), { timeoutMs: 30_000, everyMs: 20, what: 'the end of the engine' });
    return performance.now() - startedAt;
  }

  it('ends within five seconds while a file of /proc keeps it, and has written what came', async () => {
    const proc = join(folder, 'proc');
    await mkdir(proc);
    // Nobody ever writes into it: who opens it waits, in a thread.
    expect(spawnSync('mkfifo', [join(proc, 'meminfo')]).status).toBe(0);
    const [command = '', ...args] = await engineCommand(`${named('mem')}${named('internal')}`);
    shell = spawn(command, args, { env: { ...process.env, HOST_PROC: proc }, stdio: 'ignore' });
    pid = shell.pid ?? 0;
    await waitFor(() => statusOf('mem')?.['status'] === 'timeout', {
      timeoutMs: 60_000,
      what: 'a report on the file that hangs',
    });
    await waitFor(() => component.lines.some((line) => line.startsWith('internal')), {
      timeoutMs: 60_000,
      what: 'lines of the input beside it',
    });
    const tookMs = await stop();
    process.stdout.write(`an engine whose file hangs ended in ${(tookMs / 1000).toFixed(1)} s\n`);
    expect(tookMs).toBeLessThan(STOP_MS + STALL_MS);
  });

  it.skipIf(obstacle !== undefined)('ends within five seconds while a mount hangs', async () => {
    const hung = join(folder, 'hung');
    await mkdir(hung);
    const disk = named('disk', `mount_points = ["/", ${JSON.stringify(hung)}]\n`);
    const command = await engineCommand(disk);
    const args = [...NAMESPACES, 'bash', '-c', MOUNT_AND_RUN, 'bash', hung, ...command];
    shell = spawn('unshare', args, { stdio: 'ignore' });
    pid = await waitFor(() => processesWith(folder).find(({ command: line }) => line.startsWith(NODE))?.pid, {
      timeoutMs: 30_000,
      what: 'the engine beside the mount',
    });
    await waitFor(() => component.lines.some((line) => /^disk,.*path=\/[ ,]/.test(line)), {
      timeoutMs: 60_000,
      what: 'lines of /',
    });
    const status = await waitFor(() => statusOf('disk'), {
      timeoutMs: 60_000,
      what: 'a report on the mount',
    });
    expect(status).toMatchObject({ status: 'timeout' });
    expect(status['message']).toContain(hung);
    const tookMs = await stop();
    process.stdout.write(`an engine beside a hung mount ended in ${(tookMs / 1000).toFixed(1)} s\n`);
    expect(tookMs).toBeLessThan(STOP_MS + STALL_MS);
  });
});
