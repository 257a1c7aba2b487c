import { expect, test } from 'vitest';
import { weighNoise } from './noise.ts';

const DAY_MS = 86_400_000;

function weigh(notices: Record<string, number>, days: number) {
  const counts = Object.entries(notices);
  return weighNoise({
    notices: counts.reduce((sum, [, count]) => sum + count, 0),
    noticesByNode: new Map(counts),
    nodes: 4,
    triedMs: days * DAY_MS,
    nameOf: (id) => `node ${id}`,
  });
}

test('one notice for each node and day is within the budget', () => {
  expect(weigh({ a: 10, b: 10 }, 10)).toEqual({
    per_node_and_day: 0.5,
    budget: 1,
    nodes: [],
    nodes_over: 0,
    warning: null,
  });
});

test('a node above the budget is named, however quiet the others are', () => {
  expect(weigh({ a: 11, b: 25, c: 1 }, 10)).toMatchObject({
    nodes: [
      { node_id: 'b', node_name: 'node b', notices: 25 },
      { node_id: 'a', notices: 11 },
    ],
    nodes_over: 2,
    warning: '2 nodes would have sent more than one notice a day; node b most of all: 2.5 a day.',
  });
});

test('less than a day counts as one', () => {
  expect(weigh({ a: 1 }, 0.01).warning).toBeNull();
  expect(weigh({ a: 2 }, 0.01).warning).not.toBeNull();
});
