import type { CredentialType } from '@stratora/contract';

export const CREDENTIAL_TYPE_OPTIONS = [
  { value: 'snmp_v3', label: 'SNMP v3', note: 'User, authentication and encryption' },
  { value: 'snmp_v2c', label: 'SNMP v2c', note: 'Community, sent in clear text' },
  { value: 'snmp_v1', label: 'SNMP v1', note: 'Community, for old devices; no 64-bit counters' },
  { value: 'vsphere', label: 'vSphere', note: 'Login of a vCenter; read-only rights are enough' },
] as const satisfies readonly { value: CredentialType; label: string; note: string }[];

export function credentialTypeName(type: CredentialType): string {
  return CREDENTIAL_TYPE_OPTIONS.find(({ value }) => value === type)?.label ?? type;
}

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
}

/** The secret to send: only what its type and security level have. */
export function toSecret(type: CredentialType, values: SecretValues): Record<string, string> {
  if (type === 'vsphere') return { username: values.username, password: values.password };
  if (type !== 'snmp_v3') return { community: values.community };
  const auth = values.security_level !== 'noAuthNoPriv';
  const priv = values.security_level === 'authPriv';
  return {
    username: values.username,
    security_level: values.security_level,
    ...(auth ? { auth_protocol: values.auth_protocol, auth_password: values.auth_password } : {}),
    ...(priv ? { priv_protocol: values.priv_protocol, priv_password: values.priv_password } : {}),
    ...(values.context_name === '' ? {} : { context_name: values.context_name }),
  };
}
