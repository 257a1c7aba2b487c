import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import { compileOids } from './oid-plan.ts';
import { RequestBudget } from './request-budget.ts';
import type { SnmpManager } from './snmp-api.ts';
import { createSnmpManager } from './snmp-manager.ts';
import type { SnmpTarget } from './snmp-target.ts';

const SYS_NAME = '1.3.6.1.2.1.1.5.0';
const managers: SnmpManager[] = [];
const closers: (() => void)[] = [];

function manager(...options: Parameters<typeof createSnmpManager>): SnmpManager {
  const made = createSnmpManager(...options);
  managers.push(made);
  return made;
}

/** A port on which something listens that never answers. */
function silentPort(): Promise<number> {
  const socket = createSocket('udp4');
  closers.push(() => socket.close());
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => resolve(socket.address().port));
  });
}

async function closedPort(): Promise<number> {
  const port = await silentPort();
  closers.pop()?.();
  return port;
}

afterEach(async () => {
  for (const made of managers.splice(0)) await made.close();
  for (const close of closers.splice(0)) close();
});

describe('a device that is not there', () => {
  test('is refused when its port is closed, and at once the next time', async () => {
    const port = await closedPort();
    const session = manager().session({
      host: '127.0.0.1',
      port,
      version: 2,
      community: 'x',
      timeoutMs: 20_000,
    });
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({ kind: 'refused' });
    const startedAt = performance.now();
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({ kind: 'refused' });
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });

  test('times out after all tries when it is silent', async () => {
    const made = manager();
    const target = { host: '127.0.0.1', port: await silentPort(), timeoutMs: 60, retries: 2 };
    const session = made.session({ ...target, version: 2, community: 'x' });
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({ kind: 'timeout' });
    expect(made.counters).toMatchObject({ sent: 3, retries: 2, timeouts: 1, received: 0 });
  });

  test('is refused when the name server of its name does not answer', async () => {
    const silence = Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' });
    const made = manager({ resolve: () => Promise.reject(silence) });
    const session = made.session({ host: 'switch.test', version: 2, community: 'x' });
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({
      kind: 'refused',
      message: 'The name switch.test cannot be resolved: no answer from its name server.',
    });
  });

  test('is refused when its name has no address', async () => {
    const made = manager({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    const session = made.session({ host: 'no.such.example', version: 2, community: 'x' });
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({ kind: 'refused' });
  });

  test('costs no more than the budget', async () => {
    const port = await silentPort();
    const session = manager().session({
      host: '127.0.0.1',
      port,
      version: 2,
      community: 'x',
      timeoutMs: 20_000,
    });
    const startedAt = performance.now();
    const budget = new RequestBudget({ durationMs: 150 });
    await expect(session.getValues([SYS_NAME], { budget })).rejects.toMatchObject({ kind: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(6_500);
    await expect(session.getValues([SYS_NAME], { budget })).rejects.toMatchObject({ kind: 'limit' });
  });
});

describe('a name with several addresses', () => {
  /** Answers each request on 127.0.0.1 with its own octets, as a response. */
  async function agent(): Promise<number> {
    const socket = createSocket('udp4');
    closers.push(() => socket.close());
    socket.on('message', (request, from) => {
      const answer = Buffer.from(request);
      // The tag of a GET becomes that of a response (RFC 3416), and the value stays NULL.
      answer[answer.indexOf(Buffer.from([0xa0]))] = 0xa2;
      socket.send(answer, from.port, from.address);
    });
    return new Promise((resolve) => {
      socket.bind(0, '127.0.0.1', () => resolve(socket.address().port));
    });
  }

  test('is asked at the next one soon, and from then on there', async () => {
    const port = await agent();
    const made = manager({ resolve: () => Promise.resolve(['127.0.0.9', '127.0.0.1']) });
    const session = made.session({ host: 'dual.example', port, version: 2, community: 'x' });
    const startedAt = performance.now();
    await session.getValues([SYS_NAME]);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    const { sent } = made.counters;
    await session.getValues([SYS_NAME]);
    expect(made.counters.sent).toBe(sent + 1);
  });

  test('is silent when all are, and says so after the full time of one', async () => {
    const port = await silentPort();
    const made = manager({ resolve: () => Promise.resolve(['127.0.0.1', '127.0.0.1']) });
    const target = { host: 'dual.example', port, timeoutMs: 60, retries: 2 };
    const session = made.session({ ...target, version: 2, community: 'x' });
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({ kind: 'timeout' });
    expect(made.counters).toMatchObject({ sent: 3 });
  });

  test('is looked up once by calls at the same time', async () => {
    const port = await agent();
    const found = [['127.0.0.1', '127.0.0.9']];
    const made = manager({ resolve: () => Promise.resolve(found.shift() ?? []) });
    const session = made.session({ host: 'dual.example', port, version: 2, community: 'x' });
    await Promise.all([session.getValues([SYS_NAME]), session.getValues([SYS_NAME])]);
    expect(found).toEqual([]);
  });
});

describe('a manager whose requests somebody paces', () => {
  test('sends when it may, and tells of each datagram, repeats included', async () => {
    const port = await silentPort();
    const sent: string[] = [];
    let allowed = 0;
    const made = manager({
      mayAsk: () => {
        if (allowed === 0) return false;
        allowed -= 1;
        return true;
      },
      onSent: (address, to) => sent.push(`${address} ${to}`),
    });
    const target = { host: '127.0.0.1', port, timeoutMs: 60, retries: 1 };
    const session = made.session({ ...target, version: 2, community: 'x' });
    const asked = session.getValues([SYS_NAME]);
    asked.catch(() => undefined);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    expect(sent).toEqual([]);
    allowed = 1;
    await expect(asked).rejects.toMatchObject({ kind: 'timeout' });
    expect(sent).toEqual([`127.0.0.1 ${port}`, `127.0.0.1 ${port}`]);
  });
});

describe('ending', () => {
  test('an aborted request rejects with the reason, queued ones as well', async () => {
    const port = await silentPort();
    const session = manager().session({ host: '127.0.0.1', port, version: 2, community: 'x' });
    const controller = new AbortController();
    const reason = new Error('enough');
    const { signal } = controller;
    const all = Promise.allSettled([
      session.getValues([SYS_NAME], { signal }),
      session.walkValues('1.3.6.1.2.1.1', { signal }),
    ]);
    controller.abort(reason);
    for (const outcome of await all) expect(outcome).toMatchObject({ status: 'rejected', reason });
    await expect(session.getValues([SYS_NAME], { signal })).rejects.toBe(reason);
  });

  test('closing a session or the manager ends what is under way with a limit', async () => {
    const made = manager();
    const target: SnmpTarget = { host: '127.0.0.1', port: await silentPort(), version: 2, community: 'x' };
    const one = made.session(target);
    const two = made.session(target);
    const first = one.getValues([SYS_NAME]);
    const second = two.getValues([SYS_NAME]);
    one.close();
    one.close();
    await expect(first).rejects.toMatchObject({ kind: 'limit' });
    await made.close();
    await expect(second).rejects.toMatchObject({ kind: 'limit' });
    await expect(two.getValues([SYS_NAME])).rejects.toMatchObject({ kind: 'limit' });
  });

  test('a manager that was never used closes too', async () => {
    await manager().close();
  });
});

describe('targets that can never work', () => {
  const user = { secName: 'u', secLevel: 'authPriv' } as const;
  test.each<readonly [string, SnmpTarget]>([
    ['a port out of range', { host: '127.0.0.1', port: 70_000, version: 2, community: 'x' }],
    ['a host with a shell in it', { host: '127.0.0.1; id', version: 2, community: 'x' }],
    ['an empty host', { host: '', version: 2, community: 'x' }],
    ['a community of 300 octets', { host: '127.0.0.1', version: 2, community: 'x'.repeat(300) }],
    ['a user without a password', { host: '127.0.0.1', version: 3, user }],
    ['a user without a name', { host: '127.0.0.1', version: 3, user: { ...user, secName: '' } }],
  ])('%s is refused when the session is made', (_, target) => {
    expect(() => manager().session(target)).toThrow(RangeError);
  });

  test('lists of objects that are empty, too long or no objects are refused', () => {
    expect(() => compileOids([])).toThrow(RangeError);
    expect(() => compileOids(['1.3.6', 'ifDescr'])).toThrow(RangeError);
    expect(() => compileOids(Array.from({ length: 2_000 }, (_, at) => `1.3.6.${at}`))).toThrow(RangeError);
  });

  test('equal lists share one plan', () => {
    expect(compileOids(['1.3.6.1.2.1.1.1.0'])).toBe(compileOids(['1.3.6.1.2.1.1.1.0']));
  });
});
