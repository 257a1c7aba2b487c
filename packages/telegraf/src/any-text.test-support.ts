import * as fc from 'fast-check';

/** Texts that break TOML, that Telegraf expands, or that change how a line is seen or cut. */
const BREAKERS = [
  '$',
  '$$',
  '${',
  '}',
  '${HOME}',
  '$PATH',
  '${X:-y}',
  '$1',
  '@{',
  '@{store:key}',
  '"',
  '"""',
  "'''",
  '\\',
  '\\u0024',
  '\\"',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '#',
  '[[inputs.exec]]',
  '\n[[inputs.exec]]\ncommands = ["id"]\n',
  ']]',
  '=',
  ',',
  '\u0000',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\ufffd',
  'é😀',
  'e\u0301',
];

/** Any text of Unicode, half surrogate pairs among it, with the breakers turning up often. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...BREAKERS), { maxLength: 12 }).map((parts) => parts.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...BREAKERS), fc.string({ unit: 'binary', maxLength: 4 })), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
  fc
    .tuple(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('\ud800', '\udfff', '\udbff\ud800'),
      fc.string({ maxLength: 4 }),
    )
    .map((parts) => parts.join('')),
);
