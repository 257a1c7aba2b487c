import {
  AUTH_PROTOCOLS,
  type AuthProtocol,
  checkTarget,
  compileOids,
  PRIV_PROTOCOLS,
  type PrivProtocol,
  parseOid,
  SECURITY_LEVELS,
  type SecurityLevel,
  type SnmpAddress,
  type SnmpPace,
  type SnmpTarget,
  type UsmUser,
} from '@stratora/snmp';
import type { OptionReader } from '../../option-reader.ts';
import { targetHost } from '../target-host.ts';
import { type Conversion, NO_CONVERSION, parseConversion } from './value-conversion.ts';

/** The options of an object or a column. */
export interface FieldOptions {
  readonly name: string;
  /** Numeric, without a leading dot. */
  readonly oid: string;
  readonly isTag: boolean;
  readonly conversion: Conversion;
}

/** A column of a table, and how its index relates to the rows. */
export interface ColumnOptions extends FieldOptions {
  /** Arcs cut off the end of the index; rows without them are not of this column. */
  readonly indexSuffix: readonly number[];
  /** Arcs of the index that count; 0 for all. */
  readonly indexLength: number;
  readonly joins: 'no' | 'table' | 'use';
  readonly outerJoin: boolean;
}

export interface TableOptions {
  readonly name: string;
  readonly inheritTags: readonly string[];
  readonly indexAsTag: boolean;
  readonly columns: readonly ColumnOptions[];
}

export interface SnmpOptions {
  readonly targets: readonly SnmpTarget[];
  readonly agentHostTag: string;
  readonly maxRepetitions: number;
  readonly stopOnError: boolean;
  /** Most requests of one cycle to one device; undefined for any number. */
  readonly maxRequests: number | undefined;
  /** Measurement of the fields. */
  readonly name: string;
  readonly fields: readonly FieldOptions[];
  readonly tables: readonly TableOptions[];
}

/** Telegraf's own defaults. */
const DEFAULTS = { timeoutMs: 5_000, retries: 3, maxRepetitions: 10, port: 161 };

export function parseSnmpOptions(options: OptionReader): SnmpOptions {
  const addresses = parseAgents(options);
  const fields = options.eachTable('field', parseField);
  const tables = options.eachTable('table', parseTable);
  if (fields.length === 0 && tables.length === 0)
    options.fault('field', 'is missing: nothing would be polled');
  // Where MIB files are, and who reads them: nothing here needs either.
  options.ignore('path', 'translator');
  if (options.boolean('unconnected_udp_socket', false)) {
    options.fault('unconnected_udp_socket', 'is not supported: answers count only from the address asked');
  }
  const parsed = {
    agentHostTag: options.string('agent_host_tag', '') || 'agent_host',
    maxRepetitions: options.integer('max_repetitions', DEFAULTS.maxRepetitions, { min: 1, max: 255 }),
    stopOnError: options.boolean('stop_on_error', false),
    maxRequests: options.has('requests_per_cycle')
      ? options.integer('requests_per_cycle', 1, { min: 1, max: 1_000_000 })
      : undefined,
    name: options.string('name', 'snmp') || 'snmp',
    fields,
    tables,
  };
  return { ...parsed, targets: withLogin(options, addresses) };
}

function parseAgents(options: OptionReader): SnmpAddress[] {
  const common = {
    timeoutMs: options.durationMs('timeout', DEFAULTS.timeoutMs),
    retries: options.integer('retries', DEFAULTS.retries, { min: 0, max: 100 }),
    pace: parsePace(options),
  };
  const agents = options.strings('agents');
  if (agents.length === 0) options.fault('agents', 'is required');
  return agents.flatMap((agent, index) => {
    const address = parseAgent(agent);
    if (typeof address !== 'string') return [{ ...address, ...common }];
    options.fault(`agents[${index}]`, address);
    return [];
  });
}

/** Options of the product's own, which Telegraf does not have: how gently a fragile device is asked. */
function parsePace(options: OptionReader): SnmpPace | undefined {
  const requestsPerSecond = options.float('requests_per_second');
  const getBulk = options.boolean('getbulk');
  return requestsPerSecond === undefined && getBulk === undefined
    ? undefined
    : { requestsPerSecond, getBulk };
}

/** Parses `[scheme://]host[:port]`; returns the address, or in words what is wrong with it. */
export function parseAgent(agent: string): Pick<SnmpAddress, 'host' | 'port' | 'transport'> | string {
  const parts = /^(?:([a-z0-9]+):\/\/)?(?:\[([^\]]*)\]|([^:/]*))(?::(\d{1,5}))?$/i.exec(agent);
  const [, scheme = 'udp', bracketed, bare, digits] = parts ?? [];
  // An IPv6 address without brackets, which has no port.
  const named = parts === null ? agent.replace(/^udp6?:\/\//i, '') : (bracketed ?? bare ?? '');
  const transport = scheme.toLowerCase();
  if (/^tcp[46]?$/.test(transport)) return 'SNMP over TCP is left to the Telegraf engine';
  if (transport !== 'udp' && transport !== 'udp4' && transport !== 'udp6') {
    return `"${scheme}" is not a transport of SNMP`;
  }
  // Within a URL the sign before a zone is written %25 (RFC 6874), the only way that Telegraf reads.
  const host = targetHost(named.replace(/%25(?=.)/, '%'));
  if (host === undefined) return 'is not an IPv4 address, an IPv6 address or a DNS name';
  const port = Number(digits ?? DEFAULTS.port);
  if (port < 1 || port > 65_535) return 'has a port outside 1 to 65535';
  return { host, port, transport };
}

