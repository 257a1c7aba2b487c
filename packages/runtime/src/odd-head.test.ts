import { expect, test } from 'vitest';
import { HeadMender } from './odd-head.ts';

function mended(text: string, size = text.length): string {
  const mender = new HeadMender();
  const octets = Buffer.from(text, 'latin1');
  const pieces: Buffer[] = [];
  for (let at = 0; at < octets.length; at += size) pieces.push(mender.mend(octets.subarray(at, at + size)));
  return Buffer.concat([...pieces, mender.rest()]).toString('latin1');
}

const HEAD = 'HTTP/1.1 200 OK\r\n';

test.each([
  [
    'more than the length',
    `${HEAD}content-length: 2\r\n\r\nok and more`,
    `${HEAD}content-length: 2\r\n\r\nok`,
  ],
  [
    'chunks',
    `${HEAD}content-length : 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok`,
    `${HEAD}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok`,
  ],
  [
    'spaces before a colon',
    `${HEAD}x-odd \t: a : b\r\nx: y\r\n\r\nbody : x`,
    `${HEAD}x-odd: a : b\r\nx: y\r\n\r\nbody : x`,
  ],
  ['bare line feeds', 'HTTP/1.1 200 OK\nx : y\n\nbody\n : ', 'HTTP/1.1 200 OK\nx: y\n\nbody\n : '],
  ['lines that are no headers', `${HEAD}garbage\r\nx y: z\r\n: z\r\na: b\r\n\r\n`, `${HEAD}a: b\r\n\r\n`],
  [
    'what is folded, with its line',
    `${HEAD}a: b\r\n c\r\nno header: b\r\n\tc\r\n\r\n`,
    `${HEAD}a: b\r\n c\r\n\r\n`,
  ],
  [
    'an answer behind an interim one',
    `HTTP/1.1 103 Early Hints\r\nlink : x\r\n\r\n${HEAD}a : b\r\n\r\nc : d`,
    `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${HEAD}a: b\r\n\r\nc : d`,
  ],
  [
    'nothing in a good answer',
    `${HEAD}a: b \r\ncontent-length: 3\r\n\r\na\n:`,
    `${HEAD}a: b \r\ncontent-length: 3\r\n\r\na\n:`,
  ],
  ['the case of the protocol', 'http/1.1 200 ok\r\n\r\nHi', 'HTTP/1.1 200 ok\r\n\r\nHi'],
  ['spaces in the status line', 'HTTP/1.0  404  Not  here \r\n\r\n', 'HTTP/1.0 404 Not  here\r\n\r\n'],
  ['a version that has no such line', 'HTTP/2 200\r\n\r\n', 'HTTP/1.1 200\r\n\r\n'],
  ['empty lines before the status', '\r\n\nHTTP/1.1 200\r\nx : y\r\n\r\n', 'HTTP/1.1 200\r\nx: y\r\n\r\n'],
  ['nothing of what is not HTTP', 'SSH-2.0-x\r\nx : y\r\n', 'SSH-2.0-x\r\nx : y\r\n'],
  ['nothing of a line that breaks off', 'HTTP/1.1  20', 'HTTP/1.1  20'],
  ['a bare carriage return', `${HEAD}a: b\rc: d\r\n\r\n`, `${HEAD}a: b c: d\r\n\r\n`],
  [
    'a length that is told twice',
    `${HEAD}content-length: 2, 02\r\ncontent-length: +2\r\n\r\nok more`,
    `${HEAD}content-length: 2\r\n\r\nok`,
  ],
  [
    'not lengths that differ',
    `${HEAD}content-length: 2, 5\r\ncontent-length: -1\r\n\r\nok`,
    `${HEAD}content-length: 2, 5\r\ncontent-length: -1\r\n\r\nok`,
  ],
  ['a length that nothing has', `${HEAD}content-length: ${'9'.repeat(23)}\r\n\r\nok`, `${HEAD}\r\nok`],
  [
    'an answer without a body that has one',
    'HTTP/1.1 204 No\r\ncontent-length: 5\r\n\r\nhello',
    'HTTP/1.1 204 No\r\ncontent-length: 5\r\n\r\n',
  ],
])('%s', (_, given, expected) => {
  expect(mended(given)).toBe(expected);
  expect(mended(given, 1)).toBe(expected);
});

const CHUNKED = `${HEAD}transfer-encoding: gzip, Chunked\r\n\r\n`;

test.each([
  ['bare line feeds', '2\nok\nA\n0123456789\n0\n\n', '2\r\nok\r\nA\r\n0123456789\r\n0\r\n\r\n'],
  ['extensions and trailers', `2 ;${'x'.repeat(30_000)}\r\nok\r\n0\r\na: b\r\n\r\n`, '2\r\nok\r\n0\r\n\r\n'],
  ['no size', 'zz\r\nok\r\n0\r\n\r\n', 'zz\r\nok\r\n0\r\n\r\n'],
  ['a size that is not the length', '2\r\nokay\r\n0\r\n\r\n', '2\r\nok\r\nay\r\n0\r\n\r\n'],
  ['an end within a chunk', '5\r\nok', '5\r\nok'],
  ['an end within a size', '5\r\nokays\r\n1', '5\r\nokays\r\n1'],
])('chunks with %s', (_, given, expected) => {
  expect(mended(CHUNKED + given)).toBe(CHUNKED + expected);
  expect(mended(CHUNKED + given, 1)).toBe(CHUNKED + expected);
});
