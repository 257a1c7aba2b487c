import type { Alert, AlertDetail, ListAnswer } from '@stratora/contract';
import { type BackendOptions, startBackend, startDatabase, type TestBackend } from '@stratora/testkit';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { Tx } from '../../platform/db/index.ts';
import type { AlertChange, AlertRef, AlertTrigger } from './alert-change.ts';
import { AlertWriter } from './alert-writer.ts';

type ChangeOf<K extends AlertChange['kind']> = Omit<
  Extract<AlertChange, { kind: K }>,
  'kind' | keyof AlertRef
>;

/** A backend with nodes and a definition, whose alerts the test makes as the evaluator would. */
export class AlertScene {
  readonly backend: TestBackend;
  readonly definitionId: string;
  readonly writer = new AlertWriter();

  private constructor(backend: TestBackend, definitionId: string) {
    this.backend = backend;
    this.definitionId = definitionId;
  }

  static async start(options: BackendOptions = {}): Promise<AlertScene> {
    const database = await startDatabase();
    await leadElsewhere(database.url);
    const backend = await startBackend({ ...options, database });
    const definitionId = await addDefinition(backend, { slug: 'test_cpu', name: 'CPU of tests' });
    return new AlertScene(backend, definitionId);
  }

  get db() {
    return this.backend.app.modules.db;
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.backend.database.stop();
  }

  async addNode(name: string, more: Record<string, unknown> = {}): Promise<string> {
    const body = { name, ip_address: '10.1.0.7', allow_duplicate: true, template: 'ping', ...more };
    const { id } = await this.backend.admin('POST', '/api/v1/nodes', body);
    return id as string;
  }

  addDefinition(given: GivenDefinition): Promise<string> {
    return addDefinition(this.backend, given);
  }

  trigger(ref: AlertRef, more: Partial<AlertTrigger> = {}): AlertChange {
    const [definitionSlug = '', instance = ''] = ref.alertKey.split(/:(.*)/s);
    return {
      ...ref,
      kind: 'trigger',
      definitionId: this.definitionId,
      definitionSlug,
      instance,
      labels: {},
      severity: 'warning',
      value: 91.5,
      threshold: 90,
      comparison: '>',
      unit: '%',
      query: 'cpu_usage_percent',
      text: undefined,
      startedAt: new Date(Date.now() - 300_000),
      ...more,
    };
  }

  change<K extends Exclude<AlertChange['kind'], 'trigger'>>(
    ref: AlertRef,
    kind: K,
    more: ChangeOf<K>,
  ): AlertChange {
    return { ...ref, kind, ...more } as AlertChange;
  }

  /** Applies changes in a transaction of their own. */
  apply(changes: readonly AlertChange[], at?: Date): Promise<ReadonlyMap<string, string>> {
    return this.inTransaction((tx) => this.writer.apply(tx, changes, at));
  }

  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  list(query = ''): Promise<ListAnswer<Alert>> {
    return this.backend.admin('GET', `/api/v1/alerts?${query}`);
  }

  detail(id: string): Promise<AlertDetail> {
    return this.backend.admin('GET', `/api/v1/alerts/${id}`);
  }

  /** The active alert of an identity. */
  async active({ subject, alertKey }: AlertRef): Promise<Alert> {
    const { items } = await this.list('state=active&limit=500');
    const found = items.find(
      (alert) =>
        alert.alert_key === alertKey &&
        alert.node_id === subject.nodeId &&
        (subject.nodeId !== null || alert.component_id === subject.componentId),
    );
    if (!found) throw new Error(`no active alert ${alertKey}`);
    return found;
  }

  /** Forgets every alert. */
  async clear(): Promise<void> {
    await sql`DELETE FROM alerts`.execute(this.db);
  }

  async addUser(role: 'viewer' | 'operator'): Promise<string> {
    const password = 'a password for tests';
    const body = { username: role, password, role, must_change_password: false };
    await this.backend.admin('POST', '/api/v1/users', body);
    return this.backend.login(role, password);
  }
}

/** Lets another server lead the evaluation for ever: the test is the evaluator. */
async function leadElsewhere(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "INSERT INTO leases (name, holder, expires_at) VALUES ('evaluation', gen_random_uuid(), 'infinity')",
  );
  await client.end();
}

export interface GivenDefinition {
  slug: string;
  name: string;
  expr?: string | null;
  warning?: number | null;
  critical?: number | null;
  summary?: string | null;
  overrides?: string | null;
  siteId?: string | null;
  enabled?: boolean;
}

async function addDefinition(
  backend: TestBackend,
  { slug, name, expr = 'cpu_usage_percent', ...more }: GivenDefinition,
): Promise<string> {
  const {
    warning = 90,
    critical = 95,
    summary = null,
    overrides = null,
    siteId = null,
    enabled = true,
  } = more;
  const { rows } = await sql<{ id: string }>`
    INSERT INTO alert_definitions (slug, name, kind, expr, comparison, warning, critical, unit, duration_seconds,
      clear_after_seconds, no_data, seen_good, summary, overrides, scope_site_id, enabled)
    VALUES (${slug}, ${name}, ${expr === null ? 'heartbeat' : 'metric'}, ${expr}, '>', ${warning}, ${critical}, '%', 300,
      20, 'hold', false, ${summary}, ${overrides}, ${siteId}, ${enabled})
    RETURNING id`.execute(backend.app.modules.db);
  return rows[0]?.id ?? '';
}

/** Identity of an alert of a node. */
export function ofNode(nodeId: string, alertKey = 'test_cpu'): AlertRef {
  return { subject: { nodeId, componentId: null }, alertKey };
}

/** Identity of an alert of the system itself. */
export function ofSystem(alertKey = 'test_cpu'): AlertRef {
  return { subject: { nodeId: null, componentId: null }, alertKey };
}
