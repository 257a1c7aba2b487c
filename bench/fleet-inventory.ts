import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from '@node-rs/bcrypt';
import { silentLogger } from '@stratora/runtime';
import { FastVerifier, mintApiKey } from '../packages/server/src/components/component-keys/index.ts';
import { type DatabaseConnection, openDatabase } from '../packages/server/src/platform/db/index.ts';
import { KeyRing, ServerSecrets } from '../packages/server/src/platform/secrets/index.ts';
import { CREDENTIAL_KEY } from './backend.ts';

/** An approved component in the database of a bench. */
export interface FleetMember {
  id: string;
  type: 'agent' | 'collector';
  hostname: string;
  apiKey: string;
  /** Nodes of the component; an agent has its own. */
  nodeIds: string[];
}

export interface FleetOrder {
  agents: number;
  collectors: number;
  nodesPerCollector: number;
  /** Whether the keys were proved before, as in a fleet that has connected before. */
  isProved: boolean;
  /** Name of the fleet, unique in its database. */
  name: string;
  /** Number of new keys that other fleets have taken already. */
  keysTaken?: number;
}

const BCRYPT_COST = 12;

/** Inserts a fleet into the database directly; one enrolment costs a bcrypt, and a thousand would take minutes. */
export async function addFleet(databaseUrl: string, order: FleetOrder): Promise<FleetMember[]> {
  const connection = openDatabase({ url: databaseUrl, logger: silentLogger() });
  try {
    const count = order.agents + order.collectors;
    const keys = order.isProved ? provedKeys(count) : await newKeys(order.keysTaken ?? 0, count);
    const verifier = order.isProved ? await verifierOf(connection) : undefined;
    const rows = keys.map(({ key, bcrypt }, index) => ({
      type: index < order.agents ? ('agent' as const) : ('collector' as const),
      host: `${order.name}-${index}`,
      key,
      bcrypt,
      verifier: verifier?.of(key) ?? null,
    }));
    return await insertAll(connection, rows, order.nodesPerCollector);
  } finally {
    await connection.close();
  }
}

interface StoredKey {
  key: string;
  bcrypt: string;
}

/** Makes keys that were proved before. They are never compared by bcrypt, so its hash does not matter. */
function provedKeys(count: number): StoredKey[] {
  return Array.from({ length: count }, () => ({ key: mintApiKey(), bcrypt: '-' }));
}

/** Makes keys with their real bcrypt hashes, once per machine: they are valid nowhere else. */
async function newKeys(taken: number, count: number): Promise<StoredKey[]> {
  const wanted = taken + count;
  const folder = join(tmpdir(), 'stratora-bench-keys');
  const file = join(folder, 'keys.json');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as StoredKey[],
    (): StoredKey[] => [],
  );
  if (known.length < wanted) {
    process.stdout.write(`making ${wanted - known.length} keys with bcrypt, kept for the next run\n`);
    const missing = Array.from({ length: wanted - known.length }, mintApiKey);
    known.push(
      ...(await Promise.all(
        missing.map(async (key) => ({ key, bcrypt: await hash(key, { cost: BCRYPT_COST }) })),
      )),
    );
    await writeFile(file, JSON.stringify(known), { mode: 0o600 });
  }
  return known.slice(taken, wanted);
}

/** Waits until the keys of all these components have been proved. */
export async function waitUntilProved(databaseUrl: string, ids: readonly string[]): Promise<void> {
  const connection = openDatabase({ url: databaseUrl, logger: silentLogger() });
  try {
    for (;;) {
      const { rows } = await connection.pool.query(
        'SELECT FROM component_keys WHERE component_id = ANY($1) AND fast_verifier IS NOT NULL',
        [ids],
      );
      if (rows.length >= ids.length) return;
      await sleep(100);
    }
  } finally {
    await connection.close();
  }
}

async function verifierOf({ db }: DatabaseConnection): Promise<FastVerifier> {
  const secrets = new ServerSecrets();
  await secrets.load(db, new KeyRing(new Map([[1, CREDENTIAL_KEY]])));
  return new FastVerifier(secrets.apiKeyPepper);
}

interface NewRow extends StoredKey {
  type: 'agent' | 'collector';
  host: string;
  verifier: Buffer | null;
}

async function insertAll(
  { pool }: DatabaseConnection,
  rows: readonly NewRow[],
  nodesPerCollector: number,
): Promise<FleetMember[]> {
  await pool.query(
    `WITH given AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[])
         AS t(type, host, key_id, bcrypt, verifier)
     ), components AS (
       INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval, approved_at)
       SELECT type, host, host, '0.1.0', 'linux', 'x64', 'approved', now() FROM given RETURNING id, hostname
     )
     INSERT INTO component_keys (key_id, component_id, key_bcrypt, fast_verifier)
     SELECT g.key_id, c.id, g.bcrypt, g.verifier FROM given g JOIN components c ON c.hostname = g.host`,
    [
      rows.map(({ type }) => type),
      rows.map(({ host }) => host),
      rows.map(({ key }) => key.slice(8, 19)),
      rows.map(({ bcrypt }) => bcrypt),
      rows.map(({ verifier }) => verifier),
    ],
  );
  const hosts = rows.map(({ host }) => host);
  await pool.query(
    `INSERT INTO nodes (name, ip_address, node_type, site_id, template, agent_id, collector_id)
     SELECT c.hostname || '-' || n, '10.66.' || (n % 250) || '.' || (1 + n / 250), 'server',
       (SELECT id FROM sites WHERE is_default), CASE WHEN c.component_type = 'agent' THEN 'linux-agent' ELSE 'ping' END,
       CASE WHEN c.component_type = 'agent' THEN c.id END, CASE WHEN c.component_type = 'collector' THEN c.id END
     FROM remote_components c, generate_series(1, $2) AS n
     WHERE c.hostname = ANY($1) AND (c.component_type = 'collector' OR n = 1)`,
    [hosts, Math.max(1, nodesPerCollector)],
  );
  const found = await pool.query(
    `SELECT c.hostname, c.id, array_agg(n.id::text) AS nodes
     FROM remote_components c JOIN nodes n ON n.agent_id = c.id OR n.collector_id = c.id
     WHERE c.hostname = ANY($1) GROUP BY c.hostname, c.id`,
    [hosts],
  );
  const byHost = new Map(
    (found.rows as { hostname: string; id: string; nodes: string[] }[]).map((row) => [row.hostname, row]),
  );
  return rows.map(({ type, host, key }) => {
    const row = byHost.get(host);
    if (!row) throw new Error(`${host} was not made`);
    return { id: row.id, type, hostname: host, apiKey: key, nodeIds: row.nodes };
  });
}
