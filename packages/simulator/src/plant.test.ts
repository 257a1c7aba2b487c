import { compileOids, createSnmpManager, readSnmprec, SnmpTable } from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { MibImage } from './mib-image.ts';
import { countAt, networkDeviceObjects } from './network-device.ts';
import { TestPlant } from './plant.test-support.ts';
import { type Plant, startPlant } from './plant.ts';
import { loopbackAddresses, runSimulator } from './run-simulator.ts';

const IN_OCTETS = '1.3.6.1.2.1.31.1.1.1.6.1';

describe('counters', () => {
  test('never fall, and grow at about their rate', () => {
    const start = 1_800_000_000;
    let last = countAt(start, 1_000);
    for (let second = 1; second <= 1_200; second++) {
      const next = countAt(start + second, 1_000);
      expect(next).toBeGreaterThanOrEqual(last);
      last = next;
    }
    expect((last - countAt(start, 1_000)) / 1_200).toBeCloseTo(1_000, -2);
  });

  test('are functions of the plant’s clock', async () => {
    let nowMs = 1_800_000_000_000;
    const image = new MibImage(networkDeviceObjects({ ports: 1 }));
    const plant = await startPlant({ devices: [{ address: '127.78.0.1', image }], nowMs: () => nowMs });
    const manager = createSnmpManager();
    const session = manager.session({
      host: '127.78.0.1',
      port: plant.port,
      version: 2,
      community: 'public',
    });
    const read = async (): Promise<unknown> => (await session.getValues([IN_OCTETS]))[0]?.value;
    const first = await read();
    expect(await read()).toBe(first);
    nowMs += 10_000;
    expect(Number(await read()) - Number(first)).toBeGreaterThan(10_000);
    await manager.close();
    await plant.stop();
  });
});

describe('a plant', () => {
  let plant: Plant | undefined;
  afterEach(async () => {
    await plant?.stop();
    plant = undefined;
  });

  test('of 2,000 devices answers from each address with its own name', async () => {
    plant = await runSimulator({ devices: 2_000, firstAddress: '127.79.0.1', port: 0, ports: 2 });
    const manager = createSnmpManager();
    const names = await Promise.all(
      plant.devices.map(async ({ address, port }) => {
        const session = manager.session({ host: address, port, version: 2, community: 'public' });
        const table = new SnmpTable();
        await session.walkTable(compileOids(['1.3.6.1.2.1.2.2.1.1']), table);
        return `${String((await session.getValues(['1.3.6.1.2.1.1.5.0']))[0]?.value)} ${table.rowCount}`;
      }),
    );
    expect(new Set(names).size).toBe(2_000);
    expect(names).toContain('switch-2000 2');
    expect(manager.counters.droppedWrongSource).toBe(0);
    await manager.close();
  });

  test('that cannot have an address leaves nothing open', async () => {
    plant = await runSimulator({ firstAddress: '127.80.0.2', port: 0 });
    const second = runSimulator({ devices: 3, firstAddress: '127.80.0.1', port: plant.port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const third = await runSimulator({ firstAddress: '127.80.0.1', port: plant.port });
    await third.stop();
  });

  test.each([
    ['8.8.8.8', 1],
    ['127.255.255.0', 1_000],
    ['127.0.0.256', 1],
    ['127.0.0.1', 0],
  ])('does not take %s for %d devices', (first, count) => {
    expect(() => loopbackAddresses(first, count)).toThrow(RangeError);
  });

  test('does not answer another community', async () => {
    const test = new TestPlant();
    await test.start({});
    await expect(test.session(0, { community: 'private' }).getValues([IN_OCTETS])).rejects.toMatchObject({
      kind: 'timeout',
    });
    await test.end();
  });
});

describe('captures', () => {
  test('keep their types, hex values and pipes, and tell what is skipped', () => {
    const { objects, skipped } = readSnmprec(
      [
        '1.3.6.1.2.1.1.1.0|4|text | with a pipe',
        '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9',
        '1.3.6.1.2.1.1.3.0|67|4711',
        '1.3.6.1.2.1.2.2.1.6.1|4x|00ff10',
        '1.3.6.1.2.1.31.1.1.1.6.1|70|18446744073709551615',
        'nonsense',
        '1.3.6.1.2.1.1.3.0|67|4712',
        '1.3.6.1.2.1.1.4.0|4x|0',
      ].join('\n'),
    );
    expect(objects.map((object) => object.value)).toEqual([
      'text | with a pipe',
      '1.3.6.1.4.1.9',
      4711,
      Buffer.from('00ff10', 'hex'),
      18_446_744_073_709_551_615n,
    ]);
    expect(skipped).toEqual([6, 7, 8]);
  });
});
