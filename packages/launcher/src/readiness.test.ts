import { LoopbackServer } from '@stratora/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { healthProbe } from './readiness.ts';

describe('the readiness of a system', () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function asked(checks: object, messages: string[]): Promise<{ isReady: boolean; told: string[] }> {
    const server = new LoopbackServer((_, __, response) => {
      response.writeHead(503).end(JSON.stringify({ status: 'degraded', checks, messages }));
    });
    await server.start();
    const told: string[] = [];
    const probe = healthProbe({ baseUrl: server.url }, (text) => told.push(text), 0);
    closing.push(
      () => probe.close(),
      () => server.stop(),
    );
    return { isReady: await probe.ask(), told };
  }

  it('does not wait for rules that the metric store refuses: who is to mend them needs the system', async () => {
    const checks = { database: 'ok', metrics: 'ok', rules: 'failing' };
    expect(await asked(checks, ['A rule judges nothing.'])).toEqual({ isReady: true, told: [] });
  });

  it('waits for all else, and says for what', async () => {
    const checks = { database: 'ok', metrics: 'failing', rules: 'failing' };
    const messages = ['The metric store does not answer.', 'A rule judges nothing.'];
    expect(await asked(checks, messages)).toEqual({ isReady: false, told: messages });
    expect((await asked({ database: 'failing', metrics: 'ok' }, ['No database.'])).isReady).toBe(false);
  });
});
