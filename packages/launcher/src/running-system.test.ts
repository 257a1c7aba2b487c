import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestAuthority } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { examineRunningSystem } from './running-system.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-running-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const HOLDER = process.pid;

describe('a data directory', () => {
  it('without ready.json is that of no running system, or of one that starts', async () => {
    expect(await examineRunningSystem(folder, undefined)).toEqual({
      ready: undefined,
      findings: [{ subject: 'Running system', state: 'ok', detail: 'none' }],
    });
    const { findings } = await examineRunningSystem(folder, HOLDER);
    expect(findings).toMatchObject([
      { state: 'warning', detail: `process ${HOLDER} is starting or stopping; it has written no ready.json` },
    ]);
  });

  it('whose ready.json is damaged is told so', async () => {
    await writeFile(join(folder, 'ready.json'), '{"url":"https://127.0.0.1');
    const { ready, findings } = await examineRunningSystem(folder, HOLDER);
    expect(ready).toBeUndefined();
    expect(findings).toMatchObject([{ state: 'fault', detail: `${join(folder, 'ready.json')} is damaged` }]);
  });
});

describe('ready.json', () => {
  let authority: TestAuthority;
  let door: Server;
  let answer: { status: number; body: string };

  beforeAll(async () => {
    authority = await TestAuthority.create('127.0.0.1');
    door = createServer(authority.server, (_, response) => {
      response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((resolve) => {
      door.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    door?.closeAllConnections();
    door?.close();
    await authority?.dispose();
  });

  const health = (status: string, metrics: string) =>
    JSON.stringify({ status, version: '1', checks: { database: 'ok', metrics } });

  async function findingsOf(change: object = {}) {
    await writeReady(change);
    return examineRunningSystem(folder, HOLDER);
  }

  async function writeReady(change: object = {}): Promise<void> {
    const content = {
      url: `https://127.0.0.1:${(door.address() as AddressInfo).port}`,
      pid: HOLDER,
      ca_file: authority.caFile,
      version: '1',
      services: { backend: { pid: process.pid, port: 1 } },
      ...change,
    };
    await writeFile(join(folder, 'ready.json'), JSON.stringify(content));
  }

  it('leads to the services and to the health by the way of a browser', async () => {
    answer = { status: 200, body: health('ok', 'ok') };
    const { ready, findings } = await findingsOf();
    expect(ready).toMatchObject({ pid: HOLDER });
    expect(findings).toMatchObject([
      { subject: 'Running system', state: 'ok' },
      { subject: 'Services', state: 'ok', detail: 'backend' },
      { subject: 'Health', state: 'ok', detail: 'ok, database ok, metrics ok' },
    ]);
  });

  it('of a system that was killed is told as such', async () => {
    await writeReady();
    const { ready, findings } = await examineRunningSystem(folder, undefined);
    expect(ready).toBeUndefined();
    expect(findings).toMatchObject([
      {
        subject: 'Running system',
        state: 'warning',
        detail: `ready.json names process ${HOLDER}, which is gone`,
      },
    ]);
  });

  it('that names what does not run, and a health that is not ok, are faults', async () => {
    answer = { status: 503, body: health('degraded', 'failing') };
    const { findings } = await findingsOf({ services: { backend: { pid: 2 ** 22 + 1 } } });
    expect(findings.slice(1)).toMatchObject([
      { subject: 'Services', state: 'fault', detail: 'not running: backend' },
      { subject: 'Health', state: 'fault', detail: 'degraded, database ok, metrics failing' },
    ]);
    answer = { status: 502, body: '<html>' };
    expect((await findingsOf()).findings[2]).toMatchObject({
      state: 'fault',
      detail: 'the health answers 502, and no JSON',
    });
  });

  it('whose authority is not that of what answers is a fault', async () => {
    const stranger = await TestAuthority.create('127.0.0.1');
    try {
      const { findings } = await findingsOf({ ca_file: stranger.caFile });
      expect(findings[2]).toMatchObject({ subject: 'Health', state: 'fault' });
      expect(findings[2]?.detail).toContain('does not answer');
    } finally {
      await stranger.dispose();
    }
  });
});
