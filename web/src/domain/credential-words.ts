import type { CredentialType } from '@stratora/contract';

const FIELD_NAMES: Readonly<Record<string, string>> = {
  community: 'community',
  username: 'user name',
  password: 'password',
  security_level: 'security level',
  auth_protocol: 'authentication',
  auth_password: 'authentication password',
  priv_protocol: 'encryption',
  priv_password: 'encryption password',
  context_name: 'context',
  domain: 'domain',
  private_key: 'private key',
  passphrase: 'pass phrase of the key',
  scheme: 'kind of login',
  token: 'token',
};

export function secretFieldName(field: string): string {
  return FIELD_NAMES[field] ?? field;
}

export const AUTH_PROTOCOL_OPTIONS = ['SHA256', 'SHA512', 'SHA384', 'SHA224', 'SHA', 'MD5'].map((value) => ({
  value,
  label: value === 'MD5' ? 'MD5' : value.replace(/^SHA(?=\d)/, 'SHA-').replace(/^SHA$/, 'SHA-1'),
}));

export const PRIV_PROTOCOL_OPTIONS = [
  { value: 'AES', label: 'AES-128' },
  { value: 'AES192', label: 'AES-192' },
  { value: 'AES256', label: 'AES-256' },
  { value: 'AES192C', label: 'AES-192 (Cisco)' },
  { value: 'AES256C', label: 'AES-256 (Cisco)' },
  { value: 'DES', label: 'DES' },
];

export const SEC_LEVEL_OPTIONS = [
  { value: 'authPriv', label: 'Authentication and encryption' },
  { value: 'authNoPriv', label: 'Authentication only' },
  { value: 'noAuthNoPriv', label: 'Neither' },
];

export interface SecretValues {
  readonly community: string;
  readonly username: string;
  readonly password: string;
  readonly security_level: string;
  readonly auth_protocol: string;
  readonly auth_password: string;
  readonly priv_protocol: string;
  readonly priv_password: string;
  readonly context_name: string;
  readonly domain: string;
  readonly private_key: string;
  readonly passphrase: string;
  readonly scheme: string;
  readonly token: string;
}

export const HTTP_SCHEME_OPTIONS = [
  { value: 'basic', label: 'User name and password' },
  { value: 'bearer', label: 'Token' },
];

/** The secret of a new credential, before anything is entered. */
export const EMPTY_SECRET: SecretValues = {
  community: '',
  username: '',
  password: '',
  security_level: 'authPriv',
  auth_protocol: 'SHA256',
  auth_password: '',
  priv_protocol: 'AES',
  priv_password: '',
  context_name: '',
  domain: '',
  private_key: '',
  passphrase: '',
  scheme: 'basic',
  token: '',
};

/** The secret to send: only what its type, its security level or its kind of login have. */
export function toSecret(type: CredentialType, values: SecretValues): Record<string, string> {
  switch (type) {
    case 'snmp_v1':
    case 'snmp_v2c':
      return { community: values.community };
    case 'snmp_v3':
      return toUser(values);
    case 'wmi':
      return { username: values.username, password: values.password, ...given(values, 'domain') };
    case 'vsphere':
      return { username: values.username, password: values.password };
    case 'ssh':
      return { username: values.username, ...given(values, 'password', 'private_key', 'passphrase') };
    case 'http':
      return values.scheme === 'bearer'
        ? { scheme: 'bearer', token: values.token }
        : { scheme: 'basic', username: values.username, password: values.password };
  }
}

function toUser(values: SecretValues): Record<string, string> {
  const auth = values.security_level !== 'noAuthNoPriv';
  const priv = values.security_level === 'authPriv';
  return {
    username: values.username,
    security_level: values.security_level,
    ...(auth ? { auth_protocol: values.auth_protocol, auth_password: values.auth_password } : {}),
    ...(priv ? { priv_protocol: values.priv_protocol, priv_password: values.priv_password } : {}),
    ...given(values, 'context_name'),
  };
}

/** Those of some fields that are not empty. */
function given(values: SecretValues, ...names: (keyof SecretValues)[]): Record<string, string> {
  return Object.fromEntries(names.filter((name) => values[name] !== '').map((name) => [name, values[name]]));
}
