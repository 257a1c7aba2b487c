import { expect, test } from 'vitest';
import { HeadMender } from './odd-head.ts';

function mended(text: string, size = text.length): string {
  const mender = new HeadMender();
  const octets = Buffer.from(text, 'latin1');
  const pieces: Buffer[] = [];
  for (let at = 0; at < octets.length; at += size) pieces.push(mender.mend(octets.subarray(at, at + size)));
  return Buffer.concat(pieces).toString('latin1');
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
])('%s', (_, given, expected) => {
  expect(mended(given)).toBe(expected);
  expect(mended(given, 1)).toBe(expected);
});
