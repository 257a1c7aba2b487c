import { createAlertDefinitionSchema, type WrittenDefinition } from '@stratora/contract';

type Bounds = readonly [warning: number | null, critical: number | null];

const IN_OCTETS = 'rate(interface_ifHCInOctets[5m])';
const OUT_OCTETS = 'rate(interface_ifHCOutOctets[5m])';
const IN_LOAD = `${IN_OCTETS} * 8 / (interface_ifHighSpeed * 1e6) * 100`;
const OUT_LOAD = `${OUT_OCTETS} * 8 / (interface_ifHighSpeed * 1e6) * 100`;
const CPU = 'avg by (node_id) (avg_over_time(device_cpu_usage_percent[5m]))';
const RAM = 'device_memory_used_percent{pool="ram"}';
const TEMPERATURE = 'device_sensor_value{kind="temperature"}';

/** What the nodes have: each judges thousands of series. */
const JUDGED = [
  above('packet loss', 'avg_over_time(ping_percent_packet_loss[1m])', [5, 20]),
  above('packet loss, lasting', 'avg_over_time(ping_percent_packet_loss[15m])', [1, 3], 300),
  above('response time', 'avg_over_time(ping_average_response_ms[5m])', [200, 500]),
  above('response time, strict', 'avg_over_time(ping_average_response_ms[5m])', [50, 100], 600),
  above('response time unsteady', 'stddev_over_time(ping_average_response_ms[5m])', [50, 100]),
  above('CPU', CPU, [90, 95]),
  above('CPU, lasting', CPU, [70, 80], 900),
  above('CPU at once', 'avg by (node_id) (avg_over_time(device_cpu_usage_percent[1m]))', [97, 99], 60),
  above('one processor', 'avg_over_time(device_cpu_usage_percent[15m])', [98, null]),
  above('memory', RAM, [90, 95], 300),
  above('memory, strict', RAM, [80, 85], 600),
  above('memory grows', `delta(${RAM}[30m])`, [20, 40]),
  above('swap', 'device_memory_used_percent{pool="swap"}', [50, 80], 300),
  above('disk', 'device_storage_used_percent', [85, 95], 60),
  above('disk, strict', 'device_storage_used_percent', [75, 90], 3600),
  above('system volume', 'device_storage_used_percent{volume="/"}', [90, null], 60),
  below('free bytes', 'device_storage_total_bytes - device_storage_used_bytes', [5e9, 1e9], 60),
  above(
    'disk full within four days',
    'predict_linear(device_storage_used_bytes[6h], 345600) / device_storage_total_bytes * 100',
    [100, null],
    600,
  ),
  above('temperature', TEMPERATURE, [45, 60], 60),
  above('temperature, strict', TEMPERATURE, [40, 50], 600),
  above('temperature rises', `delta(${TEMPERATURE}[30m])`, [8, 15]),
  above('sensor status', 'device_sensor_status', [0.5, 1.5], 60),
  above(
    'interface down',
    'interface_ifOperStatus and interface_ifAdminStatus == 1 and min_over_time(interface_ifOperStatus[1d]) == 1',
    [1, null],
    60,
  ),
  above('interface flaps', 'changes(interface_ifOperStatus[15m])', [4, 10]),
  above('errors in', 'rate(interface_ifInErrors[5m])', [1, 10]),
  above('errors out', 'rate(interface_ifOutErrors[5m])', [1, 10]),
  above('errors of a million octets', `rate(interface_ifInErrors[5m]) / ${IN_OCTETS} * 1e6`, [5, 50]),
  above('discards in', 'rate(interface_ifInDiscards[5m])', [1, 10]),
  above('load in', IN_LOAD, [80, 95]),
  above('load in, lasting', IN_LOAD, [60, 70], 900),
  above('load out', OUT_LOAD, [80, 95]),
  above('load out, lasting', OUT_LOAD, [60, 70], 900),
  above('traffic of a node', `sum by (node_id) (${IN_OCTETS}) * 8 / 1e9`, [1, 2]),
  above('busiest port', `max by (node_id) (${OUT_OCTETS}) * 8 / 1e9`, [0.8, 0.95]),
  below('silent port', 'rate(interface_ifHCInOctets[15m]) and interface_ifOperStatus == 1', [1, null], 600),
  below('rebooted', 'snmp_uptime / 100', [600, null]),
  above('reboots', 'resets(snmp_uptime[1h])', [2, 4]),
  above('clock', 'abs(snmp_clock_skew_seconds)', [30, 120], 300),
];

/** What these nodes do not have, but is asked for as in every plant: rules come for all kinds of devices. */
const WITHOUT_SERIES = [
  above('UPS on battery', 'device_ups_on_battery', [0.5, null]),
  below('UPS charge', 'device_ups_battery_charge_percent', [50, 20]),
  below('UPS runtime', 'device_ups_runtime_seconds', [900, 300]),
  above('UPS load', 'device_ups_load_percent', [80, 95], 300),
  above('disk health', 'device_disk_status', [0.5, 1.5]),
  above('disk temperature', 'device_disk_temperature_celsius', [55, 65], 300),
  below('supplies', 'device_supply_level_percent', [15, 5]),
  above('radio clients', 'device_wireless_clients', [40, 60], 300),
  above('radio load', 'device_wireless_utilization_percent', [70, 90], 300),
  above('sessions', 'device_sessions_active / device_sessions_max * 100', [80, 95], 60),
  below('certificate', 'x509_cert_expiry / 86400', [30, 7]),
  above('HTTP check', 'http_response_result_code', [0.5, null], 60),
  above('HTTP slow', 'avg_over_time(http_response_response_time[5m])', [2, 5]),
  above('Windows service', 'win_services_state != 4', [0, null], 60),
  below('systemd unit', 'systemd_units_active_code', [1, null], 60),
  above('DNS', 'dns_query_result_code', [0.5, null], 60),
  above('host CPU', '100 - avg by (node_id) (avg_over_time(cpu_usage_idle{cpu="cpu-total"}[5m]))', [90, 95]),
  above('host memory', 'mem_used_percent', [90, 95], 300),
  above('host disk', 'disk_used_percent', [85, 95], 60),
  above('host inodes', 'disk_inodes_used / (disk_inodes_used + disk_inodes_free) * 100', [85, 95], 60),
  above('host load', 'avg_over_time(system_load5[5m]) / system_n_cpus', [2, 4]),
  above('host swap', 'swap_used_percent', [50, 80], 300),
];

/**
 * The 60 definitions of the bench, global ones: about what the product ships, and some that a plant adds, of which a few
 * judge the same expression by other thresholds.
 */
export const DEFINITIONS: readonly WrittenDefinition[] = [...JUDGED, ...WITHOUT_SERIES];

function above(name: string, expr: string, bounds: Bounds, seconds = 0): WrittenDefinition {
  return definition('>', [name, expr], bounds, seconds);
}

function below(name: string, expr: string, bounds: Bounds, seconds = 0): WrittenDefinition {
  return definition('<', [name, expr], bounds, seconds);
}

function definition(
  comparison: '>' | '<',
  [name, expr]: readonly [string, string],
  [warning, critical]: Bounds,
  seconds: number,
): WrittenDefinition {
  return createAlertDefinitionSchema.parse({
    // Shipped ones have names of their own, of which there is one each.
    name: `bench: ${name}`,
    expr,
    comparison,
    warning,
    critical,
    duration_seconds: seconds,
    settle_seconds: 0,
  });
}
