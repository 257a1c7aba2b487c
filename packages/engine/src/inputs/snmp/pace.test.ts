import { MibImage, networkDeviceObjects, type Plant, startPlant } from '@stratora/simulator';
import { afterEach, describe, expect, test } from 'vitest';
import { InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './snmp-input.ts';

const ENTRY = '1.3.6.1.2.1.2.2.1';
const PORTS = 6;
const TABLE = {
  name: 'interface',
  field: [
    { name: 'ifDescr', oid: `${ENTRY}.2`, is_tag: true },
    { name: 'ifInOctets', oid: `${ENTRY}.10` },
    { name: 'ifOutOctets', oid: `${ENTRY}.16` },
  ],
};
const FIELD = [{ name: 'uptime', oid: '1.3.6.1.2.1.1.3.0' }];

let plant: Plant | undefined;
afterEach(async () => {
  await plant?.stop();
  plant = undefined;
});

/** Polls a switch of six ports with these options; blocks that run side by side share the device, as those of a node do. */
async function poll(options: object, { blocks = 1, behaviour = {} } = {}) {
  const image = new MibImage(networkDeviceObjects({ ports: PORTS }));
  plant = await startPlant({ devices: [{ address: '127.0.0.1', image, ...behaviour }] });
  const asked = { agents: [`udp://127.0.0.1:${plant.port}`], timeout: '1s', retries: 1 };
  const first = new InputHarness(plugin, { ...asked, field: FIELD, table: [TABLE], ...options });
  const harnesses = [first];
  while (harnesses.length < blocks) {
    const services = { services: first.services };
    harnesses.push(new InputHarness(plugin, { ...asked, table: [TABLE], ...options }, services));
  }
  const lines = (await Promise.all(harnesses.map((harness) => harness.gather()))).flat();
  for (const harness of harnesses.toReversed()) await harness.stop();
  const tally = plant.devices[0]?.agent.tally;
  if (tally === undefined) throw new Error('no device');
  return { lines, tally, statuses: harnesses.map(({ status }) => status) };
}

describe('the pace of a fragile device', () => {
  test('is no matter of what is read, nor is anything ever written', async () => {
    const fast = await poll({});
    await plant?.stop();
    const slow = await poll({ getbulk: false, requests_per_second: 20 });
    expect(slow.lines.map((line) => line.replace(/=\d+i/g, ''))).toEqual(
      fast.lines.map((line) => line.replace(/=\d+i/g, '')),
    );
    expect(fast.tally).toMatchObject({ others: 0 });
    expect(slow.tally).toMatchObject({ others: 0 });
    expect(fast.tally.getBulk).toBeGreaterThan(0);
  });

  test('holds the rate over all inputs of the node, and never shortens a gap', async () => {
    const { tally, statuses } = await poll({ getbulk: false, requests_per_second: 5 }, { blocks: 2 });
    expect(statuses.map((status) => status?.status)).toEqual(['ok', 'ok']);
    expect(tally.get + tally.getNext).toBeGreaterThan(10);
    expect(tally.mostPerSecond).toBeLessThanOrEqual(5);
  });

  test('asks by GETNEXT alone where GETBULK is switched off', async () => {
    const { tally } = await poll({ getbulk: false });
    expect(tally).toMatchObject({ getBulk: 0 });
    // Each row with the columns side by side, and one more that finds the end.
    expect(tally.getNext).toBe(PORTS + 1);
  });

  test('asks for no more rows at once than it says', async () => {
    const { tally } = await poll({ max_repetitions: 2 });
    expect(tally.mostRepetitions).toBe(2);
  });

  test('leaves out what is over the budget of a cycle, and says so', async () => {
    const { tally, lines, statuses } = await poll({ getbulk: false, requests_per_cycle: 4 });
    expect(tally.get + tally.getNext).toBe(4);
    expect(statuses[0]).toMatchObject({ status: 'limit' });
    expect(statuses[0]?.message).toContain('more often than its pace allows');
    expect(lines.length).toBeGreaterThan(1);
  });

  test('counts repeats to a silent device', async () => {
    const started = performance.now();
    const { tally, statuses } = await poll(
      { requests_per_second: 0.5, retries: 1, timeout: '500ms' },
      { behaviour: { behaviour: { kind: 'dead' } } },
    );
    expect(statuses[0]).toMatchObject({ status: 'timeout' });
    expect(tally.mostPerSecond).toBe(1);
    // The repeat waits for the pace, not for the timeout alone.
    expect(performance.now() - started).toBeGreaterThan(3900);
  });

  test.each([0, 0.01, 5000])('refuses %s requests per second', (rate) => {
    expect(
      () =>
        new InputHarness(plugin, {
          agents: ['udp://127.0.0.1:161'],
          field: FIELD,
          requests_per_second: rate,
        }),
    ).toThrow('requests per second');
  });
});
