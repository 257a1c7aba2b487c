import {
  type CommunitySecret,
  type ComponentType,
  type CredentialType,
  type HttpSecret,
  pacedInterval,
  paceOptions,
  parseUnicastAddress,
  parseUnicastWebAddress,
  SNMP_TEXT_OCTETS,
  type SnmpPace,
  type SnmpV3Secret,
  type TemplateInput,
  type VsphereSecret,
} from '@stratora/contract';
import {
  embeddedOptions,
  type InputBlock,
  sharedTables,
  type TomlTable,
  UnrenderableValueError,
} from '@stratora/telegraf';

/** The part of a node that rendering reads. */
export interface RenderNode {
  id: string;
  name: string;
  ipAddress: string;
  snmpPort: number;
  /** The node's own pace of SNMP, whose keys go before those of its template. */
  snmpPace?: SnmpPace;
  url: string | null;
}

/** An enabled credential of SNMP with its secret in the clear; lives only while a config is rendered. */
export type SnmpCredential =
  | { type: Extract<CredentialType, 'snmp_v1' | 'snmp_v2c'>; secret: CommunitySecret }
  | { type: Extract<CredentialType, 'snmp_v3'>; secret: SnmpV3Secret };

/** An enabled credential with its secret in the clear; lives only while a config is rendered. */
export type RenderCredential = SnmpCredential | VsphereCredential | HttpCredential;
export type VsphereCredential = { type: Extract<CredentialType, 'vsphere'>; secret: VsphereSecret };
export type HttpCredential = { type: Extract<CredentialType, 'http'>; secret: HttpSecret };

/** The inputs of a device template, ready to be written for many nodes. */
export interface RenderTemplate {
  gatheredBy: ComponentType;
  inputs: readonly RenderInput[];
}

interface RenderInput {
  id: string;
  plugin: TemplateInput['plugin'];
  requires: TemplateInput['requires'];
  intervalSeconds: number | undefined;
  options: TomlTable;
  /** The `field` and `table` blocks of SNMP. */
  tables: TomlTable;
}

/** @param template with everything it inherits */
export function prepareTemplate(template: {
  gathered_by: ComponentType;
  inputs: readonly TemplateInput[];
}): RenderTemplate {
  return {
    gatheredBy: template.gathered_by,
    inputs: template.inputs.map((input) => ({
      id: input.id,
      plugin: input.plugin,
      requires: input.requires,
      intervalSeconds: input.interval_seconds,
      options: defined(input.options),
      tables: objects(input),
    })),
  };
}

export interface RenderTarget {
  node: RenderNode;
  template: RenderTemplate;
  /** Credentials by purpose. */
  credentials: { snmp?: SnmpCredential; vsphere?: VsphereCredential; http?: HttpCredential };
}

/** Whether the pace of a node is one that the embedded engine alone keeps to. */
export function needsEmbeddedEngine({ node, template }: RenderTarget): boolean {
  const isAsked = (options: object) => embeddedOptions('snmp').some((name) => Object.hasOwn(options, name));
  const inputs = template.inputs.filter(({ plugin }) => plugin === 'snmp');
  return (
    inputs.length > 0 && (isAsked(node.snmpPace ?? {}) || inputs.some(({ options }) => isAsked(options)))
  );
}

/** Makes the input blocks of one node, in the order of its template. Inputs that the node has nothing for are left out. */
export function targetInputs(target: RenderTarget): InputBlock[] {
  return target.template.inputs
    .filter((input) => isServed(input, target))
    .map((input) => block(input, target));
}

function isServed(input: RenderInput, { node, credentials }: RenderTarget): boolean {
  // Without a login no engine takes it, and refuses the whole config with it.
  if (input.plugin === 'vsphere' && credentials.vsphere === undefined) return false;
  switch (input.requires) {
    case 'snmp_credential':
      return credentials.snmp !== undefined;
    case 'url':
      return node.url !== null;
    case 'vsphere_credential':
      return credentials.vsphere !== undefined;
    case 'https_url':
      return /^\s*https:/i.test(node.url ?? '');
    default:
      return true;
  }
}

function block(input: RenderInput, target: RenderTarget): InputBlock {
  const { node } = target;
  const pace = input.plugin === 'snmp' ? (node.snmpPace ?? {}) : {};
  const seconds = pacedInterval(input.intervalSeconds, pace);
  return {
    plugin: input.plugin,
    alias: `${input.id}-${node.id}`,
    ...(seconds === undefined ? {} : { intervalMs: seconds * 1000 }),
    options: { ...input.options, ...paceOptions(pace), ...boundOptions(input, target), ...input.tables },
    tags: { node_id: node.id, node_name: node.name },
  };
}

