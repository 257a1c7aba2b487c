import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isAlive, SmallDisk, seededRandom, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showTable } from './measured-table.ts';
import { QueueFixture } from './queue-fixture.ts';

const RECORDS = 30;
const LINES_OF_A_RECORD = 10;
/** Number of damages of each kind to each file, by STRATORA_TEST_DAMAGE_ROUNDS; 5 in the deep run. */
const ROUNDS = Number(process.env['STRATORA_TEST_DAMAGE_ROUNDS'] ?? 1);
const AT_ONCE = 4;

const DAMAGES = ['flipped', 'cut', 'emptied'] as const;
type Damage = (typeof DAMAGES)[number];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

describe('a collector with a damaged file', () => {
  const { random, seed } = seededRandom();
  let template: QueueFixture;
  let files: string[] = [];
  const rows: {
    file: string;
    damage: Damage;
    'lines lost': number;
    'records counted': number;
    'sent twice': number;
  }[] = [];

  beforeAll(async () => {
    template = await QueueFixture.prepare('damaged');
    await template.begin();
    await waitFor(() => template.server.reports.length > 0, { what: 'a running config' });
    await template.server.stop();
    for (let record = 0; record < RECORDS; record += 1)
      expect(await template.deliver(LINES_OF_A_RECORD)).toBe(true);
    const handedAt = Date.now();
    await waitFor(
      async () => {
        const written = Date.parse((await template.collector.status())?.updated_at ?? '');
        return written > handedAt && existsSync(join(template.collector.stateDir, 'spool/cursor.json'));
      },
      { timeoutMs: 60_000, what: 'the cursor and the status on disk' },
    );
    await template.collector.stop('SIGKILL');
    files = filesBelow(template.collector.stateDir).filter((name) => !name.endsWith('.tmp'));
  });
  afterAll(async () => {
    showTable('damaged-state', rows, [`STRATORA_TEST_SEED=${seed}`]);
    await template?.dispose();
  });

  async function damage(path: string, kind: Damage): Promise<void> {
    const bytes = await readFile(path);
    if (kind === 'flipped') {
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      await writeFile(path, bytes);
      return;
    }
    await writeFile(path, kind === 'cut' ? bytes.subarray(0, Math.floor(random() * bytes.length)) : '');
  }

  async function survive(file: string, kind: Damage): Promise<void> {
    const fixture = await QueueFixture.prepare('damaged');
    const what = `${file} ${kind}, seed ${seed}`;
    try {
      await fixture.takeOver(template);
      await damage(join(fixture.collector.stateDir, file), kind);
      await fixture.begin();
      const isSegment = file.endsWith('.seg');
      const worst =
        isSegment && kind !== 'flipped' ? RECORDS * LINES_OF_A_RECORD : isSegment ? LINES_OF_A_RECORD : 0;
      // The newest line is delivered last: an older one that is missing by then is lost.
      expect(await fixture.deliver(1), what).toBe(true);
      const missing = await waitFor(
        async () => {
          const lines = await fixture.missing();
          return lines.length <= worst && fixture.arrived.includes(fixture.deliveredCount - 1) && { lines };
        },
        { timeoutMs: 60_000, what: `the data with ${what}` },
      );
      const lost = missing.lines.length;
      expect(fixture.server.callsTo('/api/v1/components/register'), what).toEqual([]);
      const status = await waitFor(
        async () => {
          const now = await fixture.collector.status();
          return (
            now?.pid === fixture.collector.pid &&
            now.engine.running &&
            now.connection.state === 'connected' &&
            now
          );
        },
        { timeoutMs: 60_000, what: `a status with ${what}` },
      );
      expect(isAlive(fixture.collector.pid), what).toBe(true);
      expect(status.config.running_hash, what).toBe(fixture.server.configHash);
      // Every loss is reported, unless the file ended early, as after a death in the middle of a write.
      // A record may be the engine's own, with none of the numbered lines.
      if (kind === 'flipped') {
        expect(status.spool.damagedRecords, what).toBeLessThanOrEqual(1);
        if (lost > 0) expect(status.spool.damagedRecords, what).toBe(1);
      }
      rows.push({
        file: file.replace(/[0-9a-f]{16,}/, 'HASH'),
        damage: kind,
        'lines lost': lost,
        'records counted': status.spool.damagedRecords,
        'sent twice': fixture.arrived.length - new Set(fixture.arrived).size,
      });
    } finally {
      await fixture.dispose();
    }
  }

  it(
    'starts, is who it was, runs its config and keeps its queue, whichever file and damage',
    async () => {
      const cases = files.flatMap((file) => {
        const one = file.endsWith('.seg') ? 'flipped' : DAMAGES[Math.floor(random() * DAMAGES.length)];
        const kinds = ROUNDS > 1 ? DAMAGES : [one ?? 'cut'];
        return kinds.flatMap((kind) => Array.from({ length: ROUNDS }, () => [file, kind] as const));
      });
      expect(files).toEqual(
        expect.arrayContaining(['identity.json', 'identity.json.copy', 'spool/cursor.json']),
      );
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let next = cases.shift(); next; next = cases.shift()) await survive(...next);
        }),
      );
    },
    180_000 + ROUNDS * 120_000,
  );
});

