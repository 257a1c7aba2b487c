import { describe, expect, test } from 'vitest';
import { decodeLine } from './line-decode.ts';
import { LINE_REASONS } from './line-reason.ts';
import { LineScanner, type Precision } from './line-scanner.ts';

function verdicts(body: string | Buffer, precision: Precision = 'ns'): string[] {
  const scanner = new LineScanner();
  scanner.reset(Buffer.from(body), precision);
  const found: string[] = [];
  while (scanner.next())
    found.push(scanner.verdict === 0 ? 'good' : String(LINE_REASONS[scanner.verdict - 1]));
  return found;
}

function decode(line: string, precision: Precision = 'ns') {
  const scanner = new LineScanner();
  const bytes = Buffer.from(line);
  scanner.reset(bytes, precision);
  expect(scanner.next()).toBe(true);
  expect(scanner.verdict).toBe(0);
  return decodeLine(bytes, scanner);
}

test('a line is found with its parts', () => {
  const body = Buffer.from(
    'cpu,node_id=abc,cpu=cpu0 usage_idle=99.5,text="a b",n=3i 1700000000123456789\nnext f=1\n',
  );
  const scanner = new LineScanner();
  scanner.reset(body);
  expect(scanner.next()).toBe(true);
  const slice = (start: number, end: number) => body.toString('utf8', start, end);
  expect(slice(scanner.lineStart, scanner.measurementEnd)).toBe('cpu');
  expect(slice(scanner.watchedStart, scanner.watchedEnd)).toBe('abc');
  expect(slice(scanner.seriesEnd + 1, scanner.fieldsEnd)).toBe('usage_idle=99.5,text="a b",n=3i');
  expect(scanner).toMatchObject({ tagCount: 2, fieldCount: 3, textFieldCount: 1, timeMs: 1_700_000_000_123 });
  expect(scanner.next()).toBe(true);
  expect(scanner).toMatchObject({ verdict: 0, hasTime: false, watchedStart: -1 });
  expect(scanner.next()).toBe(false);
});

test('escapes are taken out as VictoriaMetrics takes them out', () => {
  const line = decode(String.raw`a\ b\,c=d,k\=\ \,=v\=\ \,,p=C:\dir\\,w=x\\y f\ \==1,g\\=2 1000000`);
  expect(line.measurement).toBe('a b,c=d');
  expect([...line.tags]).toEqual([
    ['k= ,', 'v= ,'],
    ['p', 'C:\\dir\\'],
    ['w', 'x\\y'],
  ]);
  expect([...line.fields]).toEqual([
    ['f =', 1],
    ['g\\', 2],
  ]);
});

test.each<[Precision, string, number]>([
  ['ns', '1700000000123999999', 1_700_000_000_123],
  ['us', '1700000000123999', 1_700_000_000_123],
  ['ms', '1700000000123', 1_700_000_000_123],
  ['s', '1700000000', 1_700_000_000_000],
  ['ns', '5', 0],
  ['ns', '-1700000000123000000', -1_700_000_000_123],
])('a time in %s is read in whole milliseconds: %s', (precision, text, expected) => {
  expect(decode(`m f=1 ${text}`, precision).timeMs).toBe(expected);
});

test.each([
  ['1', 1],
  ['-1.5e3', -1500],
  ['007', 7],
  ['9007199254740993i', 9_007_199_254_740_993n],
  ['-9223372036854775808i', -(2n ** 63n)],
  ['18446744073709551615u', 2n ** 64n - 1n],
  ['T', true],
  ['FALSE', false],
  [String.raw`"say \"hi\" \\, a=b c"`, String.raw`say "hi" \, a=b c`],
])('the field value %s is read', (text, expected) => {
  expect(decode(`m f=${text},g=1 1`).fields.get('f')).toBe(expected);
});

