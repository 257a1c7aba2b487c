import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import type { WhereEntry } from '@stratora/topology';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../../platform/db/index.ts';
import { readStart } from './derivation-read-queries.ts';
import { writePlaces } from './derivation-write-queries.ts';
import { PlaceBook, type PlaceChanges } from './place-book.ts';
import { NOW, where } from './topology-scene.test-support.ts';

const COUNT = 100_000;

describe('the places of 100,000 addresses', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let node: string;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    const { rows } = await sql<{ id: string }>`
      INSERT INTO nodes (name, ip_address, node_type, site_id, template)
      SELECT 'sw', 'sw', 'switch', id, 'ping' FROM sites WHERE is_default RETURNING id`.execute(database.db);
    node = rows[0]?.id ?? '';
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  function entry(index: number, port = index % 48): WhereEntry {
    const octets = [16, 8, 0].map((bits) => ((index >> bits) & 255).toString(16).padStart(2, '0'));
    return where(`02:00:00:${octets.join(':')}`, `sw ${port}`, {
      nodeId: node,
      ipAddresses: [`10.0.0.${index}`],
    });
  }
  async function write({ written, unseen, left }: PlaceChanges): Promise<void> {
    const inParts = (rows: readonly unknown[]) =>
      Array.from({ length: Math.ceil(rows.length / 2000) }, (_, part) =>
        JSON.stringify(rows.slice(part * 2000, part * 2000 + 2000)),
      );
    const parts = { written: inParts(written), unseen: inParts(unseen), left: inParts(left) };
    await database.db.transaction().execute((tx) => writePlaces(tx, parts, new Date(NOW)));
  }
  const counts = async () => {
    const { rows } = await sql<{ here: number; unseen: number; left: number }>`
      SELECT count(*) FILTER (WHERE left_at IS NULL)::int AS here,
        count(*) FILTER (WHERE left_at IS NULL AND last_seen_at IS NOT NULL)::int AS unseen,
        count(*) FILTER (WHERE left_at IS NOT NULL)::int AS left FROM address_places`.execute(database.db);
    return rows[0];
  };

  it('are written once, and read by a server that takes over as they were written', async () => {
    const entries = Array.from({ length: COUNT }, (_, index) => entry(index));
    const book = new PlaceBook([], 0);
    const begun = performance.now();
    await write(book.take(entries, () => undefined, NOW));
    const writtenMs = performance.now() - begun;
    const { places } = await readStart(database.db);
    process.stdout.write(
      `100,000 places: written in ${Math.round(writtenMs)} ms, read in ${Math.round(performance.now() - begun - writtenMs)} ms\n`,
    );
    expect(places).toHaveLength(COUNT);
    const other = new PlaceBook(places, NOW);
    const same = other.take(entries, () => undefined, NOW);
    expect([same.written.length, same.unseen.length, same.left.length]).toEqual([0, 0, 0]);

    // One has moved, one is silent, one is new.
    const later = [...entries.slice(2), entry(0, 47), entry(COUNT)];
    const change = other.take(later, () => undefined, NOW + 1000);
    expect([change.written.length, change.unseen.length, change.left.length]).toEqual([2, 1, 1]);
    await write(change);
    expect(await counts()).toEqual({ here: COUNT + 1, unseen: 1, left: 1 });
    await write(other.take([...later, entry(1)], () => undefined, NOW + 2000));
    expect(await counts()).toEqual({ here: COUNT + 1, unseen: 0, left: 1 });
  });
});
