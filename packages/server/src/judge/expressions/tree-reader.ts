import type { SyntaxNode as GrammarNode } from '@lezer/common';
import type { LabelMatcher, MatchOperator } from '@stratora/victoriametrics';
import { isWordOfLanguage, readDurationMs, readNumber, readString } from '../../metrics/promql/index.ts';
import { demandsLabel, isLabelName, orderedLabels, orderedMatchers, regexFault } from './matchers.ts';
import type { Matching, SelectorNode, SyntaxNode } from './syntax-node.ts';
import type { PlacedMessage } from './text-fault.ts';

/** Most levels of an expression. */
const MOST_LEVELS = 200;
/** Longest window or offset, 400 days: longer than any store of ours keeps samples. */
const LONGEST_MS = 400 * 86_400_000;
/** Most points of a subquery. */
const MOST_POINTS = 11_000;

/** Ends the reading of a tree at a fault that leaves nothing to go on with. */
class Unreadable extends Error {
  readonly place: PlacedMessage;

  constructor(place: PlacedMessage) {
    super(place.message);
    this.place = place;
  }
}

/** Makes a node of an operand and what stands behind it; `inner` is the operand in the grammar's tree. */
type Suffix = (of: SyntaxNode, inner: GrammarNode) => SyntaxNode;

/**
 * Reads the grammar's tree, which holds no syntax fault, into nodes of ours. Faults that do not keep it from reading on
 * are collected; the others end it.
 */
export class TreeReader {
  readonly faults: PlacedMessage[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(top: GrammarNode): SyntaxNode | undefined {
    try {
      return this.#expression(only(top), 0);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.faults.push(error.place);
      return undefined;
    }
  }

  #expression(node: GrammarNode, level: number): SyntaxNode {
    if (level > MOST_LEVELS) throw unreadable(node, `An expression may have ${MOST_LEVELS} levels.`);
    const below = level + 1;
    switch (node.name) {
      case 'ParenExpr':
        return this.#expression(only(node), below);
      case 'NumberDurationLiteral':
        return this.#number(node);
      case 'StringLiteral':
        return { ...place(node), kind: 'string', value: this.#string(node) };
      case 'VectorSelector':
        return this.#selector(node);
      case 'MatrixSelector':
        return this.#window(node, below);
      case 'SubqueryExpr':
      case 'OffsetExpr':
        return this.#suffixed(node, below);
      case 'FunctionCall':
        return {
          ...place(node),
          kind: 'call',
          name: this.#textOf(child(node, 'FunctionIdentifier')),
          args: this.#arguments(node, below),
        };
      case 'AggregateExpr':
        return this.#aggregate(node, below);
      case 'UnaryExpr':
        return this.#unary(node, below);
      case 'BinaryExpr':
        return this.#binary(node, below);
      case 'StepInvariantExpr':
        throw unreadable(
          child(node, 'At'),
          '`@` fixes a time, so that a rule would not see what is now and its back-test not what was then.',
        );
      default:
        throw unreadable(node, 'The metric store does not know this form of an expression.');
    }
  }

  #number(node: GrammarNode): SyntaxNode {
    const source = this.#textOf(node);
    const sign = /^[-+]\s*/.exec(source)?.[0] ?? '';
    const value = readNumber(source.slice(sign.length));
    if (value === undefined)
      throw unreadable(node, 'This number cannot be read for certain. Write it in decimal.');
    return { ...place(node), kind: 'number', value: sign.startsWith('-') ? -value : value };
  }

  #string(node: GrammarNode): string {
    const value = readString(this.#textOf(node));
    if (value === undefined) {
      throw unreadable(node, 'This text cannot be read.');
    }
    return value;
  }

  #selector(node: GrammarNode): SelectorNode {
    const name = node.getChild('Identifier');
    const matchers: LabelMatcher[] = [];
    const names = name === null ? [] : [this.#textOf(name)];
    for (const matcher of childrenOf(node.getChild('LabelMatchers'))) {
      if (matcher.name === 'QuotedLabelName') names.push(this.#string(only(matcher)));
      else matchers.push(this.#matcher(matcher));
    }
    const isName = ({ label, operator }: LabelMatcher) => label === '__name__' && operator === '=';
    names.push(...matchers.filter(isName).map(({ value }) => value));
    if (names.length > 1) this.#fault(node, 'The metric name is said twice.');
    const metric = names[0] === undefined || names[0] === '' ? null : names[0];
    if (metric !== null && isWordOfLanguage(metric)) {
      this.#fault(
        node,
        `\`${metric}\` is a word of the language. A metric of that name cannot be asked for safely.`,
      );
    }
    const others = matchers.filter((matcher) => !isName(matcher));
    if (metric === null && !others.some(demandsLabel)) {
      this.#fault(
        node,
        'This selects every series. Give a metric name, or a matcher that an empty value does not meet.',
      );
    }
    return {
      ...place(node),
      kind: 'selector',
      metric,
      matchers: orderedMatchers(others),
      windowMs: null,
      offsetMs: 0,
    };
  }

