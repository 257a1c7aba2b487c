import { expect, test } from 'vitest';
import { encodeSeries, LineWriter } from './line-writer.ts';

function write(build: (writer: LineWriter) => void): string {
  const writer = new LineWriter(1);
  build(writer);
  return writer.take().toString('utf8');
}

test('a line carries its measurement, tags, fields and time', () => {
  const text = write((w) =>
    w
      .start('cpu')
      .tag('cpu', 'cpu0')
      .tag('node_id', 'a')
      .float('usage_idle', 99.5)
      .integer('n', -5)
      .unsigned('u', 7)
      .boolean('b', true)
      .string('s', 'say "hi" \\')
      .end(1_700_000_000_123, 45),
  );
  expect(text).toBe(
    String.raw`cpu,cpu=cpu0,node_id=a usage_idle=99.5,n=-5i,u=7u,b=true,s="say \"hi\" \\" 1700000000123000045` +
      '\n',
  );
});

test('special characters are escaped where they would end a name', () => {
  const text = write((w) => w.start('a b,c=d').tag('k= ,', 'v= ,').float('f =', 1).end(1));
  expect(text).toBe(String.raw`a\ b\,c=d,k\=\ \,=v\=\ \, f\ \==1 1000000` + '\n');
});

test('a backslash is doubled only where it would start an escape', () => {
  const text = write((w) =>
    w.start('m').tag('path', 'C:\\Users\\').tag('x', '\\ \\\\a').float('f', 1).end(1),
  );
  expect(text).toBe(String.raw`m,path=C:\Users\\,x=\\\ \\\a f=1 1000000` + '\n');
});

test('control characters become a space and never end a line', () => {
  const text = write((w) => w.start('m').tag('t', 'a\nb\u0000c\u0085').string('s', 'x\r\ny').end(1));
  expect(text).toBe('m,t=a\\ b\\ c\\  s="x  y" 1000000\n');
});

test('a measurement that begins with # is not a comment', () => {
  expect(write((w) => w.start('#m').float('f', 1).end(1))).toBe('_m f=1 1000000\n');
});

test('what the protocol cannot carry is left out, and a line without a field is taken back', () => {
  const writer = new LineWriter();
  writer.start('a').tag('', 'x').tag('y', '').float('f', 1).end(1);
  const kept = writer.start('b').float('f', Number.NaN).integer('i', Infinity).unsigned('u', -1).end(1);
  expect(kept).toBe(false);
  expect(writer.lineCount).toBe(1);
  expect(writer.take().toString()).toBe('a f=1 1000000\n');
});

test.each([
  [0, '0i'],
  [-0, '0i'],
  [9, '9i'],
  [10, '10i'],
  [-2_147_483_647, '-2147483647i'],
  [2_147_483_647, '2147483647i'],
  [2_147_483_648, '2147483648i'],
  [-2_147_483_648, '-2147483648i'],
  [1234.9, '1234i'],
  [9_223_372_036_854_775_807n, '9223372036854775807i'],
  [-9_223_372_036_854_775_808n, '-9223372036854775808i'],
])('the integer %s is written as %s', (value, expected) => {
  expect(write((w) => w.start('m').integer('f', value).end(1))).toBe(`m f=${expected} 1000000\n`);
});

test('integers beyond 64 bits are left out', () => {
  expect(
    write((w) =>
      w
        .start('m')
        .integer('f', 2n ** 63n)
        .unsigned('g', 2n ** 64n)
        .end(1),
    ),
  ).toBe('');
  expect(
    write((w) =>
      w
        .start('m')
        .unsigned('f', 2n ** 64n - 1n)
        .end(1),
    ),
  ).toBe('m f=18446744073709551615u 1000000\n');
});

test('floats keep the shortest form that reads back the same', () => {
  const text = write((w) =>
    w.start('m').float('a', 0.1).float('b', 1e21).float('c', 5e-324).float('d', 3_000_000_000).end(1),
  );
  expect(text).toBe('m a=0.1,b=1e+21,c=5e-324,d=3000000000 1000000\n');
});

test('the buffer grows over many lines, and long and non-ASCII text survives', () => {
  const writer = new LineWriter(1);
  const name = 'ü'.repeat(300);
  for (let index = 0; index < 500; index += 1)
    writer.start('m').tag('t', name).integer('f', index).end(index);
  const lines = writer.take().toString('utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(500);
  expect(lines[499]).toBe(`m,t=${name} f=499i 499000000`);
});

test('an encoded series is the same as its measurement and tags written one by one', () => {
  const series = encodeSeries('if', { node_id: 'n', ifDescr: 'eth 0', empty: '', none: undefined });
  const encoded = write((w) => w.startEncoded(series).tag('z', '1').float('f', 1).end(5));
  const plain = write((w) =>
    w.start('if').tags({ node_id: 'n', ifDescr: 'eth 0', empty: '' }).tag('z', '1').float('f', 1).end(5),
  );
  expect(encoded).toBe(plain);
});

test('an abandoned line leaves no trace', () => {
  const writer = new LineWriter();
  writer.start('m').float('f', 1).end(1);
  writer.start('n').float('f', 1);
  writer.abandon();
  expect(writer.view().toString()).toBe('m f=1 1000000\n');
});

test('a field takes its type from its value, and a time may be given in whole nanoseconds', () => {
  const text = write((w) => {
    w.start('m').field('a', 1.5).field('b', 2n).field('c', 'x').field('d', false).field('e', undefined);
    w.endAt(1_700_000_000_123_456_789n);
    w.start('m').field('e', undefined).endAt('1');
  });
  expect(text).toBe('m a=1.5,b=2i,c="x",d=false 1700000000123456789\n');
});
