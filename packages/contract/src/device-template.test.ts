import { describe, expect, test } from 'vitest';
import { type DeviceTemplate, deviceTemplateSchema, resolveDeviceTemplate } from './device-template.ts';

function template(slug: string, more: Record<string, unknown> = {}): DeviceTemplate {
  return deviceTemplateSchema.parse({
    slug,
    name: slug,
    description: '',
    gathered_by: 'collector',
    ...more,
  });
}

function panel(id: string, title: string) {
  return {
    id,
    title,
    group: 'cpu',
    unit: 'percent',
    queries: [{ expr: 'up{$node}', legend: '' }],
  };
}

function faults(more: Record<string, unknown>): string[] {
  const parsed = deviceTemplateSchema.safeParse({
    slug: 'x',
    name: 'x',
    description: '',
    gathered_by: 'collector',
    ...more,
  });
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

describe('the pace of a template', () => {
  const poll = (id: string, more: object = {}) => ({
    id,
    plugin: 'snmp',
    field: [{ name: 'uptime', oid: '1.3.6.1.2.1.1.3.0' }],
    ...more,
  });

  test('is that of its inherited inputs too, and never makes one more frequent', () => {
    const base = template('base', {
      inputs: [
        poll('a'),
        poll('slow', { interval_seconds: 300, options: { max_repetitions: 25 } }),
        { id: 'p', plugin: 'ping' },
      ],
    });
    const pace = { requests_per_second: 2, getbulk: false, max_repetitions: 5, interval_seconds: 60 };
    const fragile = template('fragile', { extends: ['base'], pace });
    const { inputs } = resolveDeviceTemplate(
      'fragile',
      new Map([
        ['base', base],
        ['fragile', fragile],
      ]),
    );
    const asked = { requests_per_second: 2, getbulk: false, max_repetitions: 5 };
    expect(inputs.map(({ interval_seconds: seconds, options }) => [seconds, options])).toEqual([
      [60, asked],
      [300, asked],
      [undefined, {}],
    ]);
  });

  test('of a parent stays where the child has none, and goes with one where it has', () => {
    const base = template('base', {
      inputs: [poll('a')],
      pace: { requests_per_second: 2, max_repetitions: 3 },
    });
    const child = template('child', { extends: ['base'], pace: { requests_per_second: 1 } });
    const { inputs } = resolveDeviceTemplate(
      'child',
      new Map([
        ['base', base],
        ['child', child],
      ]),
    );
    expect(inputs[0]?.options).toEqual({ requests_per_second: 1, max_repetitions: 3 });
  });

  test('is refused where it is none', () => {
    expect(faults({ pace: { requests_per_second: 0 } })[0]).toContain('pace.requests_per_second');
    expect(faults({ pace: { speed: 1 } })).toHaveLength(1);
  });
});

describe('the schema of device templates', () => {
  test('a credential or a target cannot be set by a template', () => {
    const input = { id: 'a', plugin: 'ping', options: { urls: ['10.0.0.1'] } };
    expect(faults({ inputs: [input] })).toEqual([
      'inputs.0.options: sets an option that belongs to the node or to its credential',
    ]);
  });

  test('plugins that start programs or read files are refused', () => {
    expect(faults({ inputs: [{ id: 'a', plugin: 'exec' }] })[0]).toContain('inputs.0.plugin');
  });

  test('an agent template has no network inputs, a collector template no host inputs', () => {
    expect(faults({ gathered_by: 'agent', inputs: [{ id: 'a', plugin: 'ping' }] })).toEqual([
      'inputs.0.plugin: is not gathered by an agent on linux',
    ]);
    expect(faults({ inputs: [{ id: 'a', plugin: 'cpu' }] })).toEqual([
      'inputs.0.plugin: is not gathered by a collector',
    ]);
  });

  test('textual MIB names and conversions that need a MIB are refused with their place', () => {
    const field = [{ name: 'n', oid: 'IF-MIB::ifTable', conversion: 'enum' }];
    const found = faults({ inputs: [{ id: 'a', plugin: 'snmp', field }] });
    expect(found).toContain('inputs.0.field.0.oid: must be a numeric object identifier');
    expect(found).toContain(
      'inputs.0.field.0.conversion: must be a conversion of Telegraf that needs no MIB',
    );
  });

  test('a rule reads a raw measurement, writes another and has valid arithmetic', () => {
    const rule = { from: 'cpu', measurement: 'raw_x', fields: { a: '1 +' } };
    expect(faults({ metrics: [rule] })).toEqual([
      'metrics.0.from: must start with raw_',
      'metrics.0.measurement: must not start with raw_',
      'metrics.0.fields.a: the expression ends too early',
    ]);
  });

  test('an id is unique among the inputs and among the panels', () => {
    expect(faults({ panels: [panel('a', 'A'), panel('a', 'B')] })).toEqual(['panels.1.id: is used twice']);
  });
});

describe('inheritance', () => {
  test('the child keeps the place of what it replaces and adds the rest after it', () => {
    const base = template('base', { panels: [panel('a', 'A'), panel('b', 'B')] });
    const child = template('child', {
      extends: ['base'],
      panels: [panel('c', 'C'), panel('a', 'A of child')],
    });
    const resolved = resolveDeviceTemplate(
      'child',
      new Map([
        ['base', base],
        ['child', child],
      ]),
    );
    expect(resolved.slug).toBe('child');
    expect(resolved.panels.map(({ title }) => title)).toEqual(['A of child', 'B', 'C']);
  });

  test('circles, unknown parents and mixed kinds are named', () => {
    const all = new Map([
      ['a', template('a', { extends: ['b'] })],
      ['b', template('b', { extends: ['a'] })],
      ['c', template('c', { extends: ['nothing'] })],
      ['d', template('d', { extends: ['e'] })],
      ['e', template('e', { gathered_by: 'agent' })],
    ]);
    expect(() => resolveDeviceTemplate('a', all)).toThrow('a > b > a');
    expect(() => resolveDeviceTemplate('c', all)).toThrow('"nothing" does not exist');
    expect(() => resolveDeviceTemplate('d', all)).toThrow('which another kind gathers');
  });
});
