import type { CredentialPurpose, CredentialType } from '@stratora/contract';

export const CREDENTIAL_TYPE_OPTIONS = [
  { value: 'snmp_v3', label: 'SNMP v3', note: 'User, authentication and encryption' },
  { value: 'snmp_v2c', label: 'SNMP v2c', note: 'Community, sent in clear text' },
  { value: 'snmp_v1', label: 'SNMP v1', note: 'Community, for old devices; no 64-bit counters' },
  { value: 'vsphere', label: 'vSphere', note: 'Login of a vCenter; read-only rights are enough' },
  { value: 'http', label: 'HTTP', note: 'Login of a web page: password or token' },
  { value: 'wmi', label: 'WMI', note: 'Windows account; kept, nothing logs in with it yet' },
  { value: 'ssh', label: 'SSH', note: 'Password or private key; kept, nothing logs in with it yet' },
] as const satisfies readonly { value: CredentialType; label: string; note: string }[];

export function credentialTypeName(type: string): string {
  return CREDENTIAL_TYPE_OPTIONS.find(({ value }) => value === type)?.label ?? type;
}

/** The purpose that the credentials of a type serve, as the server has it too. */
const PURPOSES: Readonly<Record<CredentialType, CredentialPurpose>> = {
  snmp_v1: 'snmp',
  snmp_v2c: 'snmp',
  snmp_v3: 'snmp',
  wmi: 'wmi',
  vsphere: 'vsphere',
  ssh: 'ssh',
  http: 'http',
};

export function purposeOf(type: CredentialType): CredentialPurpose {
  return PURPOSES[type];
}

const PURPOSE_NAMES: Readonly<Record<CredentialPurpose, string>> = {
  snmp: 'SNMP',
  wmi: 'WMI',
  vsphere: 'vSphere',
  ssh: 'SSH',
  http: 'HTTP',
};

export function purposeName(purpose: string): string {
  return PURPOSE_NAMES[purpose as CredentialPurpose] ?? purpose;
}
