/** An object that all pollers request. */
export interface PolledObject {
  readonly name: string;
  readonly oid: string;
  readonly tag: boolean;
}

export interface PolledTable {
  readonly name: string;
  readonly columns: readonly PolledObject[];
}

const SYSTEM = ['sysDescr', 'sysObjectID', 'uptime', 'sysContact', 'sysName', 'sysLocation'];
const IF_COLUMNS = [
  'ifIndex ifDescr ifType ifMtu ifSpeed ifPhysAddress ifAdminStatus ifOperStatus ifLastChange ifInOctets',
  'ifInUcastPkts ifInNUcastPkts ifInDiscards ifInErrors ifInUnknownProtos ifOutOctets ifOutUcastPkts',
  'ifOutNUcastPkts ifOutDiscards ifOutErrors ifOutQLen ifSpecific',
];
const IF_X_COLUMNS = [
  'ifName ifInMulticastPkts ifInBroadcastPkts ifOutMulticastPkts ifOutBroadcastPkts ifHCInOctets ifHCInUcastPkts',
  'ifHCInMulticastPkts ifHCInBroadcastPkts ifHCOutOctets ifHCOutUcastPkts ifHCOutMulticastPkts',
  'ifHCOutBroadcastPkts ifLinkUpDownTrapEnable ifHighSpeed ifPromiscuousMode ifConnectorPresent ifAlias',
  'ifCounterDiscontinuityTime',
];

/** The system group as fields of one metric. */
export const FIELDS: readonly PolledObject[] = SYSTEM.map((name, at) => ({
  name,
  oid: `1.3.6.1.2.1.1.${at + 1}.0`,
  tag: name === 'sysName',
}));

/** ifTable with its 22 and ifXTable with its 19 columns. */
export const TABLES: readonly PolledTable[] = [
  { name: 'interface', columns: columns('1.3.6.1.2.1.2.2.1', IF_COLUMNS, 'ifDescr') },
  { name: 'interface_x', columns: columns('1.3.6.1.2.1.31.1.1.1', IF_X_COLUMNS, 'ifName') },
];

function columns(entry: string, names: readonly string[], tag: string): PolledObject[] {
  return names
    .join(' ')
    .split(' ')
    .map((name, at) => ({ name, oid: `${entry}.${at + 1}`, tag: name === tag }));
}

/** Renders the work of the peer as JSON. */
export function peerWork(agents: readonly string[], port: number, community: string): string {
  return JSON.stringify({ agents, port, community, fields: FIELDS, tables: TABLES });
}

/** Renders a telegraf.conf for the same work: the agents spread over blocks of `agentsPerBlock`. */
export function engineConf(options: {
  readonly agents: readonly string[];
  readonly port: number;
  readonly community: string;
  readonly agentsPerBlock: number;
  readonly intervalMs: number;
  /** Milliseconds after the full interval, for a second engine beside the first. */
  readonly offsetMs?: number;
  readonly socketPath: string;
}): string {
  const { agents, port, community, agentsPerBlock, intervalMs, offsetMs = 0, socketPath } = options;
  const parts = [
    `[agent]\n  interval = "${intervalMs / 1_000}s"\n  round_interval = true\n  flush_interval = "1s"\n  metric_batch_size = 5000\n`,
    `  metric_buffer_limit = 1000000\n  omit_hostname = true\n  collection_offset = "${offsetMs / 1_000}s"\n`,
    `[[outputs.influxdb]]\n  urls = ["unix://${socketPath}"]\n  database = "stratora"\n  skip_database_creation = true\n  content_encoding = "identity"\n`,
  ];
  const objects = objectText();
  for (let at = 0; at < agents.length; at += agentsPerBlock) {
    const list = agents.slice(at, at + agentsPerBlock).map((agent) => `"udp://${agent}:${port}"`);
    parts.push(
      `[[inputs.snmp]]\n  agents = [${list.join(', ')}]\n  version = 2\n  community = "${community}"\n`,
      '  timeout = "2s"\n  retries = 2\n  max_repetitions = 10\n  agent_host_tag = "source"\n',
      `  name = "snmp"\n${objects}  [inputs.snmp.tags]\n    node_id = "node-${at}"\n`,
    );
  }
  return parts.join('');
}

function objectText(): string {
  const field = (path: string, object: PolledObject): string =>
    `  [[inputs.snmp.${path}]]\n    name = "${object.name}"\n    oid = "${object.oid}"\n${object.tag ? '    is_tag = true\n' : ''}`;
  const tables = TABLES.map(
    (table) =>
      `  [[inputs.snmp.table]]\n    name = "${table.name}"\n${table.columns.map((column) => field('table.field', column)).join('')}`,
  );
  return FIELDS.map((object) => field('field', object)).join('') + tables.join('');
}
