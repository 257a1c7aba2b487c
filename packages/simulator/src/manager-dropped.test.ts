import { compileOids, SnmpTable, type UsmUser } from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Behaviour } from './device-spec.ts';
import { TestPlant } from './plant.test-support.ts';

const SYS_NAME = '1.3.6.1.2.1.1.5.0';
const COLUMNS = compileOids(Array.from({ length: 22 }, (_, at) => `1.3.6.1.2.1.2.2.1.${at + 1}`));

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
    await expect(plant.session().getValues([SYS_NAME])).rejects.toMatchObject({
      kind: 'bad_answer',
      message: expect.stringMatching(/none fits a request: \d with an id that no request had\.$/) as string,
    });
  });

  test('in SNMPv3 is read as well', async () => {
    const user: UsmUser = { secName: 'u', secLevel: 'noAuthNoPriv' };
    await plant.start({ users: [user], behaviour: { kind: 'shortIds', bits: 16 } });
    expect(await plant.userSession(user).getValues([SYS_NAME])).toHaveLength(1);
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
    await expect(plant.session().getValues([SYS_NAME])).rejects.toMatchObject({
      kind: 'bad_answer',
      isUnheard: true,
      message: expect.stringMatching(words) as string,
    });
  });

  test('one that comes after its time is late, and not foreign', async () => {
    await plant.start({ behaviour: { kind: 'slow', delayMs: 150 } });
    const session = plant.session(0, { timeoutMs: 100, retries: 0 });
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

  for (const retries of [0, 1, 2, 3]) {
    test.each(levels)(`is named, at $secLevel after ${retries} repeats`, async (user) => {
      await plant.start({ users: levels, contexts: ['known'] });
      const good = plant.userSession(user);
      const inContext = (contextName: string) => {
        const { address: host = '', port = 0 } = plant.plant.devices[0] ?? {};
        const target = { host, port, timeoutMs: 80, retries, version: 3 } as const;
        return plant.manager.session({ ...target, user: { ...user, contextName } });
      };
      expect(await inContext('known').getValues([SYS_NAME])).toHaveLength(1);
      const bad = inContext('nowhere');
      for (let poll = 0; poll < 3; poll++) {
        await expect(bad.getValues([SYS_NAME])).rejects.toMatchObject({
          kind: 'auth',
          message: expect.stringContaining('context "nowhere"') as string,
        });
        // Nobody else has to find the engine again.
        const before = plant.manager.counters.sent;
        expect(await good.getValues([SYS_NAME])).toHaveLength(1);
        expect(plant.manager.counters.sent - before).toBe(1);
      }
    });
  }

  test('is told from a wrong privacy password, which stays what it is', async () => {
    const sealed = levels[2] as UsmUser;
    await plant.start({ users: [sealed], contexts: ['known'] });
    const { address: host = '', port = 0 } = plant.plant.devices[0] ?? {};
    const target = { host, port, timeoutMs: 80, retries: 2, version: 3 } as const;
    const wrong = { ...sealed, contextName: 'known', privPassword: 'other words' };
    await expect(
      plant.manager.session({ ...target, user: wrong }).getValues([SYS_NAME]),
    ).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('privacy protocol or password') as string,
    });
    const unknown = { ...sealed, contextName: 'nowhere' };
    await expect(
      plant.manager.session({ ...target, user: unknown }).getValues([SYS_NAME]),
    ).rejects.toMatchObject({ message: expect.not.stringContaining('privacy') as string });
  });
});
