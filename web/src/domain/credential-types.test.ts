import { CREDENTIAL_TYPES, PURPOSE_OF_TYPE } from '@stratora/contract';
import { expect, it } from 'vitest';
import { CREDENTIAL_TYPE_OPTIONS, credentialTypeName, purposeName, purposeOf } from './credential-types.ts';

it.each(CREDENTIAL_TYPES)('%s has a name, and the purpose that the server says', (type) => {
  expect(CREDENTIAL_TYPE_OPTIONS.map(({ value }) => value)).toContain(type);
  expect(credentialTypeName(type)).not.toBe(type);
  expect(purposeOf(type)).toBe(PURPOSE_OF_TYPE[type]);
  expect(purposeName(purposeOf(type))).not.toBe(purposeOf(type));
});

it('names of what is not known are its own', () => {
  expect([credentialTypeName('telnet'), purposeName('telnet')]).toEqual(['telnet', 'telnet']);
});
