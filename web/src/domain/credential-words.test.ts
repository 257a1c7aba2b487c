import { CREDENTIAL_SECRETS, CREDENTIAL_TYPES } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { EMPTY_SECRET, secretFieldName, toSecret } from './credential-words.ts';

const FILLED = {
  ...EMPTY_SECRET,
  community: 'c',
  username: 'u',
  password: 'p',
  auth_password: 'long enough',
  priv_password: 'long enough',
  token: 't',
};

describe('the secret of a form', () => {
  it.each(CREDENTIAL_TYPES)('of type %s is one that the server takes', (type) => {
    const secret = toSecret(type, FILLED);
    expect(CREDENTIAL_SECRETS[type].safeParse(secret).success).toBe(true);
    for (const field of Object.keys(secret)) expect(secretFieldName(field)).not.toContain('_');
  });

  it('holds only what its kind of login has', () => {
    expect(toSecret('http', { ...FILLED, scheme: 'bearer' })).toEqual({ scheme: 'bearer', token: 't' });
    expect(toSecret('snmp_v3', { ...FILLED, security_level: 'noAuthNoPriv' })).toEqual({
      username: 'u',
      security_level: 'noAuthNoPriv',
    });
    expect(toSecret('wmi', FILLED)).toEqual({ username: 'u', password: 'p' });
  });
});
