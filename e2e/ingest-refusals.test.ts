import { readFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { Component, CreatedEnrollmentToken, RegisterResponse } from '@stratora/contract';
import { type HttpAnswer } from '@stratora/runtime';
import { residentBytes, STALL_MS, StratoraSystem, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('ingest', () => {
  let system: StratoraSystem;
  let approved: RegisterResponse;
  let pending: RegisterResponse;

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-collector', '--no-agent'] });
    approved = await register('agent-1', true);
    pending = await register('agent-2', false);
  });
  afterAll(async () => {
    await system?.dispose();
  });

  async function register(hostname: string, autoApprove: boolean): Promise<RegisterResponse> {
    const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: autoApprove,
    });
    const answer = await system.api.call('POST', '/api/v1/components/register', {
      body: {
        enrollment_token: token,
        component_type: 'agent',
        hostname,
        version: '1',
        os: 'linux',
        arch: 'x64',
      },
    });
    expect(answer.status).toBe(201);
    return answer.json() as RegisterResponse;
  }

  function send(
    key: string | undefined,
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> {
    return system.api.http.request({
      method: 'POST',
      path: '/api/v1/ingest/influx',
      headers: { ...(key ? { 'x-api-key': key } : {}), ...headers },
      body,
    });
  }

  function line(nodeId = approved.node_id, at = Date.now(), value = 1): string {
    return `probe,node_id=${nodeId},node_name=x value=${value} ${at}000000\n`;
  }

  it('takes nothing without a key, with a wrong key, from a pending or a revoked component', async () => {
    expect((await send(undefined, line())).status).toBe(401);
    expect((await send(`sk_stra_${'A'.repeat(43)}`, line())).json()).toMatchObject({
      code: 'api_key_invalid',
    });
    const answer = await send(pending.api_key, line(pending.node_id));
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'component_not_approved' });
    const gone = await register('agent-3', true);
    expect((await send(gone.api_key, line(gone.node_id))).status).toBe(204);
    await system.api.post(`/api/v1/components/${gone.component_id}/revoke`, {});
    const refused = await waitFor(
      async () => {
        const next = await send(gone.api_key, line(gone.node_id));
        return next.status === 403 && next;
      },
      { timeoutMs: 5000 + STALL_MS, what: 'the refusal of a revoked key' },
    );
    expect(refused.json()).toMatchObject({ code: 'component_revoked' });
  });

  it('answers 204 only with the epoch of the store, and stores what it took', async () => {
    const at = Date.now();
    const answer = await send(approved.api_key, gzipSync(line(approved.node_id, at, 42)), {
      'content-encoding': 'gzip',
    });
    expect(answer.status).toBe(204);
    expect(answer.headers['x-stratora-store-epoch']).toBeTruthy();
    const samples = await waitFor(
      async () => {
        const found = await system.api.query(`probe_value{node_id="${approved.node_id}"}`);
        return found.some(({ value }) => value === 42) && found;
      },
      { what: 'the sample' },
    );
    expect(samples).toHaveLength(1);
  });

  it('drops a foreign node, tomorrow and nonsense line by line, and counts them', async () => {
    const tomorrow = Date.now() + 86_400_000;
    const body =
      line() +
      line(pending.node_id, Date.now(), 666) +
      line(approved.node_id, tomorrow, 667) +
      'no sense at all\n';
    const answer = await send(approved.api_key, body);
    expect(answer.status).toBe(204);
    expect(answer.headers['x-stratora-rejected-lines']).toMatch(/^3\b/);
    const component = await waitFor(
      async () => {
        const found = await system.api.get<Component>(`/api/v1/components/${approved.component_id}`);
        return found.ingest.lines_rejected >= 3 && found;
      },
      { timeoutMs: 30_000, what: 'the counted rejections' },
    );
    expect(Object.keys(component.ingest.rejected_by_reason).length).toBeGreaterThanOrEqual(3);
    const stored = await system.api.query(
      'count_over_time(probe_value[3d] offset -2d) and probe_value >= 666',
    );
    expect(stored).toEqual([]);
    const nothingGood = await send(approved.api_key, 'no sense at all\n');
    expect(nothingGood.status).toBe(400);
  });

  it('refuses a gzip bomb with bounded memory, and wrong and torn encodings quickly', async () => {
    const bomb = gzipSync(Buffer.alloc(512 * 1024 * 1024, 0x61));
    const before = residentBytes(system.pid('backend'));
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => send(approved.api_key, bomb, { 'content-encoding': 'gzip' })),
    );
    for (const answer of answers) expect(answer.status).toBe(413);
    expect(residentBytes(system.pid('backend')) - before).toBeLessThan(300 * 1024 * 1024);
    const torn = gzipSync(line().repeat(1000)).subarray(0, 40);
    expect((await send(approved.api_key, torn, { 'content-encoding': 'gzip' })).status).toBe(400);
    expect(
      (await send(approved.api_key, line(), { 'content-encoding': 'br' })).status,
    ).toBeGreaterThanOrEqual(400);
    expect((await send(approved.api_key, line())).status).toBe(204);
  });
});

