import { expect, test } from 'vitest';
import { TomlLines } from './toml-lines.ts';

test('knows the line of keys, of tables, of lists of tables and of items, however they are written', () => {
  const lines = new TomlLines(`# a comment with [brackets]
a = 1
"b c" = "x # no comment"
d.e = [1, [
  2,
  { f = 3 }], # behind
  4]
text = """
[not.a.table]
a = 2 \\""" still
"""
literal = '''
''quotes'' '''
[t]
k = 'it''s'
[[l]]
k = 1
[[l.m]]
k = 2
[l.m.n]
k = { o = [ { p = 1 },
  { p = 2 } ] }
[[l]]
[[l.m]]
k = 3
[[l.m]]
k = 4
last = 2026-01-01T00:00:00Z # time
`);
  expect(
    Object.fromEntries(
      [
        'a',
        'b c',
        'd',
        'd.e',
        'd.e.1',
        'd.e.1.0',
        'd.e.1.1.f',
        'd.e.2',
        'text',
        'literal',
        't.k',
        'l.0.k',
        'l.0.m.0.k',
        'l.0.m.0.n.k.o.0.p',
        'l.0.m.0.n.k.o.1.p',
        'l.1',
        'l.1.m.0.k',
        'l.1.m.1.k',
        'l.1.m.1.last',
        // The nearest around it.
        'l.1.m.1.absent',
        't.absent.more',
      ].map((path) => [path, lines.lineOf(path)]),
    ),
  ).toEqual({
    a: 2,
    'b c': 3,
    d: 4,
    'd.e': 4,
    'd.e.1': 4,
    'd.e.1.0': 5,
    'd.e.1.1.f': 6,
    'd.e.2': 7,
    text: 8,
    literal: 12,
    't.k': 15,
    'l.0.k': 17,
    'l.0.m.0.k': 19,
    'l.0.m.0.n.k.o.0.p': 21,
    'l.0.m.0.n.k.o.1.p': 22,
    'l.1': 23,
    'l.1.m.0.k': 25,
    'l.1.m.1.k': 27,
    'l.1.m.1.last': 28,
    'l.1.m.1.absent': 26,
    't.absent.more': 14,
  });
  expect(lines.lineOf('nowhere')).toBeUndefined();
});

test.each(['[', '[[', 'a = [', 'a = {', 'a = "x', '= 1', 'a', '[a.', '\u0000'])(
  'comes to an end with %j',
  (text) => {
    expect(new TomlLines(text).lineOf('zz')).toBeUndefined();
  },
);
