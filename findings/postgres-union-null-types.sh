#!/usr/bin/env bash
# PostgreSQL settles the types of a UNION two branches at a time, from the left: two NULLs first are text for good, and a
# number in the third branch is then refused, although the same rows in VALUES, or with the number among the first two, are
# taken. So a query that is put together of branches works or fails by their order, and begins to fail when one is left
# out. A cast in the first branch (NULL::int) settles it. Needs npm; runs PostgreSQL as PGlite compiles it, in process.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @electric-sql/pglite@0.5.17 >/dev/null 2>&1

cat >ask.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';

const db = await PGlite.create();
const { rows } = await db.query("SELECT split_part(current_setting('server_version'), ' ', 1) AS version");
console.error(`PostgreSQL ${rows[0].version}`);
for (const query of [
  'SELECT NULL AS n UNION ALL SELECT NULL UNION ALL SELECT 1',
  'SELECT NULL AS n UNION ALL SELECT 1 UNION ALL SELECT NULL',
  'SELECT NULL::int AS n UNION ALL SELECT NULL UNION ALL SELECT 1',
  'SELECT * FROM (VALUES (NULL), (NULL), (1)) AS v (n)',
]) {
  const answer = await db.query(query).then(
    (result) => JSON.stringify(result.rows.map(({ n }) => n)),
    (error) => `${error.code} ${error.message}`,
  );
  console.log(`${query}: ${answer}`);
}
await db.close();
JS

seen=$(node ask.mjs)
printf '%s\n' "$seen"
expected='SELECT NULL AS n UNION ALL SELECT NULL UNION ALL SELECT 1: 42804 UNION types text and integer cannot be matched
SELECT NULL AS n UNION ALL SELECT 1 UNION ALL SELECT NULL: [null,1,null]
SELECT NULL::int AS n UNION ALL SELECT NULL UNION ALL SELECT 1: [null,null,1]
SELECT * FROM (VALUES (NULL), (NULL), (1)) AS v (n): [null,null,1]'
[ "$seen" = "$expected" ] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: the order of the branches decides whether the types fit.'
