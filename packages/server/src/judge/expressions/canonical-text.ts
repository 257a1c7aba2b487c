import { quote, selector } from '@stratora/victoriametrics';
import { durationText } from '../../metrics/promql/index.ts';
import type { AggregateNode, BinaryNode, Matching, SelectorNode, SyntaxNode } from './syntax-node.ts';

/**
 * Writes an expression in its one form: no comments, double quotes, durations in their largest unit, ordered matchers
 * and labels, and parentheses around every operand that is not one piece, so that no reader's precedence matters.
 */
export function canonicalText(node: SyntaxNode): string {
  switch (node.kind) {
    case 'number':
      return numberText(node.value);
    case 'string':
      return quote(node.value);
    case 'selector':
      return selectorText(node);
    case 'subquery': {
      const range = `[${durationText(node.windowMs)}:${durationText(node.stepMs)}]`;
      return `${operandText(node.of)}${range}${offsetText(node.offsetMs)}`;
    }
    case 'call':
      return `${node.name}(${node.args.map(canonicalText).join(', ')})`;
    case 'aggregate':
      return aggregateText(node);
    case 'negation':
      return `-${operandText(node.of)}`;
    case 'binary':
      return binaryText(node);
  }
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Inf' : '-Inf';
}

function selectorText({ metric, matchers, windowMs, offsetMs }: SelectorNode): string {
  const text = selector(metric ?? undefined, matchers);
  const window = windowMs === null ? '' : `[${durationText(windowMs)}]`;
  return `${text}${window}${offsetText(offsetMs)}`;
}

function offsetText(offsetMs: number): string {
  return offsetMs === 0 ? '' : ` offset ${durationText(offsetMs)}`;
}

function aggregateText({ name, grouping, args }: AggregateNode): string {
  const by = grouping === null ? '' : ` ${grouping.mode} (${grouping.labels.join(', ')}) `;
  return `${name}${by}(${args.map(canonicalText).join(', ')})`;
}

function binaryText({ left, operator, isBool, matching, right }: BinaryNode): string {
  const words = [
    operator,
    ...(isBool ? ['bool'] : []),
    ...(matching === null ? [] : [matchingText(matching)]),
  ];
  return `${operandText(left)} ${words.join(' ')} ${operandText(right)}`;
}

function matchingText({ mode, labels, many, include }: Matching): string {
  const match = `${mode} (${labels.join(', ')})`;
  return many === null ? match : `${match} group_${many} (${include.join(', ')})`;
}

function operandText(node: SyntaxNode): string {
  const text = canonicalText(node);
  const isOnePiece =
    node.kind === 'call' ||
    node.kind === 'aggregate' ||
    (node.kind === 'number' && !text.startsWith('-')) ||
    (node.kind === 'selector' && node.windowMs === null && node.offsetMs === 0);
  return isOnePiece ? text : `(${text})`;
}
