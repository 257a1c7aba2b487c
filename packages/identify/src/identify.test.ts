import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence } from './evidence.ts';
import { identify } from './identify.ts';
import { book, MADE_UP, templates } from './made-up.test-support.ts';
import { RuleBook } from './rule-book.ts';

const tell = (evidence: Evidence) => identify(evidence, book, templates);
const held = (...oids: string[]) =>
  new Map(oids.map((oid) => [oid, { oid: `${oid}.1.0`, text: 'a mini thing' }]));

describe('the family', () => {
  test('is that of the longest prefix of sysObjectID, on whole arcs', () => {
    expect(tell({ sysObjectId: '1.3.6.1.4.1.60001.7.5' }).family).toBe('acme-wall');
    expect(tell({ sysObjectId: '1.3.6.1.4.1.60001.70' }).family).toBe('acme-os');
    expect(tell({ sysObjectId: '1.3.6.1.4.1.600010.7' }).family).toBeUndefined();
  });

  test('is found by sysDescr where sysObjectID says nothing', () => {
    const found = tell({ sysObjectId: '1.3.6.1.4.1', sysDescr: 'This is acmeos.' });
    expect(found).toMatchObject({ vendor: 'Acme', family: 'acme-os', deviceType: 'switch' });
  });

  test('of a shared agent is that whose objects it holds, and the agent itself where it holds none', () => {
    const shared: Evidence = { sysObjectId: '1.3.6.1.4.1.60003.3.2.10', sysDescr: 'Penguin box 5.1' };
    expect(tell(shared)).toMatchObject({ family: 'penguin', vendor: 'Penguin', deviceType: 'server' });
    expect(tell({ ...shared, held: held('1.3.6.1.4.1.60002.4') })).toMatchObject({
      family: 'bolt-nas',
      deviceType: 'nas',
    });
  });

  test('is found by what an object says, and not where it says something else', () => {
    const shared: Evidence = { sysObjectId: '1.3.6.1.4.1.60003.3.2.10' };
    expect(tell({ ...shared, held: held('1.3.6.1.4.1.60003.8') }).family).toBe('bolt-mini');
    const other = new Map([['1.3.6.1.4.1.60003.8', { oid: '1.3.6.1.4.1.60003.8.1.0', text: 'large' }]]);
    expect(tell({ ...shared, held: other }).family).toBe('penguin');
  });

  test('of a shared agent without a sign is that of the enterprise that its own objects are in', () => {
    const shared: Evidence = { sysObjectId: '1.3.6.1.4.1.60003.3.2.10', sysDescr: 'Penguin box 5.1' };
    const own = new Map([['1.3.6.1.4.1.60001', { oid: '1.3.6.1.4.1.60001.7.1.0', text: '' }]]);
    const found = tell({ ...shared, held: own });
    expect(found).toMatchObject({ vendor: 'Acme', family: 'acme-wall', deviceType: 'firewall' });
    expect(found.reasons.join()).toContain('its object 1.3.6.1.4.1.60001.7.1.0 is in');
    // A device that says what it is keeps to that, whatever else it holds.
    expect(tell({ sysObjectId: '1.3.6.1.4.1.60002.1', held: own }).vendor).toBe('Bolt');
  });

  test('of a shared system gives way to the vendor whose enterprise the device names', () => {
    const found = tell({ sysObjectId: '1.3.6.1.4.1.60002.1', sysDescr: 'Penguin bolt 5.1' });
    expect(found).toMatchObject({ vendor: 'Bolt', family: undefined });
  });

  test('is found by the web server of a device without SNMP, which is then pinged', () => {
    const found = tell({ web: { title: 'BoltCam 3' } });
    expect(found).toMatchObject({ family: 'bolt-web', deviceType: 'camera', template: 'ping' });
  });
});

describe('the type', () => {
  test('has exceptions in a family', () => {
    const found = tell({ sysObjectId: '1.3.6.1.4.1.60001.1', sysDescr: 'AcmeOS routing edition' });
    expect(found.deviceType).toBe('router');
    expect(found.reasons.join()).toContain('"routing edition"');
  });

  test('of an unknown device is told by standard MIBs and by ports', () => {
    expect(tell({ held: held('1.3.6.1.2.1.43.5.1') })).toMatchObject({
      deviceType: 'printer',
      vendor: undefined,
    });
    expect(tell({ openPorts: [80, 502] }).deviceType).toBe('plc');
    expect(tell({})).toMatchObject({ deviceType: 'other', template: 'ping' });
  });
});