test.each([
  '+1',
  '.5',
  '5.',
  '1e',
  '1e+',
  '0x10',
  '1_000',
  'nan',
  'NaN',
  'inf',
  '-inf',
  'Infinity',
  'abc',
  'tru',
  'truee',
  '1e400',
  '-1e400',
  '9'.repeat(310),
  '9223372036854775808i',
  '-9223372036854775809i',
  '18446744073709551616u',
  '-1u',
  '1.5i',
  '-i',
  '-',
  '1ix',
  '1f',
])('%s is no number', (text) => {
  expect(verdicts(`m f=${text} 1\nm ok=1 1`)).toEqual(['bad_number', 'good']);
});

test.each([
  ['m', 'bad_measurement'],
  ['m,', 'bad_tag'],
  [',t=v f=1', 'bad_measurement'],
  [' m f=1', 'bad_measurement'],
  ['m,t f=1', 'bad_tag'],
  ['m,t= f=1', 'bad_tag'],
  ['m,=v f=1', 'bad_tag'],
  ['m,t=a=b f=1', 'bad_tag'],
  ['m,,t=v f=1', 'bad_tag'],
  ['m,t=v', 'bad_tag'],
  ['m,t=a b f=1', 'bad_field'],
  ['m ', 'bad_field'],
  ['m f', 'bad_field'],
  ['m f=', 'bad_field'],
  ['m =1', 'bad_field'],
  ['m f=1,', 'bad_field'],
  ['m f=1,,g=2', 'bad_field'],
  ['m f="a', 'bad_field'],
  ['m f="a"b', 'bad_field'],
  ['m f="a\\"', 'bad_field'],
  ['m f"x=1', 'bad_field'],
  ['m  f=1', 'bad_field'],
  ['m f=1 ', 'bad_timestamp'],
  ['m f=1  1', 'bad_timestamp'],
  ['m f=1 1 ', 'bad_timestamp'],
  ['m f=1 +1', 'bad_timestamp'],
  ['m f=1 1.5', 'bad_timestamp'],
  ['m f=1 12345678901234567890', 'bad_timestamp'],
  ['m,t=a\u0000b f=1', 'control_character'],
  ['m\tx f=1', 'control_character'],
  ['m,t=a\u007f f=1', 'control_character'],
  ['m,a\u001b=1 f=1', 'control_character'],
  ['m,t=a,t=b f=1', 'duplicate_key'],
  ['m,node_id=a,x=1,node_id=b f=1', 'duplicate_key'],
  [String.raw`m,a\b=1,a\\b=2 f=1`, 'duplicate_key'],
  ['m f=1,g=2,f=3', 'duplicate_key'],
  ['m,__name__=x f=1', 'reserved_name'],
  [`m,t=${'x'.repeat(1_048_576)} f=1`, 'too_long'],
  [`m,${'k'.repeat(257)}=v f=1`, 'too_long'],
  [`${'m'.repeat(257)} f=1`, 'too_long'],
  [`m ${'f'.repeat(257)}=1`, 'too_long'],
  [`m f="${'x'.repeat(70_000)}"`, 'too_long'],
  [`m,${Array.from({ length: 41 }, (_, index) => `t${index}=v`).join(',')} f=1`, 'too_many_tags'],
  [`m,${Array.from({ length: 10_000 }, (_, index) => `t${index}=v`).join(',')} f=1`, 'too_many_tags'],
  [`m ${Array.from({ length: 1_025 }, (_, index) => `f${index}=1`).join(',')}`, 'too_many_fields'],
])('the bad line is refused with its reason and its neighbours are kept: %.40j', (line, reason) => {
  expect(verdicts(`before,t=v f=1 1\n${line}\nafter,t=v f=1 1\n`)).toEqual(['good', reason, 'good']);
  expect(verdicts(line)).toEqual([reason]);
  expect(verdicts(`${line}\r\n`)).toEqual([reason]);
});

