import type { ConformanceCase, ConformanceRun } from '../conformance-case.ts';
import { environmentOf } from '../stage/invented-host.ts';
import { CHECK_CASES } from './checks.ts';
import { INTERNAL_CASES, SETTING_CASES, SETTING_RUNS } from './engine-settings.ts';
import { AGENT_CASES, HOST_CASES, INVENTED_HOST_CASES, ODD_HOST_CASES } from './host.ts';
import { SHAPING_CASES } from './metric-shaping.ts';
import { CAPTURE_CASES } from './snmp-captures.ts';
import { SNMP_SESSION_CASES } from './snmp-sessions.ts';
import { SNMP_TABLE_CASES } from './snmp-tables.ts';
import { SNMP_VALUE_CASES } from './snmp-values.ts';
import { VSPHERE_CASES } from './vsphere.ts';

/** All cases of the suite; their names are unique. */
export const CASES: readonly ConformanceCase[] = [
  ...SNMP_VALUE_CASES,
  ...SNMP_TABLE_CASES,
  ...SNMP_SESSION_CASES,
  ...CAPTURE_CASES,
  ...HOST_CASES,
  ...AGENT_CASES,
  ...INVENTED_HOST_CASES,
  ...ODD_HOST_CASES,
  ...CHECK_CASES,
  ...VSPHERE_CASES,
  ...SHAPING_CASES,
  ...SETTING_CASES,
  ...INTERNAL_CASES,
];

const AGENT = `[agent]
interval = "5s"
flush_interval = "1s"
metric_buffer_limit = 200000
`;

/**
 * Head of runs with checks, which wait for servers: they are spread, so that a busy machine makes none of them late.
 */
const SPREAD_AGENT = AGENT.replace('interval = "5s"', 'interval = "10s"\ncollection_jitter = "4s"');

export const RUNS: readonly ConformanceRun[] = [
  { name: 'snmp', head: AGENT },
  { name: 'captures', head: AGENT },
  { name: 'plain', head: AGENT },
  { name: 'invented', head: AGENT, environment: environmentOf('host') },
  { name: 'odd', head: AGENT, environment: environmentOf('odd-host') },
  { name: 'checks', head: SPREAD_AGENT },
  // A gather of many questions, which on a busy machine needs more than the 4 s that an interval of 5 s leaves.
  { name: 'vsphere', head: AGENT.replace('interval = "5s"', 'interval = "10s"') },
  { name: 'shaping', head: `${AGENT}[global_tags]\nglobal = "here"\nempty = ""\n` },
  { name: 'internal', head: AGENT },
  ...SETTING_RUNS,
];
