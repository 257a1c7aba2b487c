import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLine } from './line-decode.ts';
import { escapeName } from './line-escape.ts';
import { LineScanner } from './line-scanner.ts';
import { joinTextLines } from './text-lines.ts';

/** A string field as Telegraf writes it: quotes and backslashes escaped, all else as it came. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function joined(text: string): string {
  return joinTextLines(Buffer.from(text)).toString();
}

test('a text over lines is put on one, and nothing else is changed', () => {
  const before = 'a,t=1 f=1 1\n# note "\n';
  expect(joined(`${before}m d="x\r\ny\nz",g=1 2\nb f="c" 3\n`)).toBe(
    `${before}m d="x y z",g=1 2\nb f="c" 3\n`,
  );
});

test('a quote in a tag opens no text', () => {
  const joined = joinTextLines(Buffer.from('m,t=" d="x\ny",g=1 2\nb f=1 3\n'));
  expect(joined.toString()).toBe('m,t=" d="x y",g=1 2\nb f=1 3\n');
});

test('a body without such a text is handed back as it is', () => {
  for (const text of ['', 'm f=1 1\n', 'm f="a",g="b" 1\nm f="a \\"b" 1\n', 'm f="open\nm f=1\n']) {
    const body = Buffer.from(text);
    expect(joinTextLines(body)).toBe(body);
  }
});

test('whatever the texts are, each line is one line and keeps its values', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\r', ',', ' ', '=', 'ä') });
  const row = fc.record({ tag: fc.string({ minLength: 1, unit: 'grapheme-ascii' }), text, value: fc.nat() });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const body = rows
        .map(
          ({ tag, text: d, value }, at) =>
            `m${at},t=${escapeName(tag)} d=${quoted(d)},v=${value}i ${at}000000\n`,
        )
        .join('');
      const one = joinTextLines(Buffer.from(body));
      expect(one.toString().split('\n')).toHaveLength(rows.length + 1);
      const scanner = new LineScanner();
      scanner.reset(one);
      for (const { text: d, value } of rows) {
        expect(scanner.next()).toBe(true);
        expect(scanner.verdict).toBe(0);
        const { fields } = decodeLine(one, scanner);
        expect(fields.get('v')).toBe(BigInt(value));
        expect(fields.get('d')).toBe(
          d.replace(/\r\n|\n/g, ' ').replace(/\r/g, d.includes('\n') ? ' ' : '\r'),
        );
      }
    }),
    { numRuns: 500 },
  );
});