describe('a collector on a small disk', () => {
  const disk = SmallDisk.mount(12);
  afterAll(() => disk?.dispose());

  it.skipIf(!disk)(
    'gives up the oldest, refuses when there is nothing to give, and damages nothing',
    async () => {
      const { path } = disk as SmallDisk;
      const fixture = await QueueFixture.prepare('small-disk', join(path, 'state'));
      const { random } = seededRandom();
      // The digits do not compress well, and no tag of them comes twice.
      const padding = () => `,x=${Array.from({ length: 20 }, () => Math.floor(random() * 1e15)).join('')}`;
      try {
        await fixture.begin();
        await waitFor(() => fixture.server.reports.length > 0, { what: 'a running config' });
        await fixture.server.stop();
        for (let write = 0; write < 300; write += 1) expect(await fixture.deliver(200, padding)).toBe(true);
        await waitFor(async () => ((await fixture.collector.status())?.spool.droppedLines ?? 0) > 0, {
          timeoutMs: 60_000,
          what: 'a word of what was given up',
        });
        const used = filesBelow(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
        expect(used).toBeLessThan(7 * 2 ** 20);

        (disk as SmallDisk).fill();
        for (let tries = 0; tries < 20; tries += 1) await fixture.deliver(200, padding);
        expect(isAlive(fixture.collector.pid)).toBe(true);
        await fixture.collector.stop('SIGKILL');
        fixture.collector.launch();
        await waitFor(() => fixture.deliver(0), {
          what: 'the intake after a start on the full disk',
          everyMs: 50,
        });
        (disk as SmallDisk).free();
        await waitFor(() => fixture.deliver(10), { timeoutMs: 60_000, what: 'a write that is taken' });

        await fixture.server.start();
        await waitFor(() => fixture.arrived.includes(fixture.deliveredCount - 1), {
          timeoutMs: 60_000,
          what: 'the newest line',
        });
        const status = await waitFor(
          async () => {
            const now = await fixture.collector.status();
            return now?.spool.pendingBytes === 0 && now;
          },
          { timeoutMs: 60_000, what: 'an empty queue' },
        );
        // The dropped lines may include pings of the engine's own, one every ten seconds.
        const ofEngine = status.spool.droppedLines - (await fixture.missing()).length;
        expect(ofEngine).toBeGreaterThanOrEqual(0);
        expect(ofEngine).toBeLessThan(20);
        expect(status.spool.damagedRecords).toBe(0);
        const reported = await waitFor(
          () => {
            const queue = fixture.server.reports.at(-1)?.['queue'] as
              | { gaps?: { count: number }[] }
              | undefined;
            return queue?.gaps;
          },
          { timeoutMs: 30_000, what: 'a report of the gap' },
        );
        expect(reported.reduce((sum, gap) => sum + gap.count, 0)).toBe(status.spool.droppedLines);
        expect(fixture.server.callsTo('/api/v1/components/register')).toHaveLength(1);
      } finally {
        await fixture.dispose();
      }
    },
    300_000,
  );
});
