import { randomBytes } from 'node:crypto';
import { silentLogger } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { InstanceWatch } from './instance-watch.ts';

const name = () => randomBytes(16).toString('base64url');

describe('processes with one identity', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let clock: ManualClock;
  let watch: InstanceWatch;
  let component: string;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    clock = new ManualClock();
    watch = open();
    component = await makeComponent('hall-3');
  });

  const open = () => new InstanceWatch({ db: database.db, clock, logger: silentLogger() });

  async function makeComponent(hostname: string): Promise<string> {
    await sql`DELETE FROM remote_components`.execute(database.db);
    const { rows } = await sql<{ id: string }>`
      INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
      VALUES ('collector', ${hostname}, ${hostname}, '1', 'linux', 'x64', 'approved') RETURNING id`.execute(
      database.db,
    );
    const id = rows[0]?.id ?? '';
    await sql`INSERT INTO component_states (component_id) VALUES (${id})`.execute(database.db);
    return id;
  }

  /** Lets time pass for the server and for what is in the database alike. */
  async function pass(seconds: number): Promise<void> {
    await clock.advance(seconds * 1000);
    await sql`UPDATE component_instances SET first_heard_at = first_heard_at - ${seconds} * interval '1 s',
      last_heard_at = last_heard_at - ${seconds} * interval '1 s'`.execute(database.db);
  }

  const call = (instance: string, address = '192.0.2.1', at = watch) =>
    at.note(component, instance, () => address);

  async function isFlagged(): Promise<boolean> {
    await watch.round();
    const { rows } = await sql`SELECT FROM component_states WHERE identity_conflict_at IS NOT NULL`.execute(
      database.db,
    );
    return rows.length > 0;
  }

  async function audited(): Promise<unknown[]> {
    const { rows } = await sql<{ action: string; detail: unknown }>`
      SELECT action, detail FROM audit_log WHERE object_id = ${component} ORDER BY seq`.execute(database.db);
    return rows;
  }

  it('are noticed when both go on calling, and no more once one alone was heard for ten minutes', async () => {
    const [a, b] = [name(), name()];
    for (let round = 0; round < 3; round += 1) {
      call(a, '192.0.2.1');
      await pass(4);
      call(b, '192.0.2.9');
      await pass(6);
    }
    expect(await isFlagged()).toBe(true);
    expect(await audited()).toEqual([
      {
        action: 'component.identity_shared',
        detail: { name: 'hall-3', addresses: ['192.0.2.1', '192.0.2.9'] },
      },
    ]);
    for (let minute = 0; minute < 9; minute += 1) {
      call(b, '192.0.2.9');
      await pass(60);
      expect(await isFlagged()).toBe(true);
    }
    call(b);
    await pass(60);
    call(b);
    expect(await isFlagged()).toBe(false);
    expect(await audited()).toHaveLength(2);
  });

  it('are one process that was restarted when the first is not heard again', async () => {
    for (let restart = 0; restart < 20; restart += 1) {
      const instance = name();
      for (let beat = 0; beat < 3; beat += 1) {
        call(instance);
        await pass(10);
        expect(await isFlagged()).toBe(false);
      }
    }
  });

  it('are one when a last call of the old process arrives after the first of the new one', async () => {
    const [a, b] = [name(), name()];
    call(a);
    await pass(10);
    call(b);
    await pass(2);
    call(a);
    await pass(10);
    call(b);
    expect(await isFlagged()).toBe(false);
  });

  it('are noticed across servers, each of which hears one of the two', async () => {
    const [a, b] = [name(), name()];
    const other = open();
    for (let beat = 0; beat < 8; beat += 1) {
      call(a, '192.0.2.1', watch);
      call(b, '192.0.2.9', other);
      await pass(10);
      await other.round();
      await watch.round();
    }
    expect(await isFlagged()).toBe(true);
  });

  it('are told apart again after a server was restarted', async () => {
    const [a, b] = [name(), name()];
    call(a);
    await watch.round();
    await pass(10);
    watch = open();
    call(b);
    await pass(10);
    call(a);
    expect(await isFlagged()).toBe(true);
  });

  it('fill neither memory nor table, whatever they call themselves', async () => {
    for (const odd of ['', 'x', 'a'.repeat(23), `${'a'.repeat(21)} `, "';DROP TABLE"]) call(odd);
    await watch.round();
    const countRows = async () =>
      (await sql<{ n: number }>`SELECT count(*)::int AS n FROM component_instances`.execute(database.db))
        .rows[0]?.n;
    expect(await countRows()).toBe(0);
    for (let i = 0; i < 500; i += 1) call(name());
    await watch.round();
    expect(await countRows()).toBe(8);
    await pass(25 * 3600);
    await watch.round();
    expect(await countRows()).toBe(0);
  });

  it('are written once a minute while there is one', async () => {
    const instance = name();
    let writes = 0;
    for (let beat = 0; beat < 13; beat += 1) {
      call(instance);
      const before = await lastHeard();
      await watch.round();
      if ((await lastHeard()) !== before) writes += 1;
      await pass(10);
    }
    expect(writes).toBe(3);
  });

  async function lastHeard(): Promise<string | undefined> {
    const { rows } = await sql<{ at: string }>`SELECT xmin::text AS at FROM component_instances`.execute(
      database.db,
    );
    return rows[0]?.at;
  }
});
