import { MibImage, type Plant, startPlant } from '@stratora/simulator';
import { ValueType } from '@stratora/snmp';
import { afterEach, expect, test } from 'vitest';
import { InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './snmp-input.ts';
import type { SnmpOptions } from './snmp-options.ts';

const UPTIME = '1.3.6.1.2.1.1.3.0';
const NAME = '1.3.6.1.2.1.1.5.0';
const FIELDS = [
  { name: 'uptime', oid: UPTIME },
  { name: 'sysName', oid: NAME, is_tag: true },
];

let plant: Plant | undefined;
let harness: InputHarness<SnmpOptions> | undefined;

afterEach(async () => {
  await harness?.stop();
  await plant?.stop();
});

/** The lines without their times. */
function plain(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/ \d+$/, ''));
}

test('a tag of the fields that cannot be read keeps its last value', async () => {
  let isOdd = false;
  const image = new MibImage([
    { oid: UPTIME, type: ValueType.timeTicks, value: 1 },
    { oid: NAME, type: ValueType.octetString, value: 'dev1' },
  ]);
  const oddImage = new MibImage([
    { oid: UPTIME, type: ValueType.timeTicks, value: 1 },
    { oid: NAME, type: ValueType.octetString, value: 'dev1', sent: Buffer.from('4703616263', 'hex') },
  ]);
  plant = await startPlant({
    devices: [
      {
        address: '127.0.3.1',
        get image() {
          return isOdd ? oddImage : image;
        },
      },
    ],
  });
  harness = new InputHarness(plugin, { agents: [`127.0.3.1:${plant.port}`], field: FIELDS });
  const [before] = plain(await harness.gather());
  isOdd = true;
  expect(plain(await harness.gather())).toEqual([before]);
  expect(harness.status?.message).toContain(`sysName (${NAME}: a type that SNMP does not have)`);
});
