import { type DeviceSpec, MibImage, type Plant, startPlant } from '@stratora/simulator';
import {
  type CaptureObject,
  createSnmpManager,
  RequestBudget,
  type SnmpManager,
  ValueType,
} from '@stratora/snmp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureSource } from './capture-source.ts';
import { book } from './made-up.test-support.ts';
import { readEvidence } from './read-evidence.ts';
import { snmpSource } from './snmp-source.ts';

const ADDRESS = '127.83.0.1';
const text = (oid: string, value: string): CaptureObject => ({ oid, type: ValueType.octetString, value });
const SYSTEM: CaptureObject[] = [
  text('1.3.6.1.2.1.1.1.0', 'Penguin box 5.1'),
  { oid: '1.3.6.1.2.1.1.2.0', type: ValueType.oid, value: '1.3.6.1.4.1.60003.3.2.10' },
  text('1.3.6.1.2.1.1.5.0', 'box'),
];
const ENTITIES: CaptureObject[] = Array.from({ length: 300 }, (_, row) => [
  { oid: `1.3.6.1.2.1.47.1.1.1.1.5.${row + 1}`, type: ValueType.integer, value: row === 0 ? 3 : 10 },
  text(`1.3.6.1.2.1.47.1.1.1.1.11.${row + 1}`, row === 0 ? 'CH-1' : ''),
]).flat();
const APPLIANCE = [
  text('1.3.6.1.4.1.60002.4.1.0', 'x'),
  text('1.3.6.1.4.1.60002.4.1.1', 'y'),
  text('1.3.6.1.4.1.60002.4.2.0', 'SN-7'),
];

let manager: SnmpManager;
let plant: Plant | undefined;

beforeEach(() => {
  manager = createSnmpManager();
});
afterEach(async () => {
  await manager.close();
  await plant?.stop();
  plant = undefined;
});

async function serve(objects: readonly CaptureObject[], spec: Partial<DeviceSpec> = {}) {
  plant = await startPlant({ devices: [{ address: ADDRESS, image: new MibImage(objects), ...spec }] });
  return { host: ADDRESS, port: plant.port, community: 'public', timeoutMs: 5_000, retries: 1 };
}

describe('a device that answers SNMP', () => {
  test.each([1, 2] as const)('is read by v%i as its recording is', async (version) => {
    const objects = [...SYSTEM, ...ENTITIES, ...APPLIANCE];
    const target = await serve(objects);
    const evidence = await readEvidence(
      snmpSource({ session: manager.session({ ...target, version }) }),
      book,
    );
    expect(evidence).toEqual(await readEvidence(captureSource(objects), book));
    expect(evidence.held?.get('1.3.6.1.4.1.60002.4')).toEqual({ oid: '1.3.6.1.4.1.60002.4.1.0', text: 'x' });
  });

  test('is asked little, however much it holds', async () => {
    const target = await serve([...SYSTEM, ...ENTITIES, ...APPLIANCE]);
    const budget = new RequestBudget({ durationMs: 60_000 });
    await readEvidence(snmpSource({ session: manager.session({ ...target, version: 2 }), budget }), book);
    expect(budget.answers).toBeLessThanOrEqual(12);
  });

  test('is read although it takes few objects at a time, or no GETBULK', async () => {
    const objects = [...SYSTEM, ...APPLIANCE];
    const target = await serve(objects, { behaviour: { kind: 'tooBig', varbinds: 1 } });
    const evidence = await readEvidence(
      snmpSource({ session: manager.session({ ...target, version: 2 }) }),
      book,
    );
    expect(evidence.values).toEqual(new Map([['1.3.6.1.4.1.60002.4.2.0', 'SN-7']]));
  });

  test('that is silent is an error, and so is an abort', async () => {
    const target = await serve(SYSTEM, { behaviour: { kind: 'dead' } });
    const session = manager.session({ ...target, version: 2, timeoutMs: 50, retries: 0 });
    await expect(readEvidence(snmpSource({ session }), book)).rejects.toMatchObject({ kind: 'timeout' });
    const signal = AbortSignal.abort(new Error('no more'));
    await expect(readEvidence(snmpSource({ session, signal }), book)).rejects.toThrow('no more');
  });
});
