import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compileOids, createSnmpManager, readSnmprec, readValue } from '@stratora/snmp';
import { describe, expect, test } from 'vitest';
import { MibImage } from './mib-image.ts';
import { startPlant } from './plant.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/devices/captures');
const hasCaptures = existsSync(FOLDER);
/** One of so many captures is replayed whole; all of them would take minutes. */
const REPLAY_ONE_IN = 40;

if (!hasCaptures) process.stderr.write('captures of real devices are absent: their tests are skipped\n');

describe.skipIf(!hasCaptures)('captures of real devices', () => {
  const names = hasCaptures ? readdirSync(FOLDER).toSorted() : [];
  const chosen = names.filter((_, at) => at % REPLAY_ONE_IN === 0);

  test('are read without a line left out', () => {
    for (const name of chosen) {
      const { objects, skipped } = readSnmprec(readFileSync(path.join(FOLDER, name), 'utf8'));
      expect({ name, skipped }).toEqual({ name, skipped: [] });
      expect(objects.length).toBeGreaterThan(0);
    }
  });

  test('come back whole from a walk', { timeout: 60_000 }, async () => {
    const manager = createSnmpManager();
    const root = compileOids(['1.3', '1.0']);
    for (const name of chosen) {
      const { objects } = readSnmprec(readFileSync(path.join(FOLDER, name), 'utf8'));
      const image = new MibImage(objects);
      const plant = await startPlant({ devices: [{ address: '127.81.0.1', image }] });
      const session = manager.session({
        host: '127.81.0.1',
        port: plant.port,
        version: 2,
        community: 'public',
      });
      const counts = [0, 0];
      let sum = 0;
      await session.walk(root, (cell) => {
        counts[cell.column] = (counts[cell.column] ?? 0) + 1;
        if (readValue(cell) !== undefined) sum++;
      });
      expect({ name, objects: sum }).toEqual({ name, objects: objects.length });
      session.close();
      await plant.stop();
    }
    await manager.close();
  });
});
