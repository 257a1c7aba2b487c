import { describe, expect, it } from 'vitest';
import { SQL_FILES, sqlFaults } from './sql-places.ts';

const SERVICE = 'packages/server/src/inventory/nodes/node-service.ts';

function faultsOf(text: string, path = SERVICE): string[] {
  return sqlFaults([{ path, text }]);
}

const STATEMENTS = [
  "tx.selectFrom('nodes').select('id')",
  "tx\n  .insertInto('nodes')\n  .values(row)",
  "tx.updateTable('nodes').set(row)",
  "tx.deleteFrom('nodes')",
  'sql`SELECT 1`',
  "sql`SELECT pg_notify('stratora_event', ${payload})`",
  'sql`select id from nodes`',
  'sql<{ id: string }>`\n    SELECT id FROM nodes`',
  'sql`WITH due AS (SELECT 1) UPDATE nodes SET name = 1`',
  'sql`INSERT INTO nodes (id) VALUES (1)`',
  'sql`\n    UPDATE nodes n\n    SET name = 1`',
  'sql`UPDATE ${table} SET name = 1`',
  'sql`DELETE FROM nodes`',
  'sql`TRUNCATE nodes`',
  'sql`coalesce(n.id, (SELECT id FROM sites LIMIT 1))`',
  "client.query('LISTEN stratora_event')",
  'client.query(`LISTEN ${channel}`)',
  'client.query("UNLISTEN *")',
  "client.query('NOTIFY stratora_event')",
  "client.query('SELECT name FROM nodes')",
  "client.query('SET synchronous_commit = off')",
  "client.query('LOCK TABLE nodes')",
  'const QUERY = `\n  SELECT id FROM nodes`;',
  "sql.raw('DROP TABLE nodes')",
];

describe('sqlFaults', () => {
  it.each(STATEMENTS)('refuses outside of queries: %s', (text) => {
    expect(faultsOf(text)).toEqual([`${SERVICE}: holds SQL: put it into a file that is called *-queries.ts`]);
  });

  it.each(STATEMENTS)('lets queries, listed files, tests and other rooms hold: %s', (text) => {
    expect(faultsOf(text, 'packages/server/src/inventory/nodes/node-queries.ts')).toEqual([]);
    for (const path of Object.keys(SQL_FILES)) expect(faultsOf(text, path)).toEqual([]);
    expect(faultsOf(text, 'packages/server/src/inventory/nodes/nodes.db.test.ts')).toEqual([]);
    expect(faultsOf(text, 'packages/server/src/public-answers/scene.test-support.ts')).toEqual([]);
    expect(faultsOf(text, 'packages/testkit/src/database.ts')).toEqual([]);
  });

  it('refuses a name that only looks like one of queries', () => {
    expect(faultsOf(STATEMENTS[0] ?? '', 'packages/server/src/inventory/nodes/queries.ts')).toHaveLength(1);
  });

  it.each([
    'const SORT = { time: { expression: sql`a.time`, type: "timestamptz" } };',
    'sql<boolean>`(${field}, ${id}) > (${value}, ${other})`',
    "const methods = ['DELETE', 'GET'];",
    "call('DELETE', '/nodes'); // UPDATE nodes SET is not said here",
    '/** `DELETE /nodes/{id}`: from the table of nodes. */',
    "const summary = 'Update nodes that were set aside';",
    "const label = 'Select a site';",
    "const text = 'Delete from the list';",
    'await service.update(actor, id); set.delete(id);',
    'const { selectFrom, listen } = options;',
  ])('does not take for a statement: %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('gives a reason for each listed file', () => {
    for (const [path, reason] of Object.entries(SQL_FILES)) {
      expect(path).toMatch(/^packages\/server\/src\/platform\/db\//);
      expect(reason).not.toBe('');
    }
  });
});
