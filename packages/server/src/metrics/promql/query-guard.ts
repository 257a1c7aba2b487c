import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { readString } from './literals.ts';
import { isWordOfLanguage } from './metric-names.ts';

/**
 * Most levels of a query, and most brackets open at a time. A sum of 600 terms has 600 levels. The work of the grammar
 * and of the store grows with their square: at these bounds it is 0.2 s.
 */
const MOST_LEVELS = 600;
const MOST_OPEN_BRACKETS = 500;

/** Ends at the first fault: what a person typed is refused, not mended, and mending takes seconds for some texts. */
const STRICT = parser.configure({ strict: true });

/**
 * Says why a query of a user may not go to the store, as the rest of a sentence that begins with what the text is;
 * undefined when it may. The store's own parser takes more than PromQL, and some of what it takes ends its process, so
 * what passes is read by the grammar of the Prometheus project first.
 */
export function queryFault(text: string): string | undefined {
  const tree = read(text);
  return typeof tree === 'string' ? tree : treeFault(text, tree);
}

/** Says the same of a `match[]`, which is one selector. */
export function selectorFault(text: string): string | undefined {
  const tree = read(text);
  if (typeof tree === 'string') return tree;
  const [only, ...more] = tree.topNode.getChildren('Expr');
  if (only?.name !== 'VectorSelector' || more.length > 0) return 'is no selector of series';
  return treeFault(text, tree);
}

function read(text: string): Tree | string {
  if (openBrackets(text) > MOST_OPEN_BRACKETS) return `may have ${MOST_OPEN_BRACKETS} open brackets`;
  if (text.replace(/#[^\n]*/g, '').trim() === '') return 'is empty';
  try {
    return STRICT.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable(text, Number(/\d+$/.exec(error.message)?.[0] ?? 0));
  }
}

/** Counts the most brackets that are open at one place; those within texts too, which does no harm at this bound. */
function openBrackets(text: string): number {
  let open = 0;
  let most = 0;
  for (const character of text) {
    if ('([{'.includes(character)) open += 1;
    else if (')]}'.includes(character)) open -= 1;
    most = Math.max(most, open);
  }
  return most;
}

function unreadable(text: string, at: number): string {
  const name = /([a-zA-Z_]\w*)\s*$/.exec(text.slice(Math.max(0, at - 100), at))?.[1];
  if (text[at] === '(' && name !== undefined) {
    return `is no PromQL: there is no function ${name} (character ${at + 1})`;
  }
  return at >= text.length
    ? 'is no PromQL: it ends too early'
    : `is no PromQL: it cannot be read from character ${at + 1}`;
}

function treeFault(text: string, tree: Tree): string | undefined {
  let levels = 0;
  let fault: string | undefined;
  tree.iterate({
    enter: (node) => {
      if (fault !== undefined) return false;
      if (node.type.is('Expr')) levels += 1;
      if (levels > MOST_LEVELS) fault = `may have ${MOST_LEVELS} levels`;
      else if (node.name === 'StringLiteral' && readString(text.slice(node.from, node.to)) === undefined) {
        fault = `holds a text that cannot be read (character ${node.from + 1})`;
      } else if (node.name === 'VectorSelector') fault = nameFault(text, node.node);
      return true;
    },
    leave: (node) => {
      if (node.type.is('Expr')) levels -= 1;
    },
  });
  return fault;
}

function nameFault(text: string, selector: SyntaxNode): string | undefined {
  const word = namesOf(text, selector).find(isWordOfLanguage);
  return word === undefined
    ? undefined
    : `may not ask for a metric called ${word}, a word of the query language (character ${selector.from + 1})`;
}

/** Collects the metric names of a selector, in each of the ways to say one. */
function namesOf(text: string, selector: SyntaxNode): string[] {
  const textOf = ({ from, to }: SyntaxNode) => text.slice(from, to);
  const quoted = (node: SyntaxNode | null) => (node === null ? '' : (readString(textOf(node)) ?? ''));
  const names = selector.getChildren('Identifier').map(textOf);
  for (const matchers of selector.getChildren('LabelMatchers')) {
    for (let part = matchers.firstChild; part !== null; part = part.nextSibling) {
      if (part.name === 'QuotedLabelName') names.push(quoted(part.getChild('StringLiteral')));
      const bare = part.getChild('LabelName');
      const label =
        bare === null
          ? quoted(part.getChild('QuotedLabelName')?.getChild('StringLiteral') ?? null)
          : textOf(bare);
      // Whatever the operator: a name that is refused or matched as an expression is as rarely meant.
      if (label === '__name__') names.push(quoted(part.getChild('StringLiteral')));
    }
  }
  return names;
}
