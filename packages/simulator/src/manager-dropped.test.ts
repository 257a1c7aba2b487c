import { compileOids, SnmpTable, type SnmpTarget, type UsmUser } from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Behaviour } from './device-spec.ts';
import { TestPlant } from './plant.test-support.ts';

const SYS_NAME = '1.3.6.1.2.1.1.5.0';
const COLUMNS = compileOids(Array.from({ length: 22 }, (_, at) => `1.3.6.1.2.1.2.2.1.${at + 1}`));

/** For what is answered: no load makes it late. */
const PATIENT = { timeoutMs: 10_000, retries: 0 } as const;
/** For what is waited for to the end, within which something else comes. */
const SILENT = { timeoutMs: 400, retries: 0 } as const;

let plant = new TestPlant();
afterEach(async () => {
  await plant.end();
  plant = new TestPlant();
});

describe('a device that keeps only a part of the request id', () => {
  test.each<readonly [number, boolean]>([
    [15, false],
    [16, false],
    [16, true],
    [24, false],
    [31, true],
  ])('of %i bits (signed: %s) is asked with ids that it can keep, without a wait', async (bits, isSigned) => {
    await plant.start({ behaviour: { kind: 'shortIds', bits, isSigned } });
    const session = plant.session(0, { retries: 0, timeoutMs: 2_000 });
    const [value] = await session.getValues([SYS_NAME]);
    expect(value?.value?.toString()).toBe('switch-0');
    const table = new SnmpTable();
    await session.walkTable(COLUMNS, table);
    expect(table.rowCount).toBe(4);
    expect(plant.manager.counters).toMatchObject({ retries: 0, timeouts: 0 });
    expect(plant.manager.counters.droppedUnknownId).toBeLessThanOrEqual(1);
  });

  test('of too few bits to be safe is told as such', async () => {
    await plant.start({ behaviour: { kind: 'shortIds', bits: 8 } });
    await expect(plant.session(0, SILENT).getValues([SYS_NAME])).rejects.toMatchObject({
      kind: 'bad_answer',
      message: expect.stringMatching(/none fits a request: \d with an id that no request had\.$/) as string,
    });
  });

  test('in SNMPv3 is read as well', async () => {
    const user: UsmUser = { secName: 'u', secLevel: 'noAuthNoPriv' };
    await plant.start({ users: [user], behaviour: { kind: 'shortIds', bits: 16 } });
    expect(await plant.userSession(user, 0, PATIENT).getValues([SYS_NAME])).toHaveLength(1);
  });
});

describe('answers that fit no request are named', () => {
  test.each<readonly [Behaviour, RegExp]>([
    [{ kind: 'wrongId' }, /\d with an id that no request had/],
    [{ kind: 'wrongVersion' }, /\d of another SNMP version/],
    [{ kind: 'wrongCommunity' }, /\d with another community/],
    [{ kind: 'spoofed' }, /\d from another address than was asked \([\d.]+ port \d+\)/],
  ])('%o', async (behaviour, words) => {
    await plant.start({ behaviour });
    await expect(plant.session(0, SILENT).getValues([SYS_NAME])).rejects.toMatchObject({
      kind: 'bad_answer',
      isUnheard: true,
      message: expect.stringMatching(words) as string,
    });
  });

  test('one that comes after its time is late, and not foreign', async () => {
    // The first answer comes in the middle of the second wait, far from either end of it.
    await plant.start({ behaviour: { kind: 'slow', delayMs: 600 } });
    const session = plant.session(0, SILENT);
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({ kind: 'timeout' });
    await expect(session.getValues([SYS_NAME])).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('only after the time') as string,
    });
  });
});

describe('an SNMPv3 context that the device does not know', () => {
  const levels: readonly UsmUser[] = [
    { secName: 'plain', secLevel: 'noAuthNoPriv' },
    { secName: 'signed', secLevel: 'authNoPriv', authProtocol: 'SHA', authPassword: 'authentic words' },
    {
      secName: 'sealed',
      secLevel: 'authPriv',
      authProtocol: 'SHA256',
      authPassword: 'authentic words',
      privProtocol: 'AES',
      privPassword: 'private words',
    },
  ];

  /** Asks in a context that there is and, again and again, in one that there is not. */
  async function askInContexts(user: UsmUser, retries: number): Promise<void> {
    const own = new TestPlant();
    const said = `${user.secLevel} after ${retries} repeats`;
    try {
      await own.start({ users: levels, contexts: ['known'] });
      const good = own.userSession(user, 0, PATIENT);
      const inContext = (contextName: string, target: Partial<SnmpTarget>) =>
        own.userSession({ ...user, contextName }, 0, target);
      expect(await inContext('known', PATIENT).getValues([SYS_NAME]), said).toHaveLength(1);
      const bad = inContext('nowhere', { ...SILENT, retries });
      for (let poll = 0; poll < 3; poll++) {
        await expect(bad.getValues([SYS_NAME]), said).rejects.toMatchObject({
          kind: 'auth',
          message: expect.stringContaining('context "nowhere"') as string,
        });
        // Nobody else has to find the engine again.
        const before = own.manager.counters.sent;
        expect(await good.getValues([SYS_NAME]), said).toHaveLength(1);
        expect(own.manager.counters.sent - before, said).toBe(1);
      }
    } finally {
      await own.end();
    }
  }

  test('is named, at each level and after any number of repeats', async () => {
    const asked = levels.flatMap((user) => [0, 1, 2, 3].map((retries) => askInContexts(user, retries)));
    await Promise.all(asked);
  });

  test('is told from a wrong privacy password, which stays what it is', async () => {
    const sealed = levels[2] as UsmUser;
    await plant.start({ users: [sealed], contexts: ['known'] });
    const ask = (user: UsmUser) =>
      plant.userSession(user, 0, { ...SILENT, retries: 2 }).getValues([SYS_NAME]);
    await expect(ask({ ...sealed, contextName: 'known', privPassword: 'other words' })).rejects.toMatchObject(
      {
        kind: 'auth',
        message: expect.stringContaining('privacy protocol or password') as string,
      },
    );
    await expect(ask({ ...sealed, contextName: 'nowhere' })).rejects.toMatchObject({
      message: expect.not.stringContaining('privacy') as string,
    });
  });
});
