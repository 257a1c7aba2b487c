import { describe, expect, it } from 'vitest';
import {
  createAlertDefinitionSchema,
  definitionFaults,
  replaceAlertDefinitionSchema,
  updateAlertDefinitionSchema,
  type WrittenDefinition,
} from './alert-definition.ts';

const ID = '0190a1b2-c3d4-7e5f-8a9b-000000000001';

function written(change: object = {}): WrittenDefinition {
  return createAlertDefinitionSchema.parse({ name: 'Load', expr: 'system_load5', critical: 4, ...change });
}

const faults = (change: object) =>
  definitionFaults(written(change)).map(({ path, message }) => `${path} ${message}`);

describe('a definition that is written', () => {
  it('needs a name, an expression and a threshold', () => {
    expect(written()).toMatchObject({
      kind: 'metric',
      comparison: '>',
      scope: { type: 'global', id: null },
      enabled: true,
    });
    expect(definitionFaults(written())).toEqual([]);
    expect(faults({ expr: null })).toEqual(['expr is required for this kind']);
    expect(faults({ critical: null })).toEqual(['critical is required where there is no warning']);
    expect(faults({ critical: null, warning: 2 })).toEqual([]);
    expect(createAlertDefinitionSchema.safeParse({ expr: 'm', critical: 1 }).success).toBe(false);
    expect(createAlertDefinitionSchema.safeParse({ name: 'x', critical: Number.NaN }).success).toBe(false);
  });

  it('has its thresholds in order', () => {
    expect(faults({ warning: 5 })).toEqual(['critical must be above the warning, which is 5']);
    expect(faults({ warning: 4 })).toEqual(['critical must be above the warning, which is 4']);
    expect(faults({ warning: 3 })).toEqual([]);
    expect(faults({ comparison: '<', warning: 3 })).toEqual([
      'critical must be below the warning, which is 3',
    ]);
    expect(faults({ comparison: '<', warning: 5 })).toEqual([]);
  });

  it('ends on the good side of where it began', () => {
    expect(faults({ critical_clear: 5 })).toEqual([
      'critical_clear must not be above the threshold, which is 4',
    ]);
    expect(faults({ critical_clear: 4 })).toEqual([]);
    expect(faults({ comparison: '<', critical_clear: 3 })).toEqual([
      'critical_clear must not be below the threshold, which is 4',
    ]);
    expect(faults({ warning_clear: 1 })).toEqual(['warning_clear needs a warning threshold']);
  });

  it('is critical no longer than the value is a warning at least', () => {
    expect(faults({ warning: 3, critical_clear: 2.9 })).toEqual([
      'critical_clear must not be below the warning, which is 3',
    ]);
    expect(faults({ warning: 3, warning_clear: 2, critical_clear: 3 })).toEqual([]);
    expect(faults({ comparison: '<', warning: 5, critical_clear: 5.1 })).toEqual([
      'critical_clear must not be above the warning, which is 5',
    ]);
    expect(faults({ critical_clear: 1 })).toEqual([]);
  });

  it('is judged by an expression or by what the server hears, as its kind says', () => {
    const heard = { expr: null, critical: 60 };
    expect(faults({ ...heard, kind: 'heartbeat' })).toEqual([]);
    expect(faults({ kind: 'heartbeat' })).toEqual([expect.stringContaining('expr must be empty')]);
    expect(faults({ kind: 'reachability' })).toEqual([]);
    expect(faults({ ...heard, kind: 'reachability', critical: null })).toEqual([]);
    expect(faults({ ...heard, kind: 'heartbeat', comparison: '<' })).toEqual([
      expect.stringContaining('comparison'),
    ]);
    expect(faults({ ...heard, kind: 'heartbeat', no_data: 'fire', seen_good: true })).toEqual([
      expect.stringContaining('no_data'),
      expect.stringContaining('seen_good'),
    ]);
  });

  it('has a scope that exists for its kind', () => {
    const scope = { type: 'node', id: ID };
    expect(faults({ scope })).toEqual([]);
    expect(faults({ scope: { type: 'node' } })).toEqual(['scope.id is required']);
    expect(faults({ scope: { type: 'global', id: ID } })).toEqual([
      expect.stringContaining('scope.id must be empty'),
    ]);
    expect(faults({ overrides: ID })).toEqual([expect.stringContaining('scope.type must be narrower')]);
    expect(faults({ kind: 'store', expr: null, scope })).toEqual([expect.stringContaining('scope.type')]);
    expect(faults({ kind: 'component', expr: null, scope })).toEqual([expect.stringContaining('scope.type')]);
  });

  it('has labels and links that are some', () => {
    const parse = (change: object) => createAlertDefinitionSchema.safeParse({ name: 'x', ...change }).success;
    expect(parse({ instance_labels: ['ifName|ifDescr', 'path'] })).toBe(true);
    expect(parse({ instance_labels: ['if-name'] })).toBe(false);
    expect(parse({ instance_labels: ['a|'] })).toBe(false);
    for (const link of [
      'https://wiki.example/x#y',
      'http://10.0.0.1/',
      'docs/reference/alert-rules.md#load_per_cpu',
    ]) {
      expect(parse({ runbook_url: link }), link).toBe(true);
    }
    for (const link of ['javascript:alert(1)', 'file:///etc/passwd', 'docs/../../x', 'wiki', 'https://a b']) {
      expect(parse({ runbook_url: link }), link).toBe(false);
    }
  });
});

describe('a change of a definition', () => {
  it('leaves alone what is absent, where a replacement gives it the default', () => {
    expect(updateAlertDefinitionSchema.parse({ critical: 3 })).toEqual({ critical: 3 });
    expect(updateAlertDefinitionSchema.parse({ scope: { type: 'global' } })).toEqual({
      scope: { type: 'global', id: null },
    });
    expect(
      replaceAlertDefinitionSchema.parse({ name: 'Load', expr: 'm', critical: 3, is_shipped: true }),
    ).toEqual({
      ...written({ expr: 'm', critical: 3 }),
    });
  });
});
