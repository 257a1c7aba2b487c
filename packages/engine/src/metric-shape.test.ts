import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileGlobs, compileIncludeExclude } from './glob-filter.ts';
import { MetricShape } from './metric-shape.ts';

describe('globs', () => {
  test.each([
    ['usage_*', 'usage_idle', true],
    ['usage_*', 'time_idle', false],
    ['eth?', 'eth0', true],
    ['eth?', 'eth10', false],
    ['eth[0-2]', 'eth1', true],
    ['eth[!0-2]', 'eth1', false],
    ['{eth,en}*', 'enp1s0', true],
    ['a.b', 'axb', false],
    ['*', 'any/thing', true],
    [String.raw`a\*`, 'a*', true],
    [String.raw`a\*`, 'ab', false],
    ['{eth', '{eth', true],
  ])('%s on %s: %s', (glob, name, matches) => {
    expect(compileGlobs([glob])?.(name)).toBe(matches);
  });

  test('braces are a pattern of their own, and a backslash stands for itself where nothing is one', () => {
    expect(compileGlobs(['{a,b}'])?.('a')).toBe(true);
    expect(compileGlobs(['{a,b}'])?.('{a,b}')).toBe(false);
    expect(compileGlobs([String.raw`a\b`])?.(String.raw`a\b`)).toBe(true);
    expect(compileGlobs([String.raw`a\b`, 'c*'])?.('ab')).toBe(true);
  });

  test('any text is a pattern that does not throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (glob, name) => {
        expect(typeof compileGlobs([glob])?.(name)).toBe('boolean');
      }),
    );
  });

  test('exclude wins over include', () => {
    const keeps = compileIncludeExclude(['a*'], ['ab']);
    expect(['a', 'ab', 'b'].map((name) => keeps?.(name))).toEqual([true, false, false]);
  });
});

describe('a block', () => {
  test("gives its tags over the global ones, and a metric's own over both", () => {
    const block = { plugin: 'x', options: {}, tags: { site: 'b', role: 'db' } };
    const shape = new MetricShape(block, { site: 'a', dc: 'eu' });
    expect(String(shape.encodeSeries('m', { role: 'web', a: '' }))).toBe('m,dc=eu,role=web,site=b');
  });

  test('renames by override, then prefix and suffix', () => {
    const block = { plugin: 'x', options: {}, nameOverride: 'o', namePrefix: 'p_', nameSuffix: '_s' };
    expect(String(new MetricShape(block, {}).encodeSeries('m', {}))).toBe('p_o_s');
  });

  test('selects by the name and tags that the input gave, and strips tags and fields after', () => {
    const filters = {
      nameDrop: ['bad*'],
      tagPass: { cpu: ['cpu-*'] },
      tagExclude: ['site'],
      fieldInclude: ['usage_*'],
    };
    const shape = new MetricShape({ plugin: 'x', options: {}, filters, nameOverride: 'n' }, { site: 'a' });
    expect(String(shape.encodeSeries('m', { cpu: 'cpu-total' }))).toBe('n,cpu=cpu-total');
    expect(shape.encodeSeries('m', { cpu: 'cpu0' })).toBeUndefined();
    expect(shape.encodeSeries('bad', { cpu: 'cpu-total' })).toBeUndefined();
    expect([shape.keepsField('usage_idle'), shape.keepsField('time_idle')]).toEqual([true, false]);
  });

  test('lets no text of a device break out of its tag', () => {
    const shape = new MetricShape({ plugin: 'x', options: {} }, {});
    const series = String(shape.encodeSeries('m', { a: 'x\n evil=1 1\u202e,b=c' }));
    expect(series).toBe(String.raw`m,a=x\ \ evil\=1\ 1\,b\=c`);
  });
});
