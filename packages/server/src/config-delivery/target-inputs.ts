import {
  type CommunitySecret,
  type CredentialType,
  type DeviceTemplate,
  isIpv6,
  type SnmpV3Secret,
  type TemplateInput,
} from '@stratora/contract';
import type { InputBlock, TomlTable } from '@stratora/telegraf';

/** A node as rendering sees it. */
export interface RenderNode {
  id: string;
  name: string;
  ipAddress: string;
  snmpPort: number;
  url: string | null;
}

/** An enabled credential with its secret in the clear; lives only while a config is rendered. */
export type RenderCredential =
  | { type: Extract<CredentialType, 'snmp_v1' | 'snmp_v2c'>; secret: CommunitySecret }
  | { type: Extract<CredentialType, 'snmp_v3'>; secret: SnmpV3Secret };

export interface RenderTarget {
  node: RenderNode;
  /** With everything it inherits. */
  template: DeviceTemplate;
  /** By purpose. */
  credentials: { snmp?: RenderCredential };
}

/** The input blocks of one node, in the order of its template. What the node has nothing for is left out. */
export function targetInputs(target: RenderTarget): InputBlock[] {
  return target.template.inputs
    .filter((input) => isServed(input, target))
    .map((input) => block(input, target));
}

function isServed(input: TemplateInput, { node, credentials }: RenderTarget): boolean {
  switch (input.requires) {
    case 'snmp_credential':
      return credentials.snmp !== undefined;
    case 'url':
      return node.url !== null;
    case 'https_url':
      return node.url?.startsWith('https://') ?? false;
    default:
      return true;
  }
}

function block(input: TemplateInput, target: RenderTarget): InputBlock {
  const { node } = target;
  return {
    plugin: input.plugin,
    alias: `${input.id}-${node.id}`,
    ...(input.interval_seconds === undefined ? {} : { intervalMs: input.interval_seconds * 1000 }),
    options: { ...defined(input.options), ...boundOptions(input, target), ...objects(input) },
    tags: { node_id: node.id, node_name: node.name },
  };
}

/** What belongs to the node or to its credential. */
function boundOptions(input: TemplateInput, { node, credentials }: RenderTarget): TomlTable {
  switch (input.plugin) {
    case 'ping':
      return { urls: [node.ipAddress] };
    case 'snmp': {
      const host = isIpv6(node.ipAddress) ? `[${node.ipAddress}]` : node.ipAddress;
      const agent = { agents: [`udp://${host}:${node.snmpPort}`] };
      return credentials.snmp ? { ...agent, ...snmpOptions(credentials.snmp) } : agent;
    }
    case 'http_response':
      return { urls: [node.url ?? ''] };
    case 'x509_cert':
      return { sources: [node.url ?? ''] };
    default:
      return {};
  }
}

function snmpOptions(credential: RenderCredential): TomlTable {
  switch (credential.type) {
    case 'snmp_v1':
      return { version: 1, community: credential.secret.community };
    case 'snmp_v2c':
      return { version: 2, community: credential.secret.community };
    case 'snmp_v3':
      return { version: 3, ...securityOptions(credential.secret) };
  }
}

/** Telegraf's words for the user-based security model (RFC 3414). */
function securityOptions(secret: SnmpV3Secret): TomlTable {
  const authenticates = secret.security_level !== 'noAuthNoPriv';
  const encrypts = secret.security_level === 'authPriv';
  return defined({
    sec_name: secret.username,
    sec_level: secret.security_level,
    auth_protocol: authenticates ? secret.auth_protocol : undefined,
    auth_password: authenticates ? secret.auth_password : undefined,
    priv_protocol: encrypts ? secret.priv_protocol : undefined,
    priv_password: encrypts ? secret.priv_password : undefined,
    context_name: secret.context_name,
  });
}

function objects(input: TemplateInput): TomlTable {
  return {
    ...(input.field.length > 0 ? { field: input.field.map(defined) } : {}),
    ...(input.table.length > 0
      ? { table: input.table.map((table) => ({ ...defined(table), field: table.field.map(defined) })) }
      : {}),
    ...(input.object.length > 0 ? { object: input.object.map(defined) } : {}),
  };
}

/** Without the keys that have no value, which TOML cannot say. */
function defined(source: Readonly<Record<string, unknown>>): TomlTable {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as TomlTable;
}
