#!/usr/bin/env bash
# @prometheus-io/lezer-promql, the grammar of Prometheus' own editor, takes all that stands before `offset`, `@` or the
# window of a subquery for its operand: in `a - b offset 1h` the whole difference. In the language they follow their selector
# immediately and bind closer than any operator, so that Prometheus shifts b alone. A program that reads this tree shifts, or
# refuses, what the server evaluates otherwise, and takes `a - b[1h:1m]` for a subquery of the difference. Parentheses make
# both agree. Needs npm; reads texts with the grammar alone.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" @prometheus-io/lezer-promql@0.315.0 @lezer/common@1.5.5 \
  @lezer/highlight@1.2.5 @lezer/lr@1.4.12 >/dev/null 2>&1

cat >grammar.mjs <<'JS'
import { parser } from '@prometheus-io/lezer-promql';

for (const text of ['a - b offset 1h', '-a offset 1h', 'a + b @ end()', 'a - b[1h:1m]', 'a - (b offset 1h)']) {
  const top = parser.parse(text).topNode.firstChild;
  const operand = top.firstChild;
  console.log(`${text}: ${top.name} of ${text.slice(operand.from, operand.to)}`);
}
JS
seen=$(node grammar.mjs)
printf '@prometheus-io/lezer-promql %s\n%s\n' \
  "$(node -p "JSON.parse(fs.readFileSync('node_modules/@prometheus-io/lezer-promql/package.json')).version")" "$seen"
expected='a - b offset 1h: OffsetExpr of a - b
-a offset 1h: OffsetExpr of -a
a + b @ end(): StepInvariantExpr of a + b
a - b[1h:1m]: SubqueryExpr of a - b
a - (b offset 1h): BinaryExpr of a'
[ "$seen" = "$expected" ] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: what stands behind the last operand is taken to belong to the whole.'
