import { expect, test } from 'vitest';
import { matchFaults } from './match-breadth.ts';

const faultsOf = (match: { sys_object_ids?: string[]; sys_descr?: string[] }) =>
  matchFaults({ match: { sys_object_ids: [], sys_descr: [], ...match } }).map(
    ({ path, message }) => `${path}: ${message}`,
  );

test.each(['1.3', '1.3.6.1', '.1.3.6.1.4', '1.3.6.1.4.1', '1.3.6.1.2.1.1', '1.0.8802'])(
  'a prefix %s takes the devices of every vendor',
  (oid) => {
    expect(faultsOf({ sys_object_ids: ['1.3.6.1.4.1.9', oid] })).toEqual([
      expect.stringMatching(/^match\.sys_object_ids\.1: would take the devices of every vendor/),
    ]);
  },
);

test.each(['1.3.6.1.4.1.8072', '1.3.6.1.4.1.8072.3.2.10', '.1.3.6.1.4.1.311', '8072.3'])(
  'a prefix %s is that of an agent which many vendors have',
  (oid) => {
    expect(faultsOf({ sys_object_ids: [oid] })[0]).toContain('many vendors');
  },
);

test.each(['', '.*', '.', '^', 'a|', '\\w', '[\\s\\S]+', '(?:)', 'Software', 'x?'])(
  'a pattern %j takes devices of everybody',
  (text) => {
    expect(faultsOf({ sys_descr: [text] })[0]).toContain(
      'match.sys_descr.0: would take devices of everybody',
    );
  },
);

test('a pattern that is none, or that can take for ever, is refused', () => {
  expect(faultsOf({ sys_descr: ['('] })).toEqual(['match.sys_descr.0: is no regular expression']);
  expect(faultsOf({ sys_descr: ['^(a+)+$'] })[0]).toContain('for ever');
  expect(faultsOf({ sys_descr: ['(\\w*-)*x'] })[0]).toContain('for ever');
});

test('what names a vendor or a product is let through', () => {
  expect(
    faultsOf({
      sys_object_ids: ['1.3.6.1.4.1.9', '.1.3.6.1.4.1.99999.4.1', '8072.3.2.100', '14988.1'],
      sys_descr: ['^Acme Pump \\d+', 'LaserJet 400', '(?:Acme|ACME) OS v[0-9.]+'],
    }),
  ).toEqual([]);
});
