import { expect, it } from 'vitest';
import { NodeLines, nodeIdOf, SERIES_PER_NODE } from './evaluate-series.ts';

const SECONDS = 1_780_000_000;

it('gives every node its series, each once', () => {
  const lines = new NodeLines([nodeIdOf(1), nodeIdOf(2)]).render(0, 2, SECONDS).trimEnd().split('\n');
  const series = lines.flatMap((line) => {
    const [head = '', fields = ''] = line.split(' ');
    return fields.split(',').map((field) => `${head} ${field.split('=')[0]}`);
  });
  expect(new Set(series).size).toBe(series.length);
  expect(series).toHaveLength(2 * SERIES_PER_NODE);
});

it('renders a part of the nodes as it renders them among all', () => {
  const nodes = new NodeLines([1, 2, 3].map(nodeIdOf));
  const apart = [0, 1, 2].map((node) => nodes.render(node, node + 1, SECONDS)).join('');
  expect(apart).toBe(nodes.render(0, 3, SECONDS));
});

it('has counters that only grow', () => {
  const nodes = new NodeLines([nodeIdOf(1)]);
  const octets = [0, 10, 20].map((after) =>
    Number(/ifHCInOctets=(\d+)/.exec(nodes.render(0, 1, SECONDS + after))?.[1]),
  );
  expect(octets).toEqual(octets.toSorted((a, b) => a - b));
  expect(octets[2]).toBeGreaterThan(octets[0] ?? Number.NaN);
});

it('takes a few values out of their range', () => {
  const text = new NodeLines(Array.from({ length: 1_000 }, (_, at) => nodeIdOf(at))).render(
    0,
    1_000,
    SECONDS,
  );
  const busy = [...text.matchAll(/usage_percent=([\d.]+)/g)].filter(([, value]) => Number(value) > 95);
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.length).toBeLessThan(100);
});