const MIB = 1024 * 1024;
/** What kernels, TLS and a proxy on one machine hold of a stream that nobody reads. */
const BUFFERED = 24 * MIB;
/** Bodies without an end that are sent each way. */
const TRIES = Number(process.env['STRATORA_TEST_ENDLESS_TRIES'] ?? 2);

interface Sent {
  status: number;
  sentBytes: number;
}

describe.each([['nginx'], ['builtin']])('a body without an end, through %s', (proxy) => {
  let system: StratoraSystem;
  let key: string;
  let ca: string;

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-collector', '--no-agent', '--proxy', proxy] });
    const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: true,
    });
    const host = { component_type: 'agent', hostname: 'endless', version: '1', os: 'linux', arch: 'x64' };
    const body = { enrollment_token: token, ...host };
    ({ api_key: key } = await system.api.post<RegisterResponse>('/api/v1/components/register', body));
    ca = await readFile(system.ready.ca_file, 'utf8');
  });
  afterAll(async () => {
    await system?.dispose();
  });

  /** Sends as fast as it is taken, and never stops because of an answer. */
  function sendEndless(head: string): Promise<Sent> {
    const chunk = Buffer.alloc(65_536, 'm f=1\n');
    const frame = Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')]);
    let text = '';
    let sentBytes = 0;
    return new Promise((resolve) => {
      const socket = connectTls({ host: '127.0.0.1', port: system.port, ca, ALPNProtocols: ['http/1.1'] });
      const send = () => {
        for (let isTaken = true; isTaken && !socket.destroyed; sentBytes += frame.length) {
          isTaken = socket.write(frame);
        }
      };
      socket.once('secureConnect', () => {
        const call = `POST /api/v1/ingest/influx HTTP/1.1\r\nHost: stratora\r\nX-API-Key: ${key}`;
        socket.write(`${call}\r\n${head}\r\n\r\n`);
        send();
      });
      socket.on('drain', send);
      socket.on('data', (data: Buffer) => {
        text += data.toString();
      });
      socket.on('error', () => {});
      socket.once('close', () => {
        resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), sentBytes });
      });
    });
  }

  function sendEndlessByHttp2(): Promise<Sent> {
    let sentBytes = 0;
    return new Promise((resolve, reject) => {
      const session = connectHttp2(`https://127.0.0.1:${system.port}`, { ca });
      session.on('error', reject);
      const stream = session.request({
        ':method': 'POST',
        ':path': '/api/v1/ingest/influx',
        'x-api-key': key,
      });
      const chunk = Buffer.alloc(65_536, 'm f=1\n');
      let status = 0;
      const send = () => {
        for (let isTaken = true; isTaken && !stream.destroyed && !stream.closed; sentBytes += chunk.length) {
          isTaken = stream.write(chunk);
        }
      };
      stream.once('response', (headers) => {
        status = headers[':status'] ?? 0;
      });
      stream.on('drain', send);
      stream.on('error', () => {});
      stream.resume();
      stream.once('close', () => {
        session.close();
        resolve({ status, sentBytes });
      });
      send();
    });
  }

  function expectRefused(tries: readonly Sent[], mostBytes: number): void {
    const largest = Math.max(...tries.map(({ sentBytes }) => sentBytes));
    process.stdout.write(`${proxy}: at most ${(largest / MIB).toFixed(1)} MiB were taken\n`);
    expect(tries.map(({ status }) => status)).toEqual(Array(tries.length).fill(413));
    expect(largest).toBeLessThan(mostBytes);
  }

  it('is answered 413 each time, and cut soon after the limit', { timeout: 180_000 }, async () => {
    const tries: Sent[] = [];
    while (tries.length < TRIES) tries.push(await sendEndless('Transfer-Encoding: chunked'));
    expectRefused(tries, 33 * MIB + BUFFERED);
  });

  it('that says its length is answered before it is read', { timeout: 180_000 }, async () => {
    const tries: Sent[] = [];
    while (tries.length < TRIES) tries.push(await sendEndless(`Content-Length: ${1024 * MIB}`));
    expectRefused(tries, MIB + BUFFERED);
  });

  // The built-in listener speaks HTTP/1.1 alone.
  const versions = proxy === 'nginx' ? ['2'] : [];
  it.each(versions)('is answered so by HTTP/%s too', { timeout: 180_000 }, async () => {
    const tries: Sent[] = [];
    while (tries.length < TRIES) tries.push(await sendEndlessByHttp2());
    expectRefused(tries, 33 * MIB + BUFFERED);
  });
});
