import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTemplates } from './template-cases.test-support.ts';

const page = readFileSync(new URL('../../../docs/reference/device-metrics.md', import.meta.url), 'utf8');
const named = new Set([...page.matchAll(/`([a-zA-Z_][a-zA-Z0-9_]*)`/g)].map(([, name]) => name));
const rules = [...readTemplates().values()].flatMap(({ slug, metrics }) =>
  metrics.map((rule) => ({ slug, ...rule })),
);

describe('docs/reference/device-metrics.md', () => {
  test('names every measurement that a template gives', () => {
    const missing = rules.filter(({ measurement }) => !named.has(measurement));
    expect(missing.map(({ slug, measurement }) => `${slug}: ${measurement}`)).toEqual([]);
  });

  test('names every field that a template gives', () => {
    const missing = rules.flatMap(({ slug, measurement, fields }) =>
      Object.keys(fields)
        .filter((field) => !named.has(field))
        .map((field) => `${slug}: ${measurement}.${field}`),
    );
    expect(missing).toEqual([]);
  });

  test('names every kind of sensor that a template gives', () => {
    const kinds = rules.flatMap(({ measurement, tags }) => {
      if (measurement !== 'device_sensor') return [];
      const kind = tags['kind'];
      if (typeof kind !== 'object' || Array.isArray(kind) || !('map' in kind)) return [];
      return [...Object.values(kind.map), ...(kind.default === undefined ? [] : [kind.default])];
    });
    expect(kinds.length).toBeGreaterThan(0);
    expect([...new Set(kinds)].filter((kind) => !named.has(kind))).toEqual([]);
  });
});
