import { MAX_WALK_CHARACTERS, type TemplateProposal } from '@stratora/contract';
import { readTemplate } from '@stratora/templates';
import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend?.stop());

const classify = (body: unknown, token = backend.adminToken) =>
  backend.call('POST', '/api/v1/discovery/classify', { body, token });

describe('POST /discovery/classify', () => {
  test('tells a device by its sysObjectID and sysDescr, in the words of a discovered one', async () => {
    const answer = await classify({ sysObjectID: '.1.3.6.1.4.1.14988.1', sysDescr: 'RouterOS CRS999-2X' });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      vendor: 'MikroTik',
      model: 'CRS999-2X',
      serial: null,
      family: 'routeros',
      device_type: 'switch',
      template: 'routeros',
    });
    const { confidence, reasons } = answer.json as { confidence: number; reasons: string[] };
    expect(confidence).toBeGreaterThan(60);
    expect(reasons.join('\n')).toContain('sysDescr has "RouterOS');
  });

  test('reads a walk, and what is given beside it counts first', async () => {
    const walk = [
      '1.3.6.1.2.1.1.1.0|4|Linux shelf 5.1 #1 armv7l',
      '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.8072.3.2.10',
      '1.3.6.1.4.1.6574.1.5.1.0|4|DS000+',
      '1.3.6.1.4.1.6574.1.5.2.0|4|MADEUP01',
    ].join('\n');
    const asked = await classify({ walk });
    expect(asked.json).toMatchObject({
      vendor: 'Synology',
      device_type: 'nas',
      model: 'DS000+',
      serial: 'MADEUP01',
    });
    const told = await classify({ walk, sysObjectID: '1.3.6.1.4.1.14988.2' });
    expect(told.json).toMatchObject({ vendor: 'MikroTik', family: 'swos' });
  });

  test('knows nothing of what nobody knows, and says so', async () => {
    const answer = await classify({ sysDescr: 'zz' });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      vendor: null,
      family: null,
      device_type: 'other',
      template: 'generic-snmp',
    });
    expect((answer.json as { reasons: string[] }).reasons.length).toBeGreaterThan(0);
  });

  test('a walk of nonsense is no error', async () => {
    const answer = await classify({ walk: '|||\n1.3.6|4x|zz\n'.repeat(50) });
    expect(answer.status).toBe(200);
  });

  test('refuses what says nothing, what is no OID, and what it does not know, naming the field', async () => {
    for (const [body, path] of [
      [{}, ''],
      [{ sysObjectID: 'cisco' }, 'sysObjectID'],
      [{ sysDescr: 7 }, 'sysDescr'],
      [{ sysDescr: 'x', sysLocation: 'y' }, ''],
    ] as const) {
      const answer = await classify(body);
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      const { errors } = answer.json as { errors: { path: string }[] };
      expect(errors.some((error) => error.path.startsWith(path))).toBe(true);
    }
  });

  test('is for everybody who is logged in, and for nobody else', async () => {
    expect(
      (await backend.call('POST', '/api/v1/discovery/classify', { body: { sysDescr: 'x' } })).status,
    ).toBe(401);
  });
});

describe('POST /device-templates/propose', () => {
  const propose = (body: unknown, token = backend.adminToken) =>
    backend.call('POST', '/api/v1/device-templates/propose', { body, token });
  const WALK = [
    '1.3.6.1.2.1.1.1.0|4|A made-up pump',
    '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.4.1',
    '1.3.6.1.2.1.1.3.0|67|4200',
    '1.3.6.1.4.1.99999.4.2.1.0|66|215',
    'nonsense',
  ].join('\n');

  test('answers a template with what it was made of', async () => {
    const answer = await propose({ walk: WALK, slug: 'pump' });
    expect(answer.status).toBe(200);
    const proposal = answer.json as TemplateProposal;
    expect(proposal).toMatchObject({
      slug: 'pump',
      extends: ['generic-snmp'],
      objects: 4,
      skipped_lines: 1,
      identity: { template: 'generic-snmp' },
      tables: [],
    });
    expect(proposal.scalars.map(({ oid, use }) => [oid, use])).toEqual([
      ['1.3.6.1.2.1.1.1.0', 'polled'],
      ['1.3.6.1.2.1.1.2.0', 'polled'],
      ['1.3.6.1.2.1.1.3.0', 'polled'],
      ['1.3.6.1.4.1.99999.4.2.1.0', 'proposed'],
    ]);
    expect(readTemplate('pump.toml', proposal.text)).toHaveProperty('value.slug', 'pump');
  });

  test('refuses a walk without an object, one that is too long, and what is no slug', async () => {
    for (const [body, path] of [
      [{ walk: 'nonsense' }, 'walk'],
      [{ walk: 'x'.repeat(MAX_WALK_CHARACTERS + 1) }, 'walk'],
      [{ walk: WALK, slug: 'A Pump' }, 'slug'],
      [{}, 'walk'],
    ] as const) {
      const answer = await propose(body);
      expect(answer.status).toBe(400);
      expect((answer.json as { errors: { path: string }[] }).errors.map((error) => error.path)).toEqual([
        path,
      ]);
    }
  });

  test('is for those who change the inventory', async () => {
    expect((await propose({ walk: WALK }, '')).status).toBe(401);
  });
});
