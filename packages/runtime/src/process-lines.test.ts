import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { onLines } from './process-lines.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  onLines(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream);
  return lines;
}

it('a line is a line wherever the chunks are cut, and the last one needs no end', async () => {
  const euro = Buffer.from('€\n');
  expect(await linesOf('a\r\nb', 'c\n\n', euro.subarray(0, 1), euro.subarray(1), 'last')).toEqual([
    'a',
    'bc',
    '',
    '€',
    'last',
  ]);
});

it('a line without end is cut, and the next one is whole', async () => {
  const lines = await linesOf(...Array.from({ length: 64 }, () => 'x'.repeat(16 * 1024)), '\nnext\n');
  expect(lines.map((line) => line.length)).toEqual([64 * 1024, 4]);
  expect(lines[1]).toBe('next');
});
