import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputBlock, TelegrafConfig } from './config-model.ts';
import { readConfig } from './config-reader.ts';
import { writeConfig } from './config-writer.ts';
import type { TomlTable } from './toml-value.ts';

/** Any text of Unicode, with what breaks TOML and what Telegraf expands turning up often. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '$',
        '$$',
        '${',
        '}',
        '${HOME}',
        '$PATH',
        '@{',
        '@{store:key}',
        '"',
        '"""',
        "'''",
        '\\',
        '\\u0024',
        '\n',
        '\r\n',
        '#',
        '[[inputs.exec]]',
        '\ncommands = ["id"]\n',
        ']]',
        '=',
        '\u0000',
        '\u007f',
        '\u0085',
        '\u2028',
        '\uFEFF',
        'é😀',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
const bareKey = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
const scalar = fc.oneof(
  anyText,
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.array(anyText, { maxLength: 4 }),
);
const GENERAL =
  /^(tags|alias|interval|precision|log_level|metricpass|path|field|table|tagpass|name|pass|drop)/;
const pluginOptions: fc.Arbitrary<TomlTable> = fc
  .record({
    scalars: fc.dictionary(
      bareKey.filter((key) => !GENERAL.test(key)),
      scalar,
      { maxKeys: 5 },
    ),
    field: fc.array(fc.dictionary(bareKey, scalar, { minKeys: 1, maxKeys: 3 }), { maxLength: 3 }),
    headers: fc.dictionary(fc.stringMatching(/^[A-Za-z.# ]{1,10}$/), anyText, { minKeys: 1, maxKeys: 3 }),
  })
  .map(({ scalars, field, headers }) => ({
    ...scalars,
    ...(field.length > 0 ? { field } : {}),
    headers,
  }));
const inputBlock: fc.Arbitrary<InputBlock> = fc.record(
  {
    plugin: fc.constantFrom('snmp', 'cpu', 'net'),
    options: pluginOptions,
    tags: fc.dictionary(bareKey, anyText, { minKeys: 1, maxKeys: 3 }),
    alias: anyText,
    nameOverride: anyText,
    intervalMs: fc.integer({ min: 1, max: 1e9 }),
  },
  { requiredKeys: ['plugin', 'options'] },
);
const anyConfig: fc.Arbitrary<TelegrafConfig> = fc.record({
  agent: fc.record({ intervalMs: fc.integer({ min: 1, max: 1e9 }), hostname: anyText }, { requiredKeys: [] }),
  globalTags: fc.dictionary(bareKey, anyText, { maxKeys: 3 }),
  inputs: fc.array(inputBlock, { maxLength: 4 }),
  outputs: fc.constant([]),
});

/** The reader groups blocks by plugin, in the order in which the plugins first appear. */
function grouped(config: TelegrafConfig): TelegrafConfig {
  const plugins = [...new Set(config.inputs.map((block) => block.plugin))];
  return {
    ...config,
    inputs: plugins.flatMap((plugin) => config.inputs.filter((block) => block.plugin === plugin)),
  };
}

/** Plain objects, as deep equality sees null prototypes and key order apart. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `bigint ${item}` : item)),
  );
}

describe('a config that was written', () => {
  test('is read back as it was, whatever text its fields hold', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const { config: read } = readConfig(writeConfig(config));
        expect(plain(read)).toEqual(plain(grouped(config)));
      }),
      { numRuns: 500 },
    );
  });

  test('never has a plugin that its model does not have', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (tag, option, hostname) => {
        const text = writeConfig({
          agent: { hostname },
          globalTags: { site: tag },
          inputs: [
            {
              plugin: 'snmp',
              options: { community: option, field: [{ name: tag, oid: option }] },
              tags: { a: tag },
            },
          ],
          outputs: [],
        });
        const headers = text.split('\n').filter((line) => line.startsWith('['));
        expect(headers).toEqual([
          '[agent]',
          '[global_tags]',
          '[[inputs.snmp]]',
          '[[inputs.snmp.field]]',
          '[inputs.snmp.tags]',
        ]);
        expect(readConfig(text).config.inputs).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  test('has the same bytes in whatever order its objects were filled', () => {
    fc.assert(
      fc.property(pluginOptions, (options) => {
        const reversed = Object.fromEntries(Object.entries(options).toReversed());
        const base = { agent: {}, globalTags: {}, outputs: [] };
        const one = writeConfig({ ...base, inputs: [{ plugin: 'snmp', options }] });
        expect(writeConfig({ ...base, inputs: [{ plugin: 'snmp', options: reversed }] })).toBe(one);
      }),
    );
  });
});
