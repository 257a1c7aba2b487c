import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component, CreatedEnrollmentToken, ListAnswer } from '@stratora/contract';
import { REPOSITORY, StratoraSystem, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const NODE = join(REPOSITORY, 'node_modules/.bin/node');
const STRATORA = join(REPOSITORY, 'dist/stratora.mjs');

interface Status {
  running: boolean;
  connection: { state: string };
}

describe('the commands that the UI shows for a new host', () => {
  let system: StratoraSystem;
  let folder: string;

  beforeAll(async () => {
    system = await StratoraSystem.start();
    folder = await mkdtemp(join(tmpdir(), 'stratora-enroll-'));
  });
  afterAll(async () => {
    await system?.dispose();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  function stratora(...args: (string | string[])[]) {
    return spawnSync(NODE, [STRATORA, ...args.flat()], { encoding: 'utf8' });
  }

  async function collectors(): Promise<Component[]> {
    const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components');
    return items.filter(({ component_type: type }) => type === 'collector');
  }

  it('enrol a collector that then runs beside the one of the same machine', async () => {
    const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: true,
    });
    const state = join(folder, 'collector');
    const place = ['--state-dir', state, '--hostname', 'hall-3'];
    const enrolled = stratora(
      ['collector', 'enroll', '--server', system.ready.url, '--ca-file', system.ready.ca_file],
      ['--token', token],
      place,
    );
    expect(enrolled.stderr).toBe('');
    expect(enrolled.stdout).toMatch(/is enrolled and approved/);
    const before = (await collectors()).map(({ id }) => id);
    expect(new Set(before).size).toBe(2);

    const running = spawn(NODE, [STRATORA, 'collector', 'run', ...place], { stdio: 'ignore' });
    const gone = new Promise<void>((resolve) => {
      running.once('exit', () => resolve());
    });
    try {
      await waitFor(async () => (await collectors()).every(({ connection }) => connection === 'online'), {
        timeoutMs: 60_000,
        what: 'both collectors online',
      });
      // The wait is long enough for each to pull again: neither may have taken the other's key.
      await new Promise((resolve) => {
        setTimeout(resolve, 12_000);
      });
      const status = await waitFor(
        () => {
          const now = JSON.parse(stratora('collector', 'status', '--json', place).stdout) as Status;
          return now.connection.state === 'connected' && now;
        },
        { what: 'a collector that is connected' },
      );
      expect(status.running).toBe(true);
      expect((await collectors()).map(({ id }) => id).toSorted()).toEqual(before.toSorted());
    } finally {
      running.kill('SIGTERM');
      await gone;
    }
  });

  it('say what is wrong with a token, and with an option', () => {
    const refused = stratora(
      ['agent', 'enroll', '--server', system.ready.url, '--ca-file', system.ready.ca_file],
      ['--token', 'enroll_guess', '--state-dir', join(folder, 'agent')],
    );
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/token/i);
    expect(stratora('agent', 'enroll', '--sever', 'x').status).toBe(2);
  });
});
