import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldFaults, plainWords } from './field-faults.ts';
import { createCredentialSchema, createNodeSchema, listQuerySchema } from './index.ts';

function faultsOf(schema: z.ZodType, data: unknown): Record<string, string> {
  const { error } = schema.safeParse(data, { error: plainWords });
  const faults = error === undefined ? [] : fieldFaults(error);
  expect(new Set(faults.map(({ path }) => path)).size).toBe(faults.length);
  return Object.fromEntries(faults.map(({ path, message }) => [path, message]));
}

describe('what is said of a field that is not valid', () => {
  it('of a number beyond all integers is the bound of the field', () => {
    const schema = z.object({ port: z.int().min(1).max(65_535), low: z.int().min(1), free: z.int() });
    expect(faultsOf(schema, { port: 1e300, low: -1e300, free: 1e300 })).toEqual({
      port: 'must be at most 65535',
      low: 'must be at least 1',
      free: 'is too far from zero',
    });
  });

  it('is in plain words', () => {
    const schema = z.strictObject({
      name: z.string().min(1),
      code: z.string().min(3).max(5),
      word: z.string().regex(/^a/),
      id: z.uuid(),
      count: z.int().min(1).max(9),
      ratio: z.number().gt(0),
      on: z.boolean(),
      role: z.enum(['admin', 'operator', 'viewer']),
      kind: z.literal('one'),
      tags: z.array(z.string()).min(1).max(2),
      inner: z.object({ deep: z.array(z.int()) }),
      either: z.union([z.string(), z.int()]),
    });
    expect(faultsOf(schema, undefined)).toEqual({ '': 'is required' });
    expect(faultsOf(schema, [])).toEqual({ '': 'must be an object' });
    expect(new Set(Object.values(faultsOf(schema, {})))).toEqual(new Set(['is required']));
    expect(
      faultsOf(schema, {
        name: '',
        code: 'toolong',
        word: 'b',
        id: '1',
        count: 0.5,
        ratio: 0,
        on: 'yes',
        role: 'root',
        kind: 'two',
        tags: ['a', 'b', 'c'],
        inner: { deep: [1, 'x'] },
        either: null,
        'sur.prise': 1,
      }),
    ).toEqual({
      name: 'must not be empty',
      code: 'must have at most 5 characters',
      word: 'is not in the form that is taken here',
      id: 'must be a UUID',
      count: 'must be a whole number',
      ratio: 'must be more than 0',
      on: 'must be true or false',
      role: 'must be one of admin, operator or viewer',
      kind: 'must be one',
      tags: 'must have at most 2 entries',
      'inner.deep.1': 'must be a number',
      either: 'has none of the forms that are taken here',
      'sur.prise': 'is not known here',
    });
  });

  it('is one message per field, of what the contract says itself too', () => {
    const faults = faultsOf(createNodeSchema, {
      name: '\u0000',
      ip_address: 'x'.repeat(300),
      snmp_port: 0,
      group_ids: ['a', 'b'],
      colour: 1,
      shape: 2,
    });
    expect(Object.keys(faults).sort()).toEqual([
      'colour',
      'group_ids.0',
      'group_ids.1',
      'ip_address',
      'name',
      'shape',
      'snmp_port',
    ]);
    expect(faults).toMatchObject({ snmp_port: 'must be at least 1', colour: 'is not known here' });
    expect(faultsOf(listQuerySchema, { limit: 'many', sort: 'A' })).toMatchObject({
      limit: 'must be a number',
    });
  });

  it('names what decides about the other fields', () => {
    expect(faultsOf(createCredentialSchema, {})).toEqual({ type: 'is required' });
    expect(faultsOf(createCredentialSchema, { type: 'telnet' })).toEqual({
      type: 'must be one of snmp_v1, snmp_v2c, snmp_v3, wmi, vsphere, ssh or http',
    });
  });
});
