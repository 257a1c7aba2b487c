import { describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../domain/alert-sample.test-support.ts';
import {
  isNumberText,
  overrideName,
  toDefinitionBody,
  toDefinitionForm,
  toOverrideForm,
} from './definition-form-values.ts';

describe('the form of a definition', () => {
  it('sends what it got where nothing was touched', () => {
    for (const change of [
      {},
      { instance_labels: [] },
      { instance_labels: ['path|volume', 'kind'], look_back_seconds: 90, seen_good: true, summary: 'x' },
      { expr: null, kind: 'store', warning: null, warning_clear: null } as const,
      { scope: { type: 'site', id: 's' }, overrides: 'root' } as const,
    ]) {
      const definition = sampleDefinition(change);
      const body = toDefinitionBody(toDefinitionForm(definition), definition.overrides);
      expect(definition).toMatchObject(body);
    }
  });

  it('reads numbers with a comma, and none where nothing is typed', () => {
    const values = { ...toDefinitionForm(undefined), warning: '1,5', critical: ' ', duration_seconds: '' };
    expect(toDefinitionBody(values, null)).toMatchObject({
      warning: 1.5,
      critical: null,
      duration_seconds: 0,
    });
    expect(['', ' ', '12', '-1.5', '1,5'].map(isNumberText)).toEqual([true, true, true, true, true]);
    expect(['x', '1 2', '1.2.3'].map(isNumberText)).toEqual([false, false, false]);
  });

  it('takes labels apart at commas and spaces', () => {
    const values = { ...toDefinitionForm(undefined), instance_labels: 'path|volume,  kind ' };
    const labels = (instances: 'series' | 'node' | 'labels') =>
      toDefinitionBody({ ...values, instances }, null).instance_labels;
    expect(labels('labels')).toEqual(['path|volume', 'kind']);
    expect(labels('node')).toEqual([]);
    expect(labels('series')).toBeNull();
  });

  it('has no id for the scope of everywhere, also where one was chosen before', () => {
    const values = { ...toDefinitionForm(undefined), scope: { type: 'global', id: 'left' } as const };
    expect(toDefinitionBody(values, null).scope).toEqual({ type: 'global', id: null });
  });

  it('for a place begins with what is replaced, under a name of its own that fits', () => {
    const root = sampleDefinition({ name: 'x'.repeat(100), enabled: false });
    const values = toOverrideForm(root, { type: 'node', id: 'n', name: 'sw-1' });
    expect(values.name).toHaveLength(100);
    expect(values.name).toMatch(/ \(sw-1\)$/);
    expect(values).toMatchObject({ scope: { type: 'node', id: 'n' }, critical: '95', enabled: true });
    // A place whose name fills the field leaves no room; the editor finds one.
    expect(overrideName('CPU', 'y'.repeat(200))).toBe('CPU');
    expect(toOverrideForm(root, undefined)).toMatchObject({ name: '', scope: { type: 'site', id: '' } });
  });
});
