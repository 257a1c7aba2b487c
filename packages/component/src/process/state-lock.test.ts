import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@stratora/runtime';
import { expect, test } from 'vitest';
import { lockState, StateBusyError } from './state-lock.ts';

test('a state directory has one holder at a time; the next waits for a while and then gives up', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'lock-test-'));
  const release = await lockState(directory, 0, systemClock);
  await expect(lockState(directory, 300, systemClock)).rejects.toThrow(StateBusyError);
  const waiting = lockState(directory, 5000, systemClock);
  await release();
  await (await waiting)();
  await rm(directory, { recursive: true });
});