function withLogin(options: OptionReader, addresses: readonly SnmpAddress[]): SnmpTarget[] {
  const version = options.integer('version', 2, { min: 1, max: 3 });
  const community = options.string('community', '') || 'public';
  const user = parseUser(options, version === 3);
  const targets = addresses.map(
    (address): SnmpTarget =>
      version === 3
        ? { ...address, version, user }
        : { ...address, version: version === 1 ? 1 : 2, community },
  );
  // What is left to find beside the faults of single options: texts and times that no session takes.
  const fault = options.faults.length > 0 ? undefined : targetFault(targets[0]);
  if (fault !== undefined) options.fault('agents', fault);
  return targets;
}

function targetFault(target: SnmpTarget | undefined): string | undefined {
  try {
    if (target !== undefined) checkTarget(target);
    return undefined;
  } catch (error) {
    return `cannot be asked: ${(error as Error).message}`;
  }
}

function parseUser(options: OptionReader, isUsed: boolean): UsmUser {
  const secLevel = word<SecurityLevel>(options, 'sec_level', SECURITY_LEVELS) ?? 'noAuthNoPriv';
  const user = {
    secName: options.string('sec_name', ''),
    secLevel,
    authProtocol: word<AuthProtocol>(options, 'auth_protocol', AUTH_PROTOCOLS),
    authPassword: options.string('auth_password'),
    privProtocol: word<PrivProtocol>(options, 'priv_protocol', PRIV_PROTOCOLS),
    privPassword: options.string('priv_password'),
    contextName: options.string('context_name'),
  };
  if (!isUsed) return user;
  const need = (name: string, value: string | undefined) => {
    if (value === undefined || value === '') options.fault(name, `is required for SNMPv3 ${secLevel}`);
  };
  need('sec_name', user.secName);
  if (secLevel !== 'noAuthNoPriv') {
    need('auth_protocol', user.authProtocol);
    need('auth_password', user.authPassword);
  }
  if (secLevel === 'authPriv') {
    need('priv_protocol', user.privProtocol);
    need('priv_password', user.privPassword);
  }
  return user;
}

/** Reads one of several words, in any case, as Telegraf takes them; empty means none. */
function word<T extends string>(options: OptionReader, name: string, allowed: readonly T[]): T | undefined {
  const value = options.string(name, '');
  if (value === '') return undefined;
  const found = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
  if (found === undefined) options.fault(name, `must be one of ${allowed.join(', ')}`);
  return found;
}

function parseField(options: OptionReader): FieldOptions {
  const oid = numericOid(options);
  const conversion = parseConversion(options.string('conversion', ''));
  if (typeof conversion === 'string') options.fault('conversion', conversion);
  if (options.boolean('translate', false)) {
    options.fault('translate', 'needs MIB files, which only the Telegraf engine reads');
  }
  return {
    name: options.requiredString('name'),
    oid,
    isTag: options.boolean('is_tag', false),
    conversion: typeof conversion === 'string' ? NO_CONVERSION : conversion,
  };
}

function numericOid(options: OptionReader): string {
  const text = options.requiredString('oid');
  if (text === '') return '1.3';
  if (/[a-z]/i.test(text)) {
    options.fault('oid', `"${text}" is a name from a MIB; the embedded engine takes numeric OIDs only`);
    return '1.3';
  }
  try {
    parseOid(text);
    return text.replace(/^\./, '');
  } catch (error) {
    options.fault('oid', (error as Error).message);
    return '1.3';
  }
}

function parseTable(options: OptionReader): TableOptions {
  if (options.string('oid', '') !== '') {
    options.fault('oid', 'needs MIB files to know the columns; list them as fields instead');
  }
  const columns = options.tables('field').map(parseColumn);
  if (columns.length === 0) options.fault('field', 'is missing: the table has no column');
  if (columns.length > 0 && !isPlannable(columns)) options.fault('field', 'lists too many columns');
  if (columns.filter((column) => column.joins === 'table').length > 1) {
    options.fault('field', 'has more than one secondary_index_table');
  }
  return {
    name: options.requiredString('name'),
    inheritTags: options.strings('inherit_tags'),
    indexAsTag: options.boolean('index_as_tag', false),
    columns,
  };
}

function isPlannable(columns: readonly ColumnOptions[]): boolean {
  try {
    compileOids(columns.map((column) => column.oid));
    return true;
  } catch {
    return false;
  }
}

function parseColumn(options: OptionReader): ColumnOptions {
  const isTable = options.boolean('secondary_index_table', false);
  const isUse = options.boolean('secondary_index_use', false);
  const outerJoin = options.boolean('secondary_outer_join', false);
  if (isTable && isUse) options.fault('secondary_index_use', 'excludes secondary_index_table');
  if (outerJoin && !isTable && !isUse)
    options.fault('secondary_outer_join', 'is of use only in a join of two tables');
  const suffix = options.string('oid_index_suffix', '').replace(/^\./, '');
  if (suffix !== '' && !/^\d{1,10}(\.\d{1,10})*$/.test(suffix)) {
    options.fault('oid_index_suffix', 'must be numbers with dots between them');
  }
  return {
    ...parseField(options),
    indexSuffix: suffix === '' ? [] : suffix.split('.').map(Number),
    indexLength: options.integer('oid_index_length', 0, { min: 0, max: 128 }),
    joins: isTable ? 'table' : isUse ? 'use' : 'no',
    outerJoin,
  };
}
