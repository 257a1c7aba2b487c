import { expect, test } from 'vitest';
import { readExpression } from './expression.ts';
import { isPerNode } from './per-node.ts';

function read(text: string) {
  const result = readExpression(text);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.expression;
}

test.each([
  'cpu_usage_idle',
  'avg by (node_id) (rate(cpu_usage_idle[1m]))',
  'a / on (node_id) group_left () b > 5',
  'topk by (node_id) (1, a)',
  '100 - a',
])('%s has the value of its own node', (text) => {
  expect(isPerNode(read(text))).toBe(true);
});

test.each([
  'a > on () group_left () max(a)',
  'topk(3, a)',
  'a - scalar(avg(a))',
  'a and on () b',
  'a / sum(a)',
  'a - ignoring (node_id) b',
])('%s sets nodes against others', (text) => {
  expect(isPerNode(read(text))).toBe(false);
});
