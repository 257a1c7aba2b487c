import { describe, expect, test } from 'vitest';
import { cleanLines } from './clean-lines.ts';

function clean(text: string): string {
  return cleanLines(Buffer.from(text)).toString();
}

describe('lines of an engine', () => {
  test('that are clean are handed on as they are', () => {
    const body = Buffer.from('m,t=a\\ b f=1,d="x, \\"y\\"" 1\nm f="grün" 2\n');
    expect(cleanLines(body)).toBe(body);
  });

  test('lose the line breaks and control characters of a text, and nothing else', () => {
    expect(clean('m,t=v up=1i,d="a\r\nb\u0000\u001b[31m\nc" 1\nnext f=1 1\n')).toBe(
      'm,t=v up=1i,d="a b[31m c" 1\nnext f=1 1\n',
    );
  });

  test('lose the control characters of a tag, and a tag that is nothing else', () => {
    expect(clean('interface,ifAlias=port\\ 1\u0000\u0000,ifDescr=\u0000,ifName=p\\=\u007f1 v=1i 1\n')).toBe(
      'interface,ifAlias=port\\ 1,ifName=p\\=1 v=1i 1\n',
    );
  });

  test('may end in a carriage return', () => {
    expect(clean('m,t=v f=1 1\r\nm,t=v f=2 2\r\n')).toBe('m,t=v f=1 1\nm,t=v f=2 2\n');
  });

  test('keep octets that are no UTF-8', () => {
    const octets = (tail: number[]) =>
      Buffer.concat([Buffer.from('m d="'), Buffer.from(tail), Buffer.from('" 1\n')]);
    expect(cleanLines(octets([0xff, 0x00, 0xc3])).equals(octets([0xff, 0xc3]))).toBe(true);
  });
});