/** Returns the options that belong to the node or to its credential. */
function boundOptions(input: RenderInput, { node, credentials }: RenderTarget): TomlTable {
  switch (input.plugin) {
    case 'ping':
      return { urls: [addressOf(node)] };
    case 'snmp': {
      const agent = { agents: [snmpAgent(addressOf(node), node.snmpPort)] };
      return credentials.snmp ? { ...agent, ...snmpOptions(credentials.snmp) } : agent;
    }
    case 'http_response':
      return { urls: [webAddressOf(node)], ...(credentials.http ? httpOptions(credentials.http) : {}) };
    case 'x509_cert':
      return { sources: [webAddressOf(node)] };
    case 'vsphere':
      return {
        vcenters: [vcenterAddressOf(node)],
        ...credentials.vsphere?.secret,
        // One that is away would else keep Telegraf from starting, and from all other nodes.
        disconnected_servers_behavior: 'ignore',
      };
    default:
      return {};
  }
}

/** Returns the login of a check of the web; the engine does not send it on to another host. */
function httpOptions({ secret }: HttpCredential): TomlTable {
  const { scheme, username, password, token } = secret;
  return defined(scheme === 'basic' ? { username, password } : { token });
}

/** @throws UnrenderableValueError for an address that an engine would refuse, and its whole config with it */
function addressOf({ ipAddress }: RenderNode): string {
  const { value, fault } = parseUnicastAddress(ipAddress);
  if (value === undefined) throw new UnrenderableValueError('address', fault);
  return value;
}

/** @throws UnrenderableValueError for a URL that an engine would refuse, and its whole config with it */
function webAddressOf({ url }: RenderNode): string {
  const { value, fault } = parseUnicastWebAddress(url ?? '');
  if (value === undefined) throw new UnrenderableValueError('url', fault);
  return value;
}

/**
 * Builds the address of a vCenter's web service, which is the same path everywhere: on the host and port of the node's
 * URL where that is one of TLS, else on its address.
 *
 * @throws UnrenderableValueError for an address that an engine would refuse, and its whole config with it
 */
function vcenterAddressOf(node: RenderNode): string {
  const isSecure = /^\s*https:/i.test(node.url ?? '');
  const address = isSecure ? '' : addressOf(node);
  const host = isSecure ? new URL(webAddressOf(node)).host : address.includes(':') ? `[${address}]` : address;
  const { value, fault } = parseUnicastWebAddress(`https://${host}/sdk`);
  if (value === undefined) throw new UnrenderableValueError(isSecure ? 'url' : 'address', fault);
  return value;
}

/** Builds the URL of an agent; the sign before a zone is written as URLs want it (RFC 6874), the one way Telegraf reads. */
function snmpAgent(address: string, port: number): string {
  const host = address.includes(':') ? `[${address.replace('%', '%25')}]` : address;
  return `udp://${host}:${port}`;
}

function snmpOptions(credential: SnmpCredential): TomlTable {
  switch (credential.type) {
    case 'snmp_v1':
      return { version: 1, community: shortText('community', credential.secret.community) };
    case 'snmp_v2c':
      return { version: 2, community: shortText('community', credential.secret.community) };
    case 'snmp_v3':
      return { version: 3, ...securityOptions(credential.secret) };
  }
}

/** Returns Telegraf's options for the user-based security model (RFC 3414). */
function securityOptions(secret: SnmpV3Secret): TomlTable {
  const authenticates = secret.security_level !== 'noAuthNoPriv';
  const encrypts = secret.security_level === 'authPriv';
  return defined({
    sec_name: shortText('username', secret.username),
    sec_level: secret.security_level,
    auth_protocol: authenticates ? secret.auth_protocol : undefined,
    auth_password: authenticates ? secret.auth_password : undefined,
    priv_protocol: encrypts ? secret.priv_protocol : undefined,
    priv_password: encrypts ? secret.priv_password : undefined,
    context_name: shortText('context_name', secret.context_name),
  });
}

/** @throws UnrenderableValueError for a text of a credential that no message of SNMP can carry */
function shortText<T extends string | undefined>(name: keyof typeof SNMP_TEXT_OCTETS, text: T): T {
  const most = SNMP_TEXT_OCTETS[name];
  if (text !== undefined && Buffer.byteLength(text) > most) {
    throw new UnrenderableValueError(name, `is longer than ${most} octets`);
  }
  return text;
}

function objects(input: TemplateInput): TomlTable {
  return {
    ...(input.field.length > 0 ? { field: sharedTables(input.field.map(defined)) } : {}),
    ...(input.table.length > 0
      ? {
          table: sharedTables(
            input.table.map((table) => ({ ...defined(table), field: table.field.map(defined) })),
          ),
        }
      : {}),
    ...(input.object.length > 0 ? { object: input.object.map(defined) } : {}),
  };
}

/** Leaves out the keys that have no value, which TOML cannot say. */
function defined(source: Readonly<Record<string, unknown>>): TomlTable {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as TomlTable;
}
