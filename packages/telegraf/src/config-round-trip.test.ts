import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from './any-text.test-support.ts';
import type { InputBlock, TelegrafConfig } from './config-model.ts';
import { readConfig } from './config-reader.ts';
import { writeConfig, writeInputBlock } from './config-writer.ts';
import { UnrenderableValueError } from './toml-text.ts';
import type { TomlTable } from './toml-value.ts';

const bareKey = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
/** Any name that a header or a tag of a table can have; keys with `$`, quotes or backslashes have no safe form. */
const anyKey = fc.stringMatching(/^[A-Za-z.# =[\]é😀-]{1,10}$/u);
const wellFormed = anyText.filter((text) => text.isWellFormed());
const scalar = fc.oneof(
  wellFormed,
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.array(wellFormed, { maxLength: 4 }),
);
const snmpField = fc.record(
  {
    name: wellFormed.filter((text) => text !== ''),
    oid: fc.constant('1.3.6.1.2.1.1.3.0'),
    is_tag: fc.boolean(),
  },
  { requiredKeys: ['name', 'oid'] },
);
const snmpOptions: fc.Arbitrary<TomlTable> = fc
  .record(
    {
      agents: fc.array(wellFormed, { maxLength: 3 }),
      community: scalar,
      context_name: scalar,
      sec_name: scalar,
      auth_password: scalar,
      max_repetitions: scalar,
      field: fc.array(snmpField, { minLength: 1, maxLength: 3 }),
      table: fc.array(
        fc.record({
          name: wellFormed,
          inherit_tags: fc.array(wellFormed),
          field: fc.array(snmpField, { minLength: 1 }),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  )
  .map((options) => options as TomlTable);
const httpOptions: fc.Arbitrary<TomlTable> = fc.record({
  body: wellFormed,
  username: wellFormed,
  headers: fc.dictionary(anyKey, wellFormed, { minKeys: 1, maxKeys: 3 }),
});
const inputBlock: fc.Arbitrary<InputBlock> = fc
  .oneof(
    snmpOptions.map((options) => ({ plugin: 'snmp', options })),
    httpOptions.map((options) => ({ plugin: 'http_response', options })),
    fc.constant({ plugin: 'cpu', options: {} }),
  )
  .chain((block) =>
    fc.record(
      {
        plugin: fc.constant(block.plugin),
        options: fc.constant(block.options),
        tags: fc.dictionary(fc.oneof(bareKey, anyKey), wellFormed, { minKeys: 1, maxKeys: 3 }),
        alias: wellFormed,
        nameOverride: wellFormed,
        intervalMs: fc.integer({ min: 1, max: 1e9 }),
      },
      { requiredKeys: ['plugin', 'options'] },
    ),
  );
const anyConfig: fc.Arbitrary<TelegrafConfig> = fc.record({
  agent: fc.record(
    { intervalMs: fc.integer({ min: 1, max: 1e9 }), hostname: wellFormed },
    { requiredKeys: [] },
  ),
  globalTags: fc.dictionary(fc.oneof(bareKey, anyKey), wellFormed, { maxKeys: 3 }),
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

function headersOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('['));
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
      fc.property(wellFormed, wellFormed, wellFormed, (tag, option, hostname) => {
        const text = writeConfig({
          agent: { hostname },
          globalTags: { site: tag },
          inputs: [
            {
              plugin: 'snmp',
              options: { community: option, field: [{ name: `n${tag}`, oid: '1.3' }] },
              tags: { a: tag },
            },
          ],
          outputs: [],
        });
        expect(headersOf(text)).toEqual([
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

  test('refuses half a surrogate pair, names the place and adds nothing', () => {
    fc.assert(
      fc.property(
        anyText.filter((text) => !text.isWellFormed()),
        fc.constantFrom('community', 'tag', 'name', 'alias'),
        (text, place) => {
          const block: InputBlock = {
            plugin: 'snmp',
            options: {
              community: place === 'community' ? text : 'public',
              field: [{ name: place === 'name' ? text : 'x', oid: '1.3' }],
            },
            ...(place === 'alias' ? { alias: text } : {}),
            tags: { node_name: place === 'tag' ? text : 'core' },
          };
          expect(() => writeInputBlock(block)).toThrow(UnrenderableValueError);
        },
      ),
    );
  });

  test('carries 100 KiB of anything', () => {
    fc.assert(
      fc.property(
        wellFormed.filter((text) => text.length > 3),
        (piece) => {
          const text = piece.repeat(Math.ceil(102_400 / piece.length));
          const block = { plugin: 'snmp', options: { community: text }, tags: { node_name: text } };
          const { config } = readConfig(
            writeConfig({ agent: {}, globalTags: {}, inputs: [block], outputs: [] }),
          );
          expect(config.inputs).toHaveLength(1);
          expect(config.inputs[0]?.options['community'] === text).toBe(true);
          expect(config.inputs[0]?.tags?.['node_name'] === text).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('has the same bytes in whatever order its objects were filled', () => {
    fc.assert(
      fc.property(snmpOptions, (options) => {
        const reversed = Object.fromEntries(Object.entries(options).toReversed());
        const base = { agent: {}, globalTags: {}, outputs: [] };
        const one = writeConfig({ ...base, inputs: [{ plugin: 'snmp', options }] });
        expect(writeConfig({ ...base, inputs: [{ plugin: 'snmp', options: reversed }] })).toBe(one);
      }),
    );
  });
});
