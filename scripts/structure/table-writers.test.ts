import { describe, expect, it } from 'vitest';
import { TABLE_OWNERS, tableFaults } from './table-writers.ts';

const SCHEMA = 'CREATE TABLE nodes (\n  id uuid\n);\n\nCREATE TABLE sites (\n  id uuid\n);\n';
const OWNERS = { nodes: 'inventory/nodes', sites: 'inventory/sites' };

function faultsOf(text: string, path = 'packages/server/src/components/enrollment/a.ts'): string[] {
  return tableFaults(SCHEMA, [{ path, text }], OWNERS);
}

const WRITES = [
  "tx.insertInto('nodes').values(row)",
  "tx\n  .updateTable('nodes')\n  .set(row)",
  "tx.updateTable('nodes as n').set(row)",
  "tx.deleteFrom(\n  'nodes',\n)",
  "tx.mergeInto('nodes as n')",
  'tx.insertInto("nodes")',
  'sql`INSERT INTO nodes (id) VALUES (1)`',
  'sql`INSERT INTO nodes AS known (id) VALUES (1)`',
  'sql`insert into public.nodes (id) values (1)`',
  'sql`INSERT INTO "nodes" (id) VALUES (1)`',
  'sql`UPDATE nodes SET name = 1`',
  'sql`UPDATE nodes n SET name = 1`',
  'sql`\n    UPDATE ONLY nodes AS n\n    SET name = 1`',
  'sql`WITH moved AS (UPDATE nodes n SET name = 1 RETURNING id) SELECT id FROM moved`',
  'sql`DELETE FROM nodes WHERE id = 1`',
  'sql`DELETE FROM ONLY nodes n USING sites s`',
  'sql`MERGE INTO nodes n USING sites s ON true`',
  'sql`TRUNCATE TABLE nodes`',
];

describe('tableFaults', () => {
  it.each(WRITES)('refuses outside the owner: %s', (text) => {
    expect(faultsOf(text)).toEqual([
      'packages/server/src/components/enrollment/a.ts: writes nodes, which inventory/nodes alone writes',
    ]);
  });

  it.each(WRITES)('lets the owner, tests and other rooms write: %s', (text) => {
    expect(faultsOf(text, 'packages/server/src/inventory/nodes/a-queries.ts')).toEqual([]);
    expect(faultsOf(text, 'packages/server/src/components/enrollment/a.db.test.ts')).toEqual([]);
    expect(faultsOf(text, 'packages/testkit/src/a.ts')).toEqual([]);
  });

  it('refuses a folder whose name only begins like the owner', () => {
    expect(
      faultsOf("tx.deleteFrom('nodes')", 'packages/server/src/inventory/nodes-of-old/a.ts'),
    ).toHaveLength(1);
  });

  it.each([
    "tx.selectFrom('nodes').select('id').forUpdate()",
    'sql`SELECT id FROM nodes WHERE id = 1 FOR UPDATE`',
    'sql`SELECT n.id FROM nodes n JOIN sites s ON true FOR UPDATE OF n`',
    'sql`SELECT id FROM nodes FOR NO KEY UPDATE`',
    'sql`SELECT (SELECT count(*) FROM nodes FOR UPDATE) AS nodes`',
    'sql`INSERT INTO moved (id) SELECT id FROM nodes ON CONFLICT (id) DO UPDATE SET nodes = 1`',
    "const summary = 'Update nodes that were set aside';",
    '// what deletes from many nodes',
    'nodes.update(actor, id, body); nodes.delete(id);',
  ])('does not take for a write: %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    'tx.deleteFrom(table)',
    'tx.insertInto(`${name}s`)',
    'sql`INSERT INTO ${sql.table(name)} VALUES (1)`',
    'sql`UPDATE ${sql.table(name)} SET id = 1`',
    'sql`DELETE FROM ${sql.table(name)}`',
  ])('refuses a write whose table is not named: %s', (text) => {
    expect(faultsOf(text)).toEqual([
      'packages/server/src/components/enrollment/a.ts: writes a table that it does not name',
    ]);
  });

  it('tells a statement once, and each table by itself', () => {
    const text = "tx.deleteFrom('nodes'); tx.deleteFrom('nodes'); sql`DELETE FROM sites`";
    expect(faultsOf(text)).toHaveLength(2);
  });

  it('refuses a table that nobody owns, and an owner of what is no table', () => {
    expect(tableFaults(SCHEMA, [], { nodes: 'inventory/nodes', gone: 'inventory/sites' })).toEqual([
      'packages/server/schema.sql: the table sites has no owner',
      'packages/server/schema.sql: inventory/sites owns gone, which is no table',
    ]);
  });

  it('owns by wing and module', () => {
    for (const owner of Object.values(TABLE_OWNERS)) expect(owner).toMatch(/^[a-z]+\/[a-z-]+$/);
  });
});
