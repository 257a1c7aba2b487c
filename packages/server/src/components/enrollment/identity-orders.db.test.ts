import { AppError, silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import type { ComponentAuthenticator } from '../component-keys/index.ts';
import { ComponentService } from '../components/component-service.ts';
import { plainKeys } from './plain-keys.test-support.ts';
import { RegistrationService } from './registration-service.ts';
import { issueToken } from './token-service.ts';

/** Machines of which all have one name and one address; two have no id, so that their name stands for them. */
const MACHINES = ['m1', 'm2', 'm3', undefined, undefined] as const;
const SITES = ['none', 'one', 'two'] as const;

type Step =
  | { kind: 'enrol'; machine: number; site: (typeof SITES)[number]; auto: boolean; withKey: boolean }
  | { kind: 'call'; machine: number }
  | { kind: 'silence' }
  | { kind: 'decide'; of: number; decision: 'approve' | 'reject' | 'revoke' };

const machine = fc.nat({ max: MACHINES.length - 1 });
const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('enrol' as const),
      machine,
      site: fc.constantFrom(...SITES),
      auto: fc.boolean(),
      withKey: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('call' as const), machine }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('silence' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      of: machine,
      decision: fc.constantFrom('approve' as const, 'reject' as const, 'revoke' as const),
    }),
  },
);

let server: TestDatabase;
let database: DatabaseConnection;
let tokens: Map<string, string>;

beforeAll(async () => {
  server = await startDatabase();
  database = openDatabase({ url: server.url, logger: silentLogger() });
  const { rows } = await sql<{ id: string; name: string }>`
    INSERT INTO sites (name) VALUES ('one'), ('two') RETURNING id, name`.execute(database.db);
  tokens = new Map();
  for (const site of SITES) {
    for (const auto of [true, false]) {
      const { token } = await issueToken(database.db, SERVER_ACTOR, {
        multi_use: true,
        expires_in_hours: 24,
        auto_approve: auto,
        site_id: rows.find(({ name }) => name === site)?.id ?? null,
      });
      tokens.set(`${site} ${auto}`, token);
    }
  }
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

interface Held {
  id: string;
  key: string;
}

/** The machines with what each of them holds, and the decisions of the administrator. */
class Fleet {
  readonly held = new Map<number, Held>();
  /** The machines that have called since they registered, and since all fell silent. */
  readonly living = new Set<number>();
  readonly barred = new Set<string>();
  readonly #service = new RegistrationService({ db: database.db, keys: plainKeys(() => database.db) });
  readonly #components = new ComponentService({
    db: database.db,
    authenticator: { forget: () => {} } as unknown as ComponentAuthenticator,
  });

  async run(step: Step): Promise<void> {
    switch (step.kind) {
      case 'enrol':
        return this.#enrol(step);
      case 'call':
        return this.#call(step.machine);
      case 'silence':
        this.living.clear();
        await sql`UPDATE remote_components SET heard_at = heard_at - interval '11 minutes'`.execute(
          database.db,
        );
        await sql`UPDATE component_states SET last_seen_at = last_seen_at - interval '11 minutes'`.execute(
          database.db,
        );
        return;
      case 'decide':
        return this.#decide(step);
    }
  }

  async #enrol(step: Extract<Step, { kind: 'enrol' }>): Promise<void> {
    const before = await livingKeys();
    const held = this.held.get(step.machine);
    try {
      const { answer } = await this.#service.register({
        request: {
          enrollment_token: tokens.get(`${step.site} ${step.auto}`) ?? '',
          component_type: 'collector',
          hostname: 'DC01',
          version: '1',
          os: 'linux',
          arch: 'x64',
          machine_id: MACHINES[step.machine],
        },
        oldKey: step.withKey ? held?.key : undefined,
        address: '192.0.2.1',
        requestId: 'r',
      });
      expect(this.barred).not.toContain(answer.component_id);
      this.held.set(step.machine, { id: answer.component_id, key: answer.api_key });
      this.living.delete(step.machine);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      expect(error.code).toBe('component_revoked');
      expect(await livingKeys()).toEqual(before);
      return;
    }
    // Whoever else held a key that was not refused for good holds it still; by its name alone, while it lives.
    const after = await livingKeys();
    for (const [other, { key }] of this.held) {
      const isOwn = MACHINES[other] !== undefined || this.living.has(other);
      if (other !== step.machine && before.has(key) && isOwn) expect(after).toContain(key);
    }
  }

  /** Calls with the key that the machine holds, as its heartbeats do. */
  async #call(index: number): Promise<void> {
    const held = this.held.get(index);
    if (!held || !(await livingKeys()).has(held.key)) return;
    this.living.add(index);
    await sql`UPDATE remote_components SET enrolled_at = enrolled_at - interval '2 minutes'
      WHERE id = ${held.id}`.execute(database.db);
    await sql`UPDATE component_keys SET first_used_at = coalesce(first_used_at, now())
      WHERE key_bcrypt = ${held.key}`.execute(database.db);
    await sql`INSERT INTO component_states (component_id, last_seen_at) VALUES (${held.id}, now())
      ON CONFLICT (component_id) DO UPDATE SET last_seen_at = now()`.execute(database.db);
  }

  async #decide({ of, decision }: Extract<Step, { kind: 'decide' }>): Promise<void> {
    const id = this.held.get(of)?.id;
    if (id === undefined) return;
    try {
      await this.#components.decide(SERVER_ACTOR, id, decision);
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_state') return;
      throw error;
    }
    if (decision === 'approve') this.barred.delete(id);
    else this.barred.add(id);
  }
}

