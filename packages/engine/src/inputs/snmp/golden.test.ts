import { readdirSync, readFileSync } from 'node:fs';
import { MibImage, type Plant, startPlant } from '@stratora/simulator';
import { readSnmprec } from '@stratora/snmp';
import { readConfig } from '@stratora/telegraf';
import { afterEach, describe, expect, test } from 'vitest';
import { InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './snmp-input.ts';

const FOLDER = new URL('testcases/', import.meta.url);
let plant: Plant | undefined;

afterEach(async () => {
  await plant?.stop();
  plant = undefined;
});

/** What is said of a device where not all of it can be taken. */
const MESSAGES: Readonly<Record<string, string>> = {
  conversions:
    '1 value could not be read and is left out: not_a_number (1.3.6.1.4.1.99999.3.0: not the type that the object has).',
};

describe('a telegraf.conf against a recorded device', () => {
  test.each(readdirSync(FOLDER))('%s', async (name) => {
    const read = (file: string) => readFileSync(new URL(`${name}/${file}`, FOLDER), 'utf8');
    const image = new MibImage(readSnmprec(read('device.snmprec')).objects);
    plant = await startPlant({ devices: [{ address: '127.0.0.1', image }] });
    const conf = read('telegraf.conf').replace('DEVICE', `127.0.0.1:${plant.port}`);
    const [block] = readConfig(conf).config.inputs;
    const harness = new InputHarness(plugin, block?.options ?? {}, { tags: block?.tags ?? {} });
    const lines = await harness.gather();
    expect(`${lines.join('\n')}\n`).toBe(read('expected.out'));
    // A second poll takes the prefixes from the cache.
    expect(await harness.gather()).toEqual(lines);
    expect(harness.status?.message).toBe(MESSAGES[name] ?? '');
    await harness.stop();
  });
});

describe('a plant with dead and hostile devices', () => {
  test('every healthy device has all its rows in time, and each other one a reason', async () => {
    const objects = readSnmprec(readFileSync(new URL('interfaces/device.snmprec', FOLDER), 'utf8')).objects;
    const image = new MibImage(objects);
    const hostile = [
      'dead',
      'endless',
      'repeating',
      'backwards',
      'wrongId',
      'wrongCommunity',
      'spoofed',
      'garbage',
      'deep',
      'longInteger',
      'longLength',
      'generalError',
    ] as const;
    const healthy = Array.from({ length: 20 }, (_, index) => `127.0.1.${index + 1}`);
    plant = await startPlant({
      devices: [
        ...healthy.map((address) => ({ address, image })),
        ...hostile.map((kind, index) => ({ address: `127.0.2.${index + 1}`, image, behaviour: { kind } })),
      ],
    });
    const port = plant.port;
    const table = [
      {
        name: 'interface',
        index_as_tag: true,
        field: [
          { name: 'ifIndex', oid: '1.3.6.1.2.1.2.2.1.1' },
          { name: 'ifInErrors', oid: '1.3.6.1.2.1.2.2.1.14' },
        ],
      },
    ];
    const options = { timeout: '500ms', retries: 1, table };
    const first = new InputHarness(plugin, { ...options, agents: [`${healthy[0]}:${port}`] });
    const { services } = first;
    const other = (address: string) =>
      new InputHarness(
        plugin,
        { ...options, agents: [`${address}:${port}`] },
        { services, intervalMs: 5_000 },
      );
    const good = [first, ...healthy.slice(1).map(other)];
    const bad = hostile.map((_, index) => other(`127.0.2.${index + 1}`));
    const startedAt = performance.now();
    const badOnes = Promise.all(bad.map((harness) => harness.gather()));
    const rows = await Promise.all(good.map((harness) => harness.gather()));
    expect(performance.now() - startedAt).toBeLessThan(7_000);
    expect(rows.map((lines) => lines.length)).toEqual(healthy.map(() => 3));
    await badOnes;
    expect(performance.now() - startedAt).toBeLessThan(11_000);
    const statuses = Object.fromEntries(hostile.map((kind, index) => [kind, bad[index]?.status?.status]));
    expect(statuses).toMatchObject({
      dead: 'timeout',
      wrongId: 'bad_answer',
      spoofed: 'bad_answer',
      endless: 'limit',
      backwards: 'limit',
      longInteger: 'bad_answer',
    });
    expect(Object.values(statuses)).not.toContain('ok');
    for (const harness of [...bad, ...good]) await harness.stop();
  });
});