describe('a text over several lines', () => {
  test.each([
    ['a line feed', 'first\nsecond'],
    ['a carriage return and a line feed', 'first\r\nsecond\r\n'],
    ['an escaped quote before it', 'say \\"\nsecond'],
    ['what looks like lines', 'x\n# a, b=1\ncpu,node_id=n usage=1 1\n\n'],
    ['NUL and other controls', 'a\u0000b\u001b[31m\nc'],
  ])('with %s is one line', (_, text) => {
    const body = `m,t=v up=1i,d="${text}",z=2 5000000\nnext f=1 1\n`;
    expect(verdicts(body)).toEqual(['good', 'good']);
    const line = decode(body);
    expect(line.fields.get('up')).toBe(1n);
    expect(line.fields.get('z')).toBe(2);
    expect(line.fields.get('d')).toBe(text.replace('\\"', '"'));
    expect(line.timeMs).toBe(5);
  });

  test.each([
    ['plain', 'after,t=v f=1 1'],
    ['with a text of its own', 'after,t=v f="b c",g=1 1'],
    ['with an empty text', 'after,t=v f="",g=1 1'],
    ['with a text that begins with a comma', 'after,t=v f=", x",g=1 1'],
    ['with a text that begins with a space', 'after,t=v f=" x" 1'],
    ['with a text over lines', 'after,t=v f="b\nc",g=1 1'],
  ])('that is never closed swallows no good line %s', (_, after) => {
    expect(verdicts(`m f="open\n${after}\nlast f=1 1\n`)).toEqual(['bad_field', 'good', 'good']);
    expect(verdicts(`m f="open,g=2 5\n${after}\nlast f=1 1\n`)).toEqual(['bad_field', 'good', 'good']);
  });

  test('is not looked for without end', () => {
    const body = `m f="${'\n'.repeat(70_000)}"\nlast f=1 1\n`;
    expect(verdicts(body)).toEqual(['bad_field', 'bad_measurement', 'good']);
  });
});

test('a text that is no UTF-8 costs its line nothing, a tag beside it does', () => {
  const bad = (before: string, after: string): Buffer =>
    Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3]), Buffer.from(after)]);
  expect(verdicts(bad('m up=1,d="', '",e=2,f="b" 1\nm f=1'))).toEqual(['good', 'good']);
  expect(verdicts(bad('m,t=', ' d="x" 1\nm f=1'))).toEqual(['bad_utf8', 'good']);
  expect(verdicts(bad('m d="x",', '=1 1\nm f=1'))).toEqual(['bad_utf8', 'good']);
});

test('bad UTF-8 is refused in its own line only', () => {
  const body = Buffer.concat([
    Buffer.from('m,t=grün f=1 1\nm,t='),
    Buffer.from([0xff]),
    Buffer.from(' f=1 1\nm,t=\u{1f600} f=1 1'),
  ]);
  expect(verdicts(body)).toEqual(['good', 'bad_utf8', 'good']);
});

test('empty lines, comments and carriage returns are passed over', () => {
  expect(verdicts('\n\r\n# note\nm f=1 1\r\n\nm f=2\r\n#')).toEqual(['good', 'good']);
});

test('a line holds as many tags and fields as are allowed', () => {
  const tags = Array.from({ length: 30 }, (_, index) => `t${index}=v`).join(',');
  const fields = Array.from({ length: 1_024 }, (_, index) => `f${index}=1`).join(',');
  expect(verdicts(`m,${tags} ${fields} 1`)).toEqual(['good']);
});

test('tags that are watched are found whatever their names have in common', () => {
  const names = ['ifIndex', 'ifAlias', 'ifDescr', 'ab', 'cb', 'a'];
  const scanner = new LineScanner('node_id', names);
  const body = Buffer.from(
    'm,a=1,ab=2,cb=3,ifAlias=4,ifDescr=5,ifIndex=6,node_id=7,zfIndex=8 f=1\nm,ifDescr=9 f=1\n',
  );
  const found = () =>
    names.map((_, place) => {
      const start = scanner.besideStart[place] as number;
      return start < 0 ? '' : body.toString('utf8', start, scanner.besideEnd[place]);
    });
  scanner.reset(body);
  scanner.next();
  expect(found()).toEqual(['6', '4', '5', '2', '3', '1']);
  scanner.next();
  expect(found()).toEqual(['', '', '9', '', '', '']);
});
