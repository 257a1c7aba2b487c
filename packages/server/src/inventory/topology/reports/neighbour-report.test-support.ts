import {
  NEIGHBOUR_TABLES,
  type NeighbourReport,
  type NeighbourRows,
  type NeighbourTable,
  type TableRead,
} from '@stratora/contract';

const EMPTY = Object.fromEntries(NEIGHBOUR_TABLES.map((name) => [name, []])) as unknown as NeighbourRows;

/** A MAC address that is the same for the same name. */
export function macOf(name: string): string {
  const bytes = Buffer.from(name.padEnd(5, '.')).subarray(-5);
  return ['02', ...[...bytes].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}

type States = { readonly [Table in NeighbourTable]?: TableRead['state'] };

/** A report with some rows: tables are whole unless `states` say otherwise. */
export function reportOf(
  nodeId: string,
  given: { at?: string; name?: string; rows?: Partial<NeighbourRows>; states?: States } = {},
): NeighbourReport {
  const { at = new Date().toISOString(), name = null, rows = {}, states = {} } = given;
  const all = { ...EMPTY, ...rows };
  const read = (table: NeighbourTable): TableRead => {
    const state = states[table] ?? 'whole';
    return {
      state,
      rows: all[table].length,
      left_out: 0,
      reason: state === 'whole' ? null : `the table was ${state}`,
    };
  };
  return {
    node_id: nodeId,
    read_at: at,
    system: {
      system_name: name,
      system_description: null,
      system_object_id: null,
      chassis: name === null ? null : { subtype: 4, text: macOf(name) },
      lldp_name: name,
      cdp_device_id: null,
      base_mac: name === null ? null : macOf(name),
      engine_id: null,
      serial: null,
      uptime_seconds: name === null ? null : 1000,
    },
    tables: Object.fromEntries(
      NEIGHBOUR_TABLES.map((table) => [table, read(table)]),
    ) as NeighbourReport['tables'],
    rows: all,
  };
}

/** A port of a switch in words: `1 edge 2` hears port 2 of edge on port 1; `1 down` is down, and hears nobody. */
export function switchRows(...lines: readonly string[]): Partial<NeighbourRows> {
  const ports = lines.map((line) => {
    const [own = '', name = '', port = ''] = line.split(' ');
    return { index: Number(own), isDown: name === 'down', name, port };
  });
  return {
    interfaces: ports.map(({ index, isDown }) => ({
      if_index: index,
      name: `Gi0/${index}`,
      description: `GigabitEthernet0/${index}`,
      alias: null,
      type: 6,
      mac_address: null,
      admin_status: 1,
      oper_status: isDown ? 2 : 1,
      speed_bps: 1e9,
    })),
    lldp_ports: ports.map(({ index }) => ({
      port_number: index,
      if_index: null,
      id: { subtype: 5, text: `Gi0/${index}` },
      description: null,
      admin_status: 3,
    })),
    lldp_neighbours: ports
      .filter(({ isDown, name }) => !isDown && name !== '')
      .map(({ index, name, port }) => ({
        port_number: index,
        if_index: null,
        chassis: { subtype: 4, text: macOf(name) },
        port: { subtype: 5, text: `Gi0/${port}` },
        port_description: null,
        system_name: name,
        system_description: null,
        capabilities: ['bridge'],
        management_addresses: [],
      })),
    bridge_ports: ports.map(({ index }) => ({
      bridge_port: index,
      if_index: index,
      stp_state: 5,
      designated_bridge: null,
      designated_port: null,
    })),
  };
}

/** Addresses that a switch has learned: the MAC of a name, and the port. */
export function learned(
  ...entries: readonly (readonly [name: string, port: number])[]
): NeighbourRows['forwarding'] {
  return entries.map(([name, port]) => ({ mac_address: macOf(name), bridge_port: port, vlan: 1, status: 3 }));
}
