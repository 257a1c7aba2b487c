import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ERROR_CODES, ERROR_TITLES } from '@stratora/contract';
import { createLogger } from '@stratora/runtime';
import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../../..');
const DOCS = join(ROOT, 'docs/reference');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

describe('the door', () => {
  let backend: TestBackend;
  const logLines: string[] = [];

  beforeAll(async () => {
    const logger = createLogger({
      name: 'test',
      level: 'info',
      destination: { write: (line) => void logLines.push(line) },
    });
    // The document that is kept says the version of the product.
    backend = await startBackend({ logger, config: { version } });
  });
  afterAll(() => backend?.stop());

  const problem = (status: number, code: string) => ({ status, json: { status, code } });

  it('answers what does not exist with a problem document', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/api/v2/nodes',
      '/',
      '/api/v1/nodes/../../etc/passwd',
      '/api/v1/%2e%2e/x',
    ]) {
      const answer = await backend.call('GET', path, { token: backend.adminToken });
      expect(answer).toMatchObject(problem(404, 'not_found'));
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    }
    const unknown = '00000000-0000-7000-8000-000000000000';
    for (const noun of [
      'nodes',
      'sites',
      'node-groups',
      'credentials',
      'users',
      'components',
      'enrollment-tokens',
    ]) {
      expect(
        await backend.call('GET', `/api/v1/${noun}/${unknown}`, { token: backend.adminToken }),
      ).toMatchObject(problem(404, 'not_found'));
      expect(await backend.call('GET', `/api/v1/${noun}/1`, { token: backend.adminToken })).toMatchObject(
        problem(400, 'validation_failed'),
      );
    }
  });

  it('says of a part of an address that is too long what is wrong with it', async () => {
    const long = 'a'.repeat(3000);
    const answer = await backend.call('GET', `/api/v1/metrics/label/${long}/values`, {
      token: backend.adminToken,
    });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: 'name' }] } });
    expect(
      await backend.call('DELETE', `/api/v1/nodes/${long}`, { token: backend.adminToken }),
    ).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'id', message: 'must be a UUID' }] },
    });
  });

  it('names the methods that an address takes', async () => {
    const answer = await backend.call('DELETE', '/api/v1/nodes', { token: backend.adminToken });
    expect(answer).toMatchObject(problem(405, 'method_not_allowed'));
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await backend.call('PROPFIND', '/api/v1/nodes')).toMatchObject({ status: 405 });
  });

  it('gives every answer an id that its log line carries too', async () => {
    const answer = await backend.call('GET', '/api/v1/sites', { token: backend.adminToken });
    const id = answer.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(logLines.some((line) => line.includes(`"requestId":"${id}"`))).toBe(true);
  });

  it('sends headers that keep browsers out of trouble', async () => {
    const answer = await backend.call('GET', '/api/v1/health');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(answer.headers.get('content-security-policy')).not.toContain("script-src 'self' 'unsafe");
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('refuses JSON that is made to hurt', async () => {
    const post = (raw: string, type = 'application/json') =>
      backend.call('POST', '/api/v1/sites', {
        raw,
        token: backend.adminToken,
        headers: { 'content-type': type },
      });
    for (const raw of [
      '['.repeat(10_000) + ']'.repeat(10_000),
      '{"__proto__":{"x":1},"name":"a"}',
      '{"constructor":{"prototype":{"x":1}},"name":"a"}',
      '{"name":"a"',
      '{"name":"a\\u0000b"}',
      '{"name":"a","surprise":1}',
      '{"name":["a"]}',
      '{"name":1e400}',
      '',
    ]) {
      expect((await post(raw)).status).toBe(400);
    }
    expect(await post('name=a', 'application/x-www-form-urlencoded')).toMatchObject(
      problem(415, 'unsupported_media_type'),
    );
    expect(await post(`{"name":"${'a'.repeat(1_100_000)}"}`)).toMatchObject(problem(413, 'body_too_large'));
  });

  it('names each bad field by its path', async () => {
    const answer = await backend.call('POST', '/api/v1/nodes', {
      body: { name: '', ip_address: '; id' },
      token: backend.adminToken,
    });
    expect(answer).toMatchObject(problem(400, 'validation_failed'));
    expect(answer.json.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      'ip_address',
      'name',
    ]);
  });

  it('believes in a forwarded address only beside the secret of its own proxy', async () => {
    const seen = async (headers: Record<string, string>) => {
      await backend.call('POST', '/api/v1/auth/token', {
        body: { username: 'admin', password: 'correct horse battery' },
        headers,
      });
      const rows = await backend.app.modules.database.db
        .selectFrom('audit_log')
        .select('address')
        .where('action', '=', 'auth.login')
        .orderBy('seq', 'desc')
        .limit(1)
        .execute();
      return rows[0]?.address;
    };
    const forged = { 'x-forwarded-for': '203.0.113.9' };
    expect(await seen(forged)).toBe('127.0.0.1');
    expect(await seen({ ...forged, 'x-stratora-proxy': 'wrong' })).toBe('127.0.0.1');
    expect(
      await seen({ 'x-forwarded-for': '1.1.1.1, 203.0.113.9', 'x-stratora-proxy': 'proxy-secret' }),
    ).toBe('203.0.113.9');
  });

  it('shows its own metrics to callers on the internal port only', async () => {
    const answer = await backend.call('GET', '/metrics');
    expect(answer.status).toBe(200);
    for (const line of answer.text.split('\n').filter((text) => text && !text.startsWith('#'))) {
      expect(line).toMatch(/^stratora_/);
    }
    const loops = backend.app.modules.list.loopNames;
    expect(loops).toContain('evaluation');
    for (const loop of loops) expect(answer.text).toContain(`stratora_loop_runs_total{loop="${loop}"}`);
    const proxied = await backend.call('GET', '/metrics', {
      headers: { 'x-stratora-proxy': 'proxy-secret' },
    });
    expect(proxied.status).toBe(404);
  });

  it('answers what is not HTTP, and is not lost by it', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(backend.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
      socket.end('\u0016\u0003\u0001 this is no request\r\n\r\n');
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('application/problem+json');
  });

  it('says 503 when the metric store is away, without a login', async () => {
    const answer = await backend.call('GET', '/api/v1/health');
    expect(answer).toMatchObject({
      status: 503,
      json: {
        status: 'degraded',
        version,
        checks: { database: 'ok', metrics: 'failing', rules: 'ok' },
        messages: [expect.stringContaining('metric store'), expect.stringContaining('metric store')],
      },
    });
  });

  it('documents itself from its own files', async () => {
    const page = await backend.call('GET', '/api/docs');
    expect(page.text).not.toMatch(/https?:\/\//);
    for (const [, path] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await backend.call('GET', path ?? '')).status).toBe(200);
    }
    const document = await backend.call('GET', '/api/v1/openapi.json');
    await expect(document.text).toMatchFileSnapshot(join(DOCS, 'openapi.json'));
  });

  it('explains every error code', async () => {
    const { readFile } = await import('node:fs/promises');
    const page = await readFile(join(DOCS, 'errors.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (.+) \|$/gm)];
    expect(Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))).toEqual(ERROR_CODES);
    expect(Object.keys(ERROR_TITLES).sort()).toEqual(Object.keys(ERROR_CODES).sort());
    for (const [, , , meaning] of rows) expect(meaning?.length).toBeGreaterThan(20);
  });
});