async function livingKeys(): Promise<Set<string>> {
  const { rows } = await sql<{ key_bcrypt: string }>`
    SELECT key_bcrypt FROM component_keys WHERE expires_at IS NULL OR expires_at > now()`.execute(
    database.db,
  );
  return new Set(rows.map(({ key_bcrypt: key }) => key));
}

async function requireOneIdentityEach(fleet: Fleet): Promise<void> {
  const { rows: doubled } = await sql`
    SELECT machine_id FROM remote_components WHERE machine_id IS NOT NULL
    GROUP BY machine_id HAVING count(*) > 1`.execute(database.db);
  expect(doubled).toEqual([]);
  const { rows } = await sql<{ id: string; approval: string; is_claimed: boolean; strangers: number }>`
    SELECT c.id, c.approval, c.machine_changed_at IS NOT NULL AS is_claimed,
      (SELECT count(*)::int FROM component_keys k WHERE k.component_id = c.id
        AND k.machine_id IS DISTINCT FROM c.machine_id AND (k.expires_at IS NULL OR k.expires_at > now())) AS strangers
    FROM remote_components c`.execute(database.db);
  // A silent host and the one that claims its place both call, until an administrator has decided who it is; where
  // neither may be it, both are refused.
  const isOpen = ({ is_claimed: isClaimed, approval }: (typeof rows)[number]) =>
    isClaimed || approval === 'revoked' || approval === 'rejected';
  const open = new Set(rows.filter(isOpen).map(({ id }) => id));
  const keys = await livingKeys();
  const ids = [...fleet.living]
    .map((index) => fleet.held.get(index))
    .filter((held) => held !== undefined && keys.has(held.key) && !open.has(held.id))
    .map((held) => held?.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, approval, is_claimed: isClaimed, strangers } of rows) {
    // Two machines never act as one component, with whatever keys.
    if (approval === 'approved') expect(strangers).toBe(0);
    if (isClaimed) expect(approval).toBe('pending');
    if (fleet.barred.has(id)) expect(['revoked', 'rejected']).toContain(approval);
  }
}

const enrol = (index: number): Step => ({
  kind: 'enrol',
  machine: index,
  site: 'none',
  auto: false,
  withKey: false,
});
/** A silent host without an id, whose place another machine claims, is heard again before anybody has decided. */
const HEARD_AGAIN: Step[] = [
  enrol(3),
  { kind: 'silence' },
  enrol(2),
  { kind: 'call', machine: 2 },
  { kind: 'call', machine: 3 },
];
/** Neither of two that claim one place may be it, and both go on calling. */
const BOTH_REFUSED: Step[] = [
  enrol(0),
  { kind: 'silence' },
  enrol(1),
  { kind: 'decide', of: 0, decision: 'revoke' },
  { kind: 'call', machine: 0 },
  { kind: 'call', machine: 1 },
];

it('gives one component to each machine and steals no key, in whatever order things happen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 4, maxLength: 18 }), async (steps) => {
      await sql`DELETE FROM remote_components`.execute(database.db);
      const fleet = new Fleet();
      for (const step of steps) {
        await fleet.run(step);
        await requireOneIdentityEach(fleet);
      }
    }),
    { numRuns: 60, examples: [[HEARD_AGAIN], [BOTH_REFUSED]] },
  );
}, 180_000);
