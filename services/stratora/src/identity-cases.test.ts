import type { IdentityCorrection } from '@stratora/contract';
import { RuleBook, ruleFileSchema, TemplateChooser } from '@stratora/identify';
import { describe, expect, test } from 'vitest';
import { readIdentityCases, tryIdentityCase } from './identity-cases.ts';

const book = new RuleBook(
  ruleFileSchema.parse({
    vendors: [{ name: 'Acme', enterprises: [60001], type: 'switch' }],
    families: [{ id: 'acme-os', vendor: 'Acme', os: 'Acme OS', type: 'switch', signs: [{ under: '60001' }] }],
  }),
);
const templates = new TemplateChooser([]);
const CASE: IdentityCorrection = {
  id: '01890000-0000-7000-8000-000000000001',
  node_id: null,
  vendor: 'Acme',
  model: null,
  os: null,
  family: 'acme-os',
  device_type: 'switch',
  template: null,
  for_alike: false,
  sys_object_id: '1.3.6.1.4.1.60001.1',
  sys_descr: null,
  sys_name: null,
  corrected_by: 'admin',
  corrected_at: '2026-01-01T00:00:00.000Z',
};

describe('a case of a correction', () => {
  test('is right where the rules say what somebody said, and of the rest nothing is compared', () => {
    expect(tryIdentityCase(CASE, book, templates).differences).toEqual([]);
  });

  test('names each field that differs, with both values', () => {
    const { name, differences } = tryIdentityCase(
      { ...CASE, device_type: 'router', model: 'X-9' },
      book,
      templates,
    );
    expect(name).toBe(`case ${CASE.id}`);
    expect(differences).toEqual([
      'model is unknown by the rules, X-9 as corrected',
      'device_type is switch by the rules, router as corrected',
    ]);
  });

  test('without a word of the device is no case', () => {
    const { differences } = tryIdentityCase({ ...CASE, sys_object_id: null }, book, templates);
    expect(differences).toHaveLength(1);
  });

  test('comes from the answer of the server alone', () => {
    const answer = { items: [CASE], total: 1, next_cursor: null };
    expect(readIdentityCases(JSON.stringify(answer))).toEqual([CASE]);
    expect(() => readIdentityCases('{')).toThrow('no JSON document');
    expect(() => readIdentityCases('{"items": [{}]}')).toThrow('items.0.');
  });
});
