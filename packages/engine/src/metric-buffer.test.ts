import { expect, test } from 'vitest';
import { EngineStats } from './engine-stats.ts';
import { MetricBuffer } from './metric-buffer.ts';

function setUp(limitLines: number, limitBytes = 1e6) {
  const { output } = new EngineStats();
  let full = 0;
  const buffer = new MetricBuffer({ batchLines: 2, limitLines, limitBytes }, output, () => {
    full += 1;
  });
  const add = (text: string) => buffer.append(Buffer.from(`${text}\n`), 1);
  return { buffer, output, add, fullBatches: () => full };
}

test('a full batch is announced; batches leave in the order in which they came', () => {
  const { buffer, add, fullBatches } = setUp(10);
  for (const text of ['a', 'b', 'c']) add(text);
  expect(fullBatches()).toBe(1);
  expect(buffer.take()?.bytes.toString()).toBe('a\nb\n');
  expect(buffer.take()?.bytes.toString()).toBe('c\n');
  expect(buffer.take()).toBeUndefined();
});

test('past its bound the oldest batch goes and is counted, one that was given back first', () => {
  const { buffer, output, add } = setUp(4);
  for (const text of ['a', 'b', 'c', 'd']) add(text);
  const taken = buffer.take();
  add('e');
  add('f');
  if (taken !== undefined) buffer.giveBack(taken);
  expect(output).toMatchObject({ dropped: 2, added: 6, bufferLines: 4 });
  expect(buffer.take()?.bytes.toString()).toBe('c\nd\n');
});

test('bytes are bounded as well as lines', () => {
  const { output, add } = setUp(1000, 1000);
  for (let line = 0; line < 100; line += 1) add('x'.repeat(99));
  expect(output.bufferBytes).toBeLessThanOrEqual(1000);
  expect(output.dropped + output.bufferLines).toBe(100);
});
