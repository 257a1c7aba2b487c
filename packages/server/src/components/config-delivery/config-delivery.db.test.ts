import { resolve } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import { readConfig } from '@stratora/telegraf';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CredentialService } from '../../inventory/credentials/credential-service.ts';
import { NodeService } from '../../inventory/nodes/index.ts';
import { TemplateRegistry, TemplateService } from '../../inventory/templates/index.ts';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { claimDue, holdsClaim, settleClaim } from '../../platform/dirty-marks/dirty-mark-queries.ts';
import { markAllDirty } from '../../platform/dirty-marks/index.ts';
import { KeyRing } from '../../platform/secrets/index.ts';
import { ConfigRenderer } from '../config-render/index.ts';
import {
  beginRollouts,
  findVersionsFor,
  listReferredVersions,
  lockMember,
  recordReleasedGeneration,
} from '../rollouts/index.ts';
import { ConfigDeliveryService } from './config-delivery-service.ts';

const TEMPLATES = resolve(import.meta.dirname, '../../../../../templates');

describe('config delivery', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let credentials: CredentialService;
  let nodes: NodeService;
  let delivery: ConfigDeliveryService;
  let collectorId: string;
  let otherId: string;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    const keys = new KeyRing(new Map([[1, 'ab'.repeat(32)]]));
    const logger = silentLogger();
    const templates = new TemplateRegistry(TEMPLATES, logger);
    await new TemplateService({
      db: database.db,
      logger,
      registry: templates,
      version: '1.0.0',
      onPublished: (tx, changes, why) => beginRollouts(tx, changes, { ...why, soakSeconds: 0 }),
      listVersionsInUse: listReferredVersions,
    }).start();
    expect(templates.faults).toEqual([]);
    credentials = new CredentialService(database.db, keys);
    nodes = new NodeService({ db: database.db, findTemplate: (slug) => templates.find(slug) });
    delivery = new ConfigDeliveryService({
      db: database.db,
      logger,
      cipher: keys,
      renderer: new ConfigRenderer({
        db: database.db,
        logger,
        openCredential: (row) => credentials.open(row),
        versionsFor: findVersionsFor,
      }),
      rollout: { lock: lockMember, record: recordReleasedGeneration },
      observe: () => {},
    });
    collectorId = await addCollector('hall-3');
    otherId = await addCollector('hall-4');
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    await sql`DELETE FROM nodes`.execute(database.db);
    await sql`DELETE FROM collector_config_dirty`.execute(database.db);
    await sql`DELETE FROM collector_configs`.execute(database.db);
    delivery.forgetAll();
  });

  async function addCollector(hostname: string): Promise<string> {
    const row = await database.db
      .insertInto('remote_components')
      .values({
        component_type: 'collector',
        name: hostname,
        hostname,
        machine_id: null,
        version: '1',
        os: 'linux',
        arch: 'x64',
        approval: 'approved',
        site_id: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async function addNode(name: string, more: Record<string, unknown> = {}) {
    return nodes.create(SERVER_ACTOR, {
      name,
      ip_address: '127.0.0.9',
      allow_duplicate: true,
      node_type: 'switch',
      template: 'generic-snmp',
      snmp_port: 161,
      collector_id: collectorId,
      ...more,
    });
  }

  async function due(): Promise<void> {
    await sql`UPDATE collector_config_dirty SET due_at = now() - interval '1 s'`.execute(database.db);
    await delivery.renderDue();
    // What the notification of the new generation does on a running server.
    delivery.forgetAll();
  }

  async function textOf(id: string): Promise<string> {
    return (await delivery.find(id))?.text.toString('utf8') ?? '';
  }

  async function generations(id: string): Promise<number[]> {
    const rows = await database.db
      .selectFrom('collector_configs')
      .select('generation')
      .where('component_id', '=', id)
      .orderBy('generation')
      .execute();
    return rows.map(({ generation }) => generation);
  }

  it('gives a collector the nodes it polls, bound by their tags, and no secret of any other', async () => {
    const node = await addNode('press-07');
    const credential = await credentials.create(SERVER_ACTOR, {
      name: 'plant',
      type: 'snmp_v2c',
      enabled: true,
      secret: { community: 'plant $HOME ${X} @{a:b} "quoted"\\' },
    });
    await nodes.attachCredential(SERVER_ACTOR, { nodeId: node.id, purpose: 'snmp' }, credential.id);
    await addNode('press-08', { collector_id: otherId });
    const { config } = readConfig(await textOf(collectorId));
    expect(config.globalTags).toEqual({ collector_id: collectorId });
    expect(new Set(config.inputs.map(({ tags }) => tags?.['node_id']))).toEqual(new Set([node.id]));
    const snmp = config.inputs.filter(({ plugin }) => plugin === 'snmp');
    expect(snmp.length).toBeGreaterThanOrEqual(3);
    for (const { options } of snmp) {
      expect(options).toMatchObject({
        agents: ['udp://127.0.0.9:161'],
        version: 2,
        community: 'plant $HOME ${X} @{a:b} "quoted"\\',
      });
    }
    await database.db.deleteFrom('node_credentials').execute();
    await credentials.delete(SERVER_ACTOR, credential.id);
  });

  it('makes one generation of a burst of changes, for the collector concerned and for no other', async () => {
    await delivery.find(collectorId);
    await delivery.find(otherId);
    for (let index = 0; index < 20; index += 1) await addNode(`node-${index}`);
    await due();
    expect(await generations(collectorId)).toEqual([1, 2]);
    expect(await generations(otherId)).toEqual([1]);
  });

  it('waits for the end of a burst, but not for ever', async () => {
    await addNode('first');
    const read = async () => {
      const { rows } = await sql<{ wait: number }>`
        SELECT extract(epoch FROM due_at - now())::float AS wait FROM collector_config_dirty
        WHERE component_id = ${collectorId}`.execute(database.db);
      return rows[0]?.wait ?? Number.NaN;
    };
    expect(await read()).toBeGreaterThan(3.5);
    expect(await read()).toBeLessThanOrEqual(5);
    await sql`UPDATE collector_config_dirty SET dirty_since = now() - interval '14 s'`.execute(database.db);
    await addNode('another');
    expect(await read()).toBeLessThanOrEqual(1);
  });

  it('renders the same rows to the same bytes', async () => {
    await addNode('a');
    await addNode('b', { ip_address: 'fe80::1' });
    const first = await textOf(collectorId);
    await markAllDirty(database.db, { cause: 'server start', actor: null });
    await due();
    expect(await textOf(collectorId)).toBe(first);
    expect(await generations(collectorId)).toEqual([1]);
    expect(first).toContain('urls = ["fe80::1"]');
  });

  it('leaves out a node whose secret cannot be read, names it, and goes on with the others', async () => {
    const good = await addNode('good');
    const bad = await addNode('bad');
    const credential = await credentials.create(SERVER_ACTOR, {
      name: 'spoiled',
      type: 'snmp_v2c',
      enabled: true,
      secret: { community: 'public' },
    });
    await nodes.attachCredential(SERVER_ACTOR, { nodeId: bad.id, purpose: 'snmp' }, credential.id);
    await sql`UPDATE credentials SET secret = '\\x00' WHERE id = ${credential.id}`.execute(database.db);
    const text = await textOf(collectorId);
    expect(text).toContain(good.id);
    expect(text).not.toContain(bad.id);
    const row = await database.db
      .selectFrom('collector_configs')
      .select('left_out')
      .executeTakeFirstOrThrow();
    expect(row.left_out).toEqual([
      { node_id: bad.id, name: 'bad', reason: expect.stringContaining('credential') as string },
    ]);
    await sql`DELETE FROM node_credentials`.execute(database.db);
    await sql`DELETE FROM credentials`.execute(database.db);
  });

  it('leaves out a node whose address no engine would take, names it, and goes on with the others', async () => {
    const good = await addNode('good');
    const bad = await addNode('bad');
    await sql`UPDATE nodes SET ip_address = 'gw..lan' WHERE id = ${bad.id}`.execute(database.db);
    const text = await textOf(collectorId);
    expect(text).toContain(good.id);
    expect(text).not.toContain(bad.id);
    const row = await database.db
      .selectFrom('collector_configs')
      .select('left_out')
      .executeTakeFirstOrThrow();
    const reason = 'address: must be an IPv4 address, an IPv6 address or a DNS name';
    expect(row.left_out).toEqual([{ node_id: bad.id, name: 'bad', reason }]);
  });

  it('keeps a mark that arrives while it renders', async () => {
    await addNode('a');
    await sql`UPDATE collector_config_dirty SET due_at = now() - interval '1 s'`.execute(database.db);
    const [claim] = await claimDue(database.db, 10);
    expect(await claimDue(database.db, 10)).toEqual([]);
    await addNode('b');
    if (claim) await database.db.transaction().execute((tx) => settleClaim(tx, claim));
    await due();
    expect(await textOf(collectorId)).toContain('node_name = "b"');
  });

  it('takes no config from a server whose claim ran out', async () => {
    await addNode('a');
    await sql`UPDATE collector_config_dirty SET due_at = now() - interval '1 s'`.execute(database.db);
    const [slow] = await claimDue(database.db, 10);
    await sql`UPDATE collector_config_dirty SET claimed_until = now() - interval '1 s'`.execute(database.db);
    const [quick] = await claimDue(database.db, 10);
    if (!slow || !quick) throw new Error('there is no claim');
    await database.db.transaction().execute(async (tx) => {
      expect(await holdsClaim(tx, slow)).toBe(false);
      await settleClaim(tx, slow);
      expect(await holdsClaim(tx, quick)).toBe(true);
      await settleClaim(tx, quick);
      expect(await holdsClaim(tx, quick)).toBe(false);
    });
  });

  it('leaves out of a config for Telegraf what Telegraf would look up, and names it', async () => {
    const credential = await credentials.create(SERVER_ACTOR, {
      name: 'references',
      type: 'snmp_v3',
      enabled: true,
      secret: {
        username: 'monitor',
        security_level: 'authNoPriv',
        auth_protocol: 'SHA256',
        auth_password: 'pass @{store:key} word',
      },
    });
    const [plain, odd] = [await addNode('plain'), await addNode('odd')];
    await nodes.attachCredential(SERVER_ACTOR, { nodeId: odd.id, purpose: 'snmp' }, credential.id);
    expect(await textOf(collectorId)).toContain('pass @{store:key} word');
    const choose = (engine: string) =>
      sql`UPDATE remote_components SET engine_choice = ${engine} WHERE id = ${collectorId}`.execute(
        database.db,
      );
    await choose('telegraf');
    await markAllDirty(database.db, { cause: 'engine', actor: null });
    await due();
    const text = await textOf(collectorId);
    expect(text.split('\n', 1)).toEqual(['# stratora: engine = "telegraf"']);
    expect(text).toContain(plain.id);
    expect(text).not.toContain(odd.id);
    const row = await database.db
      .selectFrom('collector_configs')
      .select(['left_out', 'node_count'])
      .where('component_id', '=', collectorId)
      .orderBy('generation', 'desc')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      node_count: 1,
      left_out: [
        { node_id: odd.id, name: 'odd', reason: expect.stringContaining('auth_password') as string },
      ],
    });
    await choose('auto');
    await database.db.deleteFrom('node_credentials').execute();
    await credentials.delete(SERVER_ACTOR, credential.id);
  });

  it('keeps the text encrypted at rest', async () => {
    await addNode('press-07');
    await delivery.find(collectorId);
    const { rows } = await sql<{ plain: number }>`
      SELECT position('press-07'::bytea IN body) AS plain FROM collector_configs`.execute(database.db);
    expect(rows).toEqual([{ plain: 0 }]);
  });
});