describe('an appliance on a system of others', () => {
  const PENGUIN = { sysObjectId: '1.3.6.1.4.1.60003.3.2.10', sysDescr: 'Penguin 5.1' };

  test('is no host where it holds the standard MIB of a kind of appliances', () => {
    expect(tell(PENGUIN)).toMatchObject({ family: 'penguin', deviceType: 'server' });
    expect(tell({ ...PENGUIN, held: held('1.3.6.1.2.1.43.5.1') })).toMatchObject({
      family: undefined,
      deviceType: 'printer',
    });
  });

  test('is of the vendor that it names as its maker', () => {
    const ups = new Map([
      ['1.3.6.1.2.1.33.1.1', { oid: '1.3.6.1.2.1.33.1.1.1.0', text: 'BOLT & Daughters Ltd' }],
    ]);
    const found = tell({ ...PENGUIN, held: ups });
    expect(found).toMatchObject({ vendor: 'Bolt', deviceType: 'ups' });
    expect(found.reasons.join()).toContain('its upsIdentManufacturer begins with that name');
  });
});

describe('a device that no family has', () => {
  test('is of the vendor that its chassis or its sysDescr names', () => {
    const row = { description: '', firmware: '', software: '', model: 'M', serial: 'S', physicalClass: 3 };
    expect(tell({ entities: [{ ...row, manufacturer: 'Bolt' }] }).vendor).toBe('Bolt');
    expect(tell({ sysDescr: 'Bolt thing' }).vendor).toBe('Bolt');
    expect(tell({ sysDescr: 'a Bolt thing' }).vendor).toBeUndefined();
    expect(tell({ sysObjectId: '1.3.6.1.4.1.60001.1', sysDescr: 'Bolt thing' }).vendor).toBe('Acme');
  });

  test('is what its words say before what most devices of the vendor are, and that before weak signs', () => {
    const book = new RuleBook({ ...MADE_UP, families: [] });
    const type = (evidence: Evidence) => identify(evidence, book, templates).deviceType;
    const sysObjectId = '1.3.6.1.4.1.60001.1';
    expect(type({ sysObjectId, sysDescr: 'Acme firewall' })).toBe('firewall');
    expect(type({ sysObjectId, sysServices: 78 })).toBe('switch');
    expect(type({ sysObjectId: '1.3.6.1.4.1.60002.1', sysServices: 78 })).toBe('router');
    expect(type({ sysObjectId: '1.3.6.1.4.1.60002.1', sysServices: 2 })).toBe('other');
  });
});

describe('the details', () => {
  test('come from the objects of the family, then from sysDescr, then from the chassis', () => {
    const base: Evidence = { sysObjectId: '1.3.6.1.4.1.60001.1', sysDescr: 'AcmeOS model X-9 version 4.2' };
    expect(tell(base)).toMatchObject({ model: 'X-9', firmware: '4.2', serial: undefined });
    expect(tell({ ...base, sysDescr: 'AcmeOS model X-9, version 4.2' }).model).toBe('X-9');
    const values = new Map([['1.3.6.1.4.1.60001.9.1.0', ' X-10\u0000 ']]);
    expect(tell({ ...base, values }).model).toBe('X-10');
    const row = { description: '', firmware: '', software: '', manufacturer: '', model: 'M' };
    const entities = [
      { ...row, physicalClass: 9, serial: 'MODULE' },
      { ...row, physicalClass: 3, serial: 'N/A' },
      { ...row, physicalClass: 3, serial: 'CH-1' },
    ];
    expect(tell({ ...base, entities }).serial).toBe('CH-1');
  });
});

describe('the confidence', () => {
  test('grows with what is known', () => {
    const nothing = tell({}).confidence;
    const vendor = tell({ sysObjectId: '1.3.6.1.4.1.60002.1' }).confidence;
    const enterprise = tell({ sysObjectId: '1.3.6.1.4.1.60001.1' }).confidence;
    const longer = tell({ sysObjectId: '1.3.6.1.4.1.60001.7.1' }).confidence;
    expect(nothing).toBeLessThan(vendor);
    expect(vendor).toBeLessThan(enterprise);
    expect(enterprise).toBeLessThan(longer);
    const agreeing = tell({ sysObjectId: '1.3.6.1.4.1.60001.1', macVendor: 'Acme Networks, Inc.' });
    expect(agreeing.confidence).toBeGreaterThan(enterprise);
    expect(tell({ macVendor: 'Acmeville' }).vendor).toBeUndefined();
  });
});

test('any evidence has an identity, with clean texts and a confidence from 0 to 1', () => {
  const oid = fc.oneof(
    fc.string(),
    fc.array(fc.nat(70_000)).map((arcs) => `1.3.6.1.4.1.${arcs.join('.')}`),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constant('Penguin \u0007\u202e AcmeOS model \u0000'),
  );
  fc.assert(
    fc.property(oid, text, text, (sysObjectId, sysDescr, sysName) => {
      const found = tell({ sysObjectId, sysDescr, sysName, web: { title: sysDescr }, macVendor: sysName });
      expect(found.confidence).toBeGreaterThanOrEqual(0);
      expect(found.confidence).toBeLessThanOrEqual(1);
      const words = [...found.reasons, found.model ?? ''].join('');
      for (const sign of ['\u0000', '\u0007', '\u202e']) expect(words).not.toContain(sign);
    }),
    { numRuns: 50 },
  );
});