  #matcher(node: GrammarNode): LabelMatcher {
    const quoted = node.getChild('QuotedLabelName');
    const labelNode = quoted ?? child(node, 'LabelName');
    const label = quoted === null ? this.#textOf(labelNode) : this.#string(only(quoted));
    if (!isLabelName(label)) this.#fault(labelNode, 'A label is letters, digits and `_` here.');
    const operator = this.#textOf(child(node, 'MatchOp')) as MatchOperator;
    const valueNode = child(node, 'StringLiteral');
    const value = this.#string(valueNode);
    const fault = operator === '=~' || operator === '!~' ? regexFault(value) : undefined;
    if (fault !== undefined)
      this.#fault(valueNode, `The store cannot read this regular expression: ${fault}.`);
    return { label, operator, value };
  }

  #window(node: GrammarNode, level: number): SyntaxNode {
    const inner = child(node, 'Expr');
    const of = this.#expression(inner, level);
    const windowMs = this.#positiveMs(child(node, 'DurationExpr'));
    if (inner.name !== 'VectorSelector' || of.kind !== 'selector') {
      throw unreadable(
        node,
        inner.name === 'OffsetExpr'
          ? '`offset` stands behind the window: `metric[5m] offset 1h`.'
          : 'A window stands behind a selector. For other expressions give a resolution too: `[1h:1m]`.',
      );
    }
    return { ...of, ...place(node), windowMs };
  }

  /**
   * Reads what has `offset` or the window of a subquery behind it. The grammar takes all that stands before for its
   * operand, `a - b` in `a - b offset 1h`; in the language they bind to the last piece alone, closer than any operator.
   */
  #suffixed(node: GrammarNode, level: number, around?: Suffix): SyntaxNode {
    const own: Suffix = (of, inner) =>
      node.name === 'OffsetExpr' ? this.#offset(node, of, inner) : this.#subquery(node, of);
    const suffix: Suffix = around === undefined ? own : (of, inner) => around(own(of, inner), node);
    return this.#operand(child(node, 'Expr'), level, suffix);
  }

  /** Reads an expression whose last piece has something behind it, or nothing. */
  #operand(node: GrammarNode, level: number, suffix?: Suffix): SyntaxNode {
    if (suffix === undefined) return this.#expression(node, level);
    if (level > MOST_LEVELS) return this.#expression(node, level);
    switch (node.name) {
      case 'BinaryExpr':
        return this.#binary(node, level + 1, suffix);
      case 'UnaryExpr':
        return this.#unary(node, level + 1, suffix);
      case 'SubqueryExpr':
      case 'OffsetExpr':
        return this.#suffixed(node, level + 1, suffix);
      default:
        return suffix(this.#expression(node, level), node);
    }
  }

  #subquery(node: GrammarNode, of: SyntaxNode): SyntaxNode {
    const [window, step] = node.getChildren('DurationExpr');
    if (window === undefined) throw unreadable(node, 'Expected a duration such as `5m`.');
    if (step === undefined) {
      throw unreadable(
        node,
        'Give the resolution of the subquery, `[1h:1m]`: else it is another for a rule and for its back-test.',
      );
    }
    const windowMs = this.#positiveMs(window);
    const stepMs = this.#positiveMs(step);
    if (windowMs / stepMs > MOST_POINTS) this.#fault(node, `A subquery may have ${MOST_POINTS} points.`);
    return { from: of.from, to: node.to, kind: 'subquery', of, windowMs, stepMs, offsetMs: 0 };
  }

  #offset(node: GrammarNode, of: SyntaxNode, inner: GrammarNode): SyntaxNode {
    const duration = child(node, 'OffsetDurationExpr');
    if (
      inner.name === 'ParenExpr' ||
      inner.name === 'OffsetExpr' ||
      (of.kind !== 'selector' && of.kind !== 'subquery')
    ) {
      const from = inner.name === 'ParenExpr' ? inner.from : of.from;
      const message = '`offset` stands once, behind a selector, a window or a subquery.';
      throw new Unreadable({ from, to: node.to, message });
    }
    const source = this.#textOf(duration);
    if (source.startsWith('-') && /[1-9]/.test(source)) {
      throw unreadable(duration, 'An offset into the future reads what a rule cannot know yet.');
    }
    const offsetMs = this.#durationMs(duration, source.replace(/^[-+]\s*/, ''));
    return { ...of, to: node.to, offsetMs };
  }

  #arguments(node: GrammarNode, level: number): SyntaxNode[] {
    return childrenOf(child(node, 'FunctionCallBody')).map((argument) => this.#expression(argument, level));
  }

  #aggregate(node: GrammarNode, level: number): SyntaxNode {
    const modifier = node.getChild('AggregateModifier');
    const labels = modifier === null ? [] : this.#labels(child(modifier, 'GroupingLabels'));
    const mode = modifier?.getChild('Without') == null ? 'by' : 'without';
    return {
      ...place(node),
      kind: 'aggregate',
      name: this.#textOf(child(node, 'AggregateOp')).toLowerCase(),
      grouping: mode === 'by' && labels.length === 0 ? null : { mode, labels },
      args: this.#arguments(node, level),
    };
  }

  #unary(node: GrammarNode, level: number, suffix?: Suffix): SyntaxNode {
    const of = this.#operand(child(node, 'Expr'), level, suffix);
    if (this.#textOf(child(node, 'UnaryOp')) === '+') return of;
    return negated(of, { from: node.from, to: of.to });
  }

  #binary(node: GrammarNode, level: number, suffix?: Suffix): SyntaxNode {
    const [leftNode, operatorNode] = childrenOf(node);
    const rightNode = node.getChildren('Expr')[1];
    if (leftNode === undefined || rightNode === undefined || operatorNode === undefined) {
      throw unreadable(node, 'An operator stands between two expressions.');
    }
    const operator = this.#textOf(operatorNode).toLowerCase();
    if (operator === '</' || operator === '>/' || node.getChild('FillModifier') !== null) {
      throw unreadable(node, 'The metric store does not know this operator or modifier.');
    }
    const left = this.#expression(leftNode, level);
    const right = this.#operand(rightNode, level, suffix);
    const whole = { from: node.from, to: Math.max(node.to, right.to) };
    const binary = {
      ...whole,
      kind: 'binary' as const,
      operator,
      isBool: node.getChild('BoolModifier') !== null,
      matching: this.#matching(node.getChild('MatchingModifierClause')),
    };
    // The sign of a number binds less than a power: -2^2 is -4.
    if (
      operator === '^' &&
      leftNode.name === 'NumberDurationLiteral' &&
      this.#textOf(leftNode).startsWith('-')
    ) {
      return negated({ ...binary, left: negated(left, place(leftNode)), right }, whole);
    }
    return { ...binary, left, right };
  }

  #matching(node: GrammarNode | null): Matching | null {
    if (node === null) return null;
    const [labelsNode, includeNode] = node.getChildren('GroupingLabels');
    const labels = labelsNode === undefined ? [] : this.#labels(labelsNode);
    const include = includeNode === undefined ? [] : this.#labels(includeNode);
    const mode = node.getChild('On') === null ? 'ignoring' : 'on';
    const one = node.getChild('GroupRight') === null ? null : 'right';
    const many = node.getChild('GroupLeft') === null ? one : 'left';
    if (mode === 'ignoring' && labels.length === 0 && many === null) return null;
    return { mode, labels, many, include };
  }

  #labels(node: GrammarNode): string[] {
    const labels = childrenOf(node).map((label) => {
      const name = label.name === 'QuotedLabelName' ? this.#string(only(label)) : this.#textOf(label);
      if (!isLabelName(name)) this.#fault(label, 'A label is letters, digits and `_` here.');
      return name;
    });
    return orderedLabels(labels);
  }

  #positiveMs(node: GrammarNode): number {
    const ms = this.#durationMs(node, this.#textOf(node));
    if (ms === 0) throw unreadable(node, 'A window is longer than nothing.');
    return ms;
  }

  #durationMs(node: GrammarNode, source: string): number {
    const ms = readDurationMs(source);
    if (ms === undefined || ms < 0) {
      throw unreadable(node, 'A fixed duration stands here, such as `30s`, `5m` or `1h30m`.');
    }
    if (ms > LONGEST_MS) throw unreadable(node, 'A duration of 400 days is the longest.');
    return ms;
  }

  #fault(node: GrammarNode, message: string): void {
    this.faults.push({ ...place(node), message });
  }

  #textOf(node: GrammarNode): string {
    return this.#text.slice(node.from, node.to);
  }
}

function negated(of: SyntaxNode, at: { from: number; to: number }): SyntaxNode {
  if (of.kind === 'number') return { ...of, ...at, value: -of.value };
  return { ...at, kind: 'negation', of };
}

function place({ from, to }: GrammarNode): { from: number; to: number } {
  return { from, to };
}

function unreadable(node: GrammarNode, message: string): Unreadable {
  return new Unreadable({ ...place(node), message });
}

/** Returns the children of a node that are no comments. */
function childrenOf(node: GrammarNode | null): GrammarNode[] {
  const children: GrammarNode[] = [];
  for (let next = node?.firstChild ?? null; next !== null; next = next.nextSibling) {
    if (next.name !== 'LineComment') children.push(next);
  }
  return children;
}

function only(node: GrammarNode): GrammarNode {
  const [first] = childrenOf(node);
  if (first === undefined) throw unreadable(node, 'Expected an expression.');
  return first;
}

function child(node: GrammarNode, name: string): GrammarNode {
  const found = node.getChild(name);
  if (found === null) throw unreadable(node, 'This cannot be read.');
  return found;
}
