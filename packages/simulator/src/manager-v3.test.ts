import { AUTH_PROTOCOLS, compileOids, PRIV_PROTOCOLS, SnmpTable, type UsmUser } from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { TestPlant } from './plant.test-support.ts';

const SYS_NAME = '1.3.6.1.2.1.1.5.0';
const COLUMNS = compileOids(Array.from({ length: 22 }, (_, at) => `1.3.6.1.2.1.2.2.1.${at + 1}`));

const operator: UsmUser = {
  secName: 'operator',
  secLevel: 'authPriv',
  authProtocol: 'SHA256',
  authPassword: 'authentic words',
  privProtocol: 'AES',
  privPassword: 'private words',
};

let plant = new TestPlant();
afterEach(async () => {
  await plant.end();
  plant = new TestPlant();
});

async function sysName(user: UsmUser, at = 0): Promise<string> {
  const [value] = await plant.userSession(user, at).getValues([SYS_NAME]);
  return String(value?.value);
}

describe('SNMPv3', () => {
  const pairs = AUTH_PROTOCOLS.flatMap((authProtocol) =>
    PRIV_PROTOCOLS.map((privProtocol) => ({ authProtocol, privProtocol })),
  );

  test.each(pairs)('$authProtocol with $privProtocol reads and walks', async (protocols) => {
    const user = { ...operator, ...protocols };
    await plant.start({ users: [user], name: 'by-v3' });
    expect(await sysName(user)).toBe('by-v3');
    const table = new SnmpTable();
    await plant.userSession(user).walkTable(COLUMNS, table);
    expect(table.rowCount).toBe(4);
  });

  test('discovery takes two requests more, once', async () => {
    await plant.start({ users: [operator] });
    await sysName(operator);
    const first = plant.manager.counters.sent;
    expect(first).toBeLessThanOrEqual(3);
    await sysName(operator);
    expect(plant.manager.counters.sent).toBe(first + 1);
  });

  test('a restarted device is found again by its own report', async () => {
    await plant.start({ users: [operator] });
    await sysName(operator);
    plant.plant.devices[0]?.agent.usm.restart();
    expect(await sysName(operator)).toBe('switch-0');
    expect(plant.manager.counters.timeouts).toBe(0);
  });

  test('a restarted device that keeps no count of its starts is heard, whatever its clock says', async () => {
    await plant.start({ users: [operator] });
    const usm = plant.plant.devices[0]?.agent.usm;
    if (usm === undefined) throw new Error('there is no device');
    usm.clockHabit = 'lax';
    for (const starts of [0, 3]) {
      for (let start = 0; start < starts; start++) usm.restart();
      await sysName(operator);
      usm.loseClock();
      expect(await sysName(operator)).toBe('switch-0');
      expect(await sysName(operator)).toBe('switch-0');
    }
    usm.clockHabit = 'strict';
    usm.loseClock();
    expect(await sysName(operator)).toBe('switch-0');
    expect(plant.manager.counters.timeouts).toBe(0);
  });

  test('a device that tells its clock only in reports that it does not sign is heard', async () => {
    await plant.start({ users: [operator] });
    const usm = plant.plant.devices[0]?.agent.usm;
    if (usm === undefined) throw new Error('there is no device');
    usm.clockHabit = 'bare';
    expect(await sysName(operator)).toBe('switch-0');
    expect(plant.manager.counters.timeouts).toBe(0);
  });

  test('a device replaced behind its address is discovered anew', async () => {
    await plant.start({ users: [operator], address: '127.77.9.1' });
    const port = plant.plant.port;
    const session = plant.userSession(operator);
    await session.getValues([SYS_NAME]);
    await plant.plant.stop();
    await plant.start({ users: [operator], address: '127.77.9.1', port, engineName: 'the new one' });
    expect(await session.getValues([SYS_NAME])).toHaveLength(1);
  });

  test.each<readonly [string, Partial<UsmUser>]>([
    ['a wrong authentication password', { authPassword: 'other words' }],
    ['a wrong privacy password', { privPassword: 'other words' }],
    ['an unknown user', { secName: 'nobody' }],
    ['another authentication protocol', { authProtocol: 'SHA' }],
    ['another privacy protocol', { privProtocol: 'AES256' }],
  ])('%s is an error of authentication', async (_, change) => {
    await plant.start({ users: [operator] });
    await sysName(operator);
    await expect(sysName({ ...operator, ...change })).rejects.toMatchObject({ kind: 'auth' });
    expect(await sysName(operator)).toBe('switch-0');
  });

  test('a level above that of the user is an error of authentication', async () => {
    await plant.start({ users: [{ secName: 'operator', secLevel: 'noAuthNoPriv' }] });
    await expect(sysName(operator)).rejects.toMatchObject({ kind: 'auth' });
    expect(await sysName({ secName: 'operator', secLevel: 'noAuthNoPriv' })).toBe('switch-0');
  });

  test('a dead device is a timeout, not a wrong password', async () => {
    await plant.start({ users: [operator], behaviour: { kind: 'dead' } });
    await expect(sysName(operator)).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('answers with another message id are dropped', async () => {
    await plant.start({ users: [operator], behaviour: { kind: 'wrongId' } });
    await expect(sysName(operator)).rejects.toBeDefined();
    expect(plant.manager.counters.droppedUnknownId).toBeGreaterThan(0);
  });
});
