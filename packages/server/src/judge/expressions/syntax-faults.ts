import type { SyntaxNode as GrammarNode, Tree } from '@lezer/common';
import { readString } from '../../metrics/promql/index.ts';
import { AGGREGATIONS, FUNCTIONS } from './promql-functions.ts';
import type { PlacedMessage } from './text-fault.ts';

/** What may stand where the grammar met something else, by the name of the rule that was being read. */
const EXPECTED: Readonly<Record<string, string>> = {
  VectorSelector: 'an operator, or the end of the expression',
  PromQL: 'an operator, or the end of the expression',
  FunctionCallBody: 'an expression, `,` or `)`',
  ParenExpr: 'an expression or `)`',
  BinaryExpr: 'an expression',
  UnaryExpr: 'an expression',
  LabelMatchers: 'a matcher such as `path="/"`, or `}`',
  UnquotedLabelMatcher: 'one of `=`, `!=`, `=~`, `!~`, and a value in quotes',
  QuotedLabelMatcher: 'one of `=`, `!=`, `=~`, `!~`, and a value in quotes',
  QuotedLabelName: 'a text in quotes',
  MatchOp: 'one of `=`, `!=`, `=~`, `!~`',
  MatrixSelector: 'a duration such as `5m`, and `]`',
  SubqueryExpr: 'a duration such as `5m`, and `]`',
  DurationExpr: 'a duration such as `5m`',
  OffsetExpr: 'a duration such as `1h`',
  OffsetDurationExpr: 'a duration such as `1h`',
  GroupingLabels: 'a label, `,` or `)`',
  AggregateModifier: 'labels in parentheses',
  AggregateExpr: 'an expression in parentheses',
  FunctionCall: 'its arguments in parentheses',
  MatchingModifierClause: 'labels in parentheses',
  FillClause: 'a number in parentheses',
};

/**
 * Collects what the grammar could not read, each place once. A text that is not closed and a function that does not exist
 * are told alone, since whatever follows them is read wrong.
 */
export function syntaxFaults(text: string, tree: Tree): PlacedMessage[] {
  const texts: PlacedMessage[] = [];
  const names: PlacedMessage[] = [];
  const errors: GrammarNode[] = [];
  tree.iterate({
    enter: (node) => {
      const source = text.slice(node.from, node.to);
      if (node.name === 'StringLiteral' && readString(source) === undefined) {
        texts.push({ from: node.from, to: node.to, message: BAD_TEXT });
      }
      if (node.name === 'Identifier' && /^\s*\(/.test(text.slice(node.to, node.to + 100))) {
        names.push(unknownFunction(source, node.from));
      }
      if (!node.type.isError) return true;
      const last = errors.at(-1);
      if (last === undefined || node.from > last.to) errors.push(node.node);
      return false;
    },
  });
  if (texts.length > 0) return texts;
  if (errors.length === 0) return [];
  return names.length > 0 ? names : errors.map((error) => describe(text, error));
}

const BAD_TEXT = 'This text is not closed by its quote, or holds an escape that is not known.';

function describe(text: string, error: GrammarNode): PlacedMessage {
  const expected = expectedAt(error);
  const wanted = expected === undefined ? '' : ` Expected ${expected}.`;
  const rest = text.slice(error.from).trimStart();
  if (rest === '') {
    const open = unclosedBracket(text);
    const cause = open === undefined ? '' : ` \`${text[open]}\` at character ${open + 1} is not closed.`;
    return { from: error.from, to: error.to, message: `The expression ends too early.${cause}${wanted}` };
  }
  const found =
    error.to > error.from ? text.slice(error.from, error.to) : (/^\S{1,20}/.exec(rest)?.[0] ?? '');
  const shown = found.length > 40 ? `${found.slice(0, 40)}...` : found;
  const what =
    error.to > error.from ? `\`${shown}\` cannot stand here.` : `Something is missing before \`${shown}\`.`;
  return { from: error.from, to: error.to, message: `${what}${wanted}` };
}

/** Says what may stand at an error: behind an expression it is no other one. */
function expectedAt(error: GrammarNode): string | undefined {
  const rule = error.parent?.name ?? '';
  if (!error.prevSibling?.type.is('Expr') || error.to === error.from) return EXPECTED[rule];
  if (rule === 'FunctionCallBody') return 'an operator, `,` or `)`';
  return rule === 'ParenExpr' ? 'an operator or `)`' : 'an operator, or the end of the expression';
}

function unknownFunction(name: string, from: number): PlacedMessage {
  const near = nearestName(name);
  const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  return { from, to: from + name.length, message: `There is no function \`${name}\` in PromQL.${hint}` };
}

/** Finds the last bracket that nothing closes, outside of texts and comments. */
function unclosedBracket(text: string): number | undefined {
  const open: number[] = [];
  for (const { 0: token, index } of text.matchAll(
    /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`[^`]*`?|#[^\n]*|[()[\]{}]/g,
  )) {
    if ('([{'.includes(token)) open.push(index);
    else if (')]}'.includes(token)) open.pop();
  }
  return open.at(-1);
}

/** Finds the name of a function or aggregation that differs by two letters at most. */
export function nearestName(name: string): string | undefined {
  let best: string | undefined;
  let distance = 3;
  for (const candidate of [...FUNCTIONS.keys(), ...AGGREGATIONS.keys()]) {
    // Of two that are as near, the one that was begun.
    const begun = candidate.startsWith(name) ? 0.5 : 0;
    const steps = editDistance(name.toLowerCase().slice(0, 60), candidate) - begun;
    if (steps < distance && steps < candidate.length / 2) {
      best = candidate;
      distance = steps;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
