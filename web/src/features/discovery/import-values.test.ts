import { importDevicesSchema } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { deviceSample } from './device-sample.test-support.ts';
import { toImportBody, withOverride } from './import-values.ts';

const SITE = '0190cccc-0000-7000-8000-000000000001';
const COLLECTOR = '0190cccc-0000-7000-8000-000000000002';
const A = deviceSample();
const B = deviceSample({ id: '0190dddd-0000-7000-8000-000000000002', credential_id: COLLECTOR });

describe('what is imported', () => {
  it('goes to the site, polled by whoever found it unless somebody says otherwise', () => {
    const body = toImportBody([A, B], { site_id: SITE, collector_id: '' }, {});
    expect(body).toEqual({ device_ids: [A.id, B.id], site_id: SITE, overrides: [] });
    expect(importDevicesSchema.parse(body)).toEqual(body);
    expect(toImportBody([A], { site_id: SITE, collector_id: COLLECTOR }, {}).collector_id).toBe(COLLECTOR);
  });

  it('has a name, template and credential of its own where somebody chose one', () => {
    const overrides = withOverride(withOverride({}, A, { name: ' core ', template: 'generic-snmp' }), B, {
      credential_id: null,
    });
    const body = toImportBody([A, B], { site_id: SITE, collector_id: '' }, overrides);
    expect(body.overrides).toEqual([
      { device_id: A.id, name: 'core', template: 'generic-snmp' },
      { device_id: B.id, credential_id: null },
    ]);
    expect(importDevicesSchema.parse(body)).toEqual(body);
  });

  it('forgets a wish that was taken back, and those for other devices', () => {
    const wished = withOverride({}, A, { template: 'ping' });
    expect(withOverride(wished, A, { template: A.template })).toEqual({});
    expect(withOverride(withOverride({}, A, { name: 'x' }), A, { name: '' })).toEqual({});
    expect(toImportBody([B], { site_id: SITE, collector_id: '' }, wished).overrides).toEqual([]);
  });
});
