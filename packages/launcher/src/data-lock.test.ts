import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirectoryBusyError, lockDataDirectory } from './data-lock.ts';
import { identify } from './process-identity.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stratora-lock-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

const lockFile = () => join(dataDir, 'lock');

describe('lockDataDirectory', () => {
  it('refuses a second holder and tells where the first one is', async () => {
    const lock = await lockDataDirectory(dataDir);
    await lock.announce('https://127.0.0.1:8443');
    await expect(lockDataDirectory(dataDir)).rejects.toThrow(
      `already running on ${dataDir} (process ${process.pid}, at https://127.0.0.1:8443)`,
    );
    await lock.release();
    await (await lockDataDirectory(dataDir)).release();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('takes over from a holder that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const identity = identify(child.pid ?? 0);
    await writeFile(lockFile(), JSON.stringify({ ...identity, state: 'running' }));
    await expect(lockDataDirectory(dataDir)).rejects.toBeInstanceOf(DataDirectoryBusyError);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await lockDataDirectory(dataDir);
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it.runIf(process.platform === 'linux')(
    'does not take a process that got the same number for the holder',
    async () => {
      const reused = { pid: process.pid, started: 'another boot:1', state: 'running' };
      await writeFile(lockFile(), JSON.stringify(reused));
      await (await lockDataDirectory(dataDir)).release();
    },
  );

  it('replaces a lock that says nothing', async () => {
    for (const text of ['', 'garbage', '{}', '{"pid":"x"}']) {
      await writeFile(lockFile(), text);
      await (await lockDataDirectory(dataDir)).release();
    }
  });

  it('waits for a holder that is stopping', async () => {
    const lock = await lockDataDirectory(dataDir);
    await lock.markStopping();
    setTimeout(() => void lock.release(), 250);
    const startedAt = performance.now();
    const second = await lockDataDirectory(dataDir, { waitForStoppingMs: 5000 });
    expect(performance.now() - startedAt).toBeGreaterThan(200);
    await second.release();
  });

  it('gives up on a holder that never ends its stopping', async () => {
    const lock = await lockDataDirectory(dataDir);
    await lock.markStopping();
    await expect(lockDataDirectory(dataDir, { waitForStoppingMs: 200 })).rejects.toThrow('already running');
    await lock.release();
  });

  it('lets exactly one of many win a stale lock', async () => {
    for (let round = 0; round < 10; round += 1) {
      await writeFile(lockFile(), JSON.stringify({ pid: 2 ** 22 + 1, started: 'x', state: 'running' }));
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDirectory(dataDir)));
      const won = attempts.filter((attempt) => attempt.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0]?.value.release();
    }
    expect(await readdir(dataDir)).toEqual([]);
  });
});
