import { AUTH_PROTOCOLS, PRIV_PROTOCOLS } from '@stratora/snmp';
import type { ConformanceCase } from '../conformance-case.ts';
import { AGENTS, CLOSED_AGENT, SNMPD_USERS, V3_USERS } from '../devices/agents.ts';
import { type BlockText, type FieldText, snmpBlock } from './snmp-block.ts';

const SYSTEM: readonly FieldText[] = [
  { name: 'sysName', oid: '1.3.6.1.2.1.1.5.0', is_tag: true },
  { name: 'sysDescr', oid: '1.3.6.1.2.1.1.1.0' },
  { name: 'sysObjectID', oid: '1.3.6.1.2.1.1.2.0' },
  { name: 'absent', oid: '1.3.6.1.2.1.1.99.0' },
  { name: 'sysServices', oid: '1.3.6.1.2.1.1.7.0' },
];
const INTERFACES = {
  name: 'interface',
  fields: [
    { name: 'ifDescr', oid: '1.3.6.1.2.1.2.2.1.2', is_tag: true },
    { name: 'ifType', oid: '1.3.6.1.2.1.2.2.1.3' },
    { name: 'ifPhysAddress', oid: '1.3.6.1.2.1.2.2.1.6', conversion: 'hwaddr' },
    { name: 'ifInOctets', oid: '1.3.6.1.2.1.2.2.1.10' },
    { name: 'ifHCInOctets', oid: '1.3.6.1.2.1.31.1.1.1.6' },
    { name: 'ifName', oid: '1.3.6.1.2.1.31.1.1.1.1', is_tag: true },
  ],
} as const;

function device(
  name: string,
  text: Partial<BlockText>,
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  const options = snmpBlock({ agents: [AGENTS.community], fields: SYSTEM, tables: [INTERFACES], ...text });
  return { name: `snmp ${name}`, input: 'snmp', run: 'snmp', series: 7, options, ...more };
}

const COMMUNITY = `community = 'secret $$HOME "x"'`;
const SHORT = 'timeout = "300ms"\nretries = 0';

function login(user: (typeof V3_USERS)[number], wrong: Record<string, string> = {}): string {
  const options: Record<string, string | undefined> = {
    sec_name: user.secName,
    sec_level: user.secLevel,
    auth_protocol: user.authProtocol,
    auth_password: user.authPassword,
    priv_protocol: user.privProtocol,
    priv_password: user.privPassword,
    ...wrong,
  };
  const lines = Object.entries(options).filter(([, value]) => value !== undefined);
  return ['version = 3', ...lines.map(([key, value]) => `${key} = ${JSON.stringify(value)}`)].join('\n');
}

const userOf = (name: string): (typeof V3_USERS)[number] => {
  const user = V3_USERS.find(({ secName }) => secName === name);
  if (user === undefined) throw new Error(`there is no user ${name}`);
  return user;
};

const VERSIONS: readonly ConformanceCase[] = [
  device('version 2 by default', { options: COMMUNITY }),
  // Version 1 has no Counter64.
  device('version 1', { options: `${COMMUNITY}\nversion = 1` }),
  device('version 1, all objects there', {
    options: `${COMMUNITY}\nversion = 1`,
    fields: SYSTEM.filter(({ name }) => name !== 'absent'),
  }),
  device('wrong community', { options: `community = "wrong"\n${SHORT}` }, { series: 0 }),
  ...V3_USERS.map((user) =>
    device(`version 3 as ${user.secName}`, { agents: [AGENTS.version3], options: login(user) }),
  ),
  device(
    'version 3, wrong password',
    {
      agents: [AGENTS.version3],
      options: `${login(userOf('auth-SHA256'), { auth_password: 'not the right one' })}\n${SHORT}`,
    },
    { series: 0 },
  ),
  device(
    'version 3, wrong privacy password',
    {
      agents: [AGENTS.version3],
      options: `${login(userOf('priv-SHA-AES'), { priv_password: 'not the right one' })}\n${SHORT}`,
    },
    { series: 0 },
  ),
  device(
    'version 3, unknown user',
    { agents: [AGENTS.version3], options: `${login(userOf('nobody'), { sec_name: 'somebody' })}\n${SHORT}` },
    { series: 0 },
  ),
  device(
    'version 3, level too low',
    {
      agents: [AGENTS.version3],
      options: `${login(userOf('auth-SHA'), { sec_level: 'noAuthNoPriv' })}\n${SHORT}`,
    },
    { series: 0 },
  ),
  device(
    'version 3, another protocol',
    {
      agents: [AGENTS.version3],
      options: `${login(userOf('auth-SHA'), { auth_protocol: 'MD5' })}\n${SHORT}`,
    },
    { series: 0 },
  ),
  device('version 3, words in other letters', {
    agents: [AGENTS.version3],
    options: login(userOf('priv-SHA256-AES'), {
      sec_level: 'authpriv',
      auth_protocol: 'sha256',
      priv_protocol: 'aes',
    }),
  }),
];

const AGENT_TEXTS: readonly ConformanceCase[] = [
  device('agent with scheme and port', { agents: [`udp://${AGENTS.community}:161`], options: COMMUNITY }),
  device('agent by udp4', { agents: [`udp4://${AGENTS.community}`], options: COMMUNITY }),
  device('agent by IPv6', { agents: ['udp://[::1]:161', 'udp6://[::1]:161'] }),
  device(
    'agent by name',
    { agents: ['switch.test:161'], tables: [], fields: [{ name: 'n', oid: '1.3.6.1.4.1.32473.1.1.0' }] },
    { series: 1 },
  ),
  device('agent by unknown name', { agents: ['nowhere.invalid:161'] }, { series: 0 }),
  device('several agents, some dead', {
    agents: [AGENTS.silent, AGENTS.community, CLOSED_AGENT, AGENTS.slow],
    options: `${COMMUNITY}\n${SHORT}`,
  }),
  device('tag of the agent', { options: `${COMMUNITY}\nagent_host_tag = "source"` }),
  device('tag of the agent, empty', { options: `${COMMUNITY}\nagent_host_tag = ""` }),
  device('another measurement', { options: `${COMMUNITY}\nname = "device"` }),
  device('few repetitions', { options: `${COMMUNITY}\nmax_repetitions = 1` }),
  device('many repetitions', { options: `${COMMUNITY}\nmax_repetitions = 200` }),
  device('fields only', { options: COMMUNITY, tables: [] }, { series: 1 }),
  device('tables only', { options: COMMUNITY, fields: [] }, { series: 6 }),
];

const FAULTS: readonly ConformanceCase[] = [
  device('silent agent', { agents: [AGENTS.silent], options: SHORT }, { series: 0 }),
  device('closed agent', { agents: [CLOSED_AGENT], options: SHORT }, { series: 0 }),
  device('lossy agent', { agents: [AGENTS.lossy], options: 'timeout = "200ms"\nretries = 4' }),
  device('slow agent', { agents: [AGENTS.slow] }),
  device('agent that says tooBig', { agents: [AGENTS.tooBig] }, { series: 1 }),
  device('agent that cuts answers', { agents: [AGENTS.cut] }),
  device('agent with small answers', { agents: [AGENTS.smallAnswers] }),
  device(
    'agent with values that cannot be read',
    { agents: [AGENTS.oddValues], options: SHORT },
    { series: 0 },
  ),
  device('agent without GETBULK', { agents: [AGENTS.noBulk], options: SHORT }, { series: 0 }),
  device('agent with rows out of order', { agents: [AGENTS.unordered], options: SHORT }, { series: 0 }),
  device('agent with short request ids', { agents: [AGENTS.shortIds], options: SHORT }, { series: 0 }),
  device('agent that refuses a column', { agents: [AGENTS.badColumn], options: SHORT }, { series: 0 }),
  ...[1, 2].map((version) =>
    device(
      `agent with an error for one row, version ${version}`,
      { agents: [AGENTS.badRow], options: `${SHORT}\nversion = ${version}` },
      { series: 1 },
    ),
  ),
  ...Object.entries(AGENTS.hostile).map(([kind, address]) =>
    device(`hostile agent: ${kind}`, { agents: [address], options: SHORT }, { series: 0 }),
  ),
];

const REAL = {
  fields: [
    { name: 'sysName', oid: '.1.3.6.1.2.1.1.5.0', is_tag: true },
    { name: 'sysLocation', oid: '.1.3.6.1.2.1.1.6.0', is_tag: true },
    { name: 'sysDescr', oid: '.1.3.6.1.2.1.1.1.0' },
    { name: 'sysObjectID', oid: '.1.3.6.1.2.1.1.2.0' },
    { name: 'sysUpTime', oid: '.1.3.6.1.2.1.1.3.0', conversion: 'float(2)' },
    { name: 'sysServices', oid: '.1.3.6.1.2.1.1.7.0' },
    { name: 'hrSystemDate', oid: '.1.3.6.1.2.1.25.1.2.0' },
    { name: 'absent', oid: '.1.3.6.1.2.1.47.99.0' },
  ],
  tables: [
    {
      name: 'interface',
      index_as_tag: true,
      inherit_tags: ['sysName'],
      fields: [
        { name: 'ifDescr', oid: '.1.3.6.1.2.1.2.2.1.2', is_tag: true },
        { name: 'ifType', oid: '.1.3.6.1.2.1.2.2.1.3' },
        { name: 'ifMtu', oid: '.1.3.6.1.2.1.2.2.1.4' },
        { name: 'ifSpeed', oid: '.1.3.6.1.2.1.2.2.1.5' },
        { name: 'ifOperStatus', oid: '.1.3.6.1.2.1.2.2.1.8' },
        { name: 'ifLastChange', oid: '.1.3.6.1.2.1.2.2.1.9' },
        { name: 'ifInOctets', oid: '.1.3.6.1.2.1.2.2.1.10' },
        { name: 'ifSpecific', oid: '.1.3.6.1.2.1.2.2.1.22' },
        { name: 'ifHCInOctets', oid: '.1.3.6.1.2.1.31.1.1.1.6' },
        { name: 'ifHighSpeed', oid: '.1.3.6.1.2.1.31.1.1.1.15' },
      ],
    },
    {
      name: 'address',
      index_as_tag: true,
      fields: [
        { name: 'ipAdEntAddr', oid: '.1.3.6.1.2.1.4.20.1.1', is_tag: true },
        { name: 'ipAdEntIfIndex', oid: '.1.3.6.1.2.1.4.20.1.2' },
        { name: 'ipAdEntNetMask', oid: '.1.3.6.1.2.1.4.20.1.3' },
      ],
    },
    {
      name: 'load',
      fields: [
        { name: 'laNames', oid: '.1.3.6.1.4.1.2021.10.1.2', is_tag: true },
        { name: 'laLoad', oid: '.1.3.6.1.4.1.2021.10.1.3', conversion: 'float' },
        { name: 'laConfig', oid: '.1.3.6.1.4.1.2021.10.1.4' },
        { name: 'laLoadFloat', oid: '.1.3.6.1.4.1.2021.10.1.6' },
      ],
    },
    {
      name: 'storage',
      index_as_tag: true,
      fields: [
        { name: 'hrStorageDescr', oid: '.1.3.6.1.2.1.25.2.3.1.3', is_tag: true },
        { name: 'hrStorageType', oid: '.1.3.6.1.2.1.25.2.3.1.2' },
        { name: 'hrStorageAllocationUnits', oid: '.1.3.6.1.2.1.25.2.3.1.4' },
        { name: 'hrStorageSize', oid: '.1.3.6.1.2.1.25.2.3.1.5' },
        { name: 'hrStorageUsed', oid: '.1.3.6.1.2.1.25.2.3.1.6' },
      ],
    },
    {
      // The index of this table is a text: the name of the command.
      name: 'extend',
      index_as_tag: true,
      fields: [
        { name: 'nsExtendCommand', oid: '.1.3.6.1.4.1.8072.1.3.2.2.1.2', is_tag: true },
        { name: 'nsExtendOutput1Line', oid: '.1.3.6.1.4.1.8072.1.3.2.3.1.1' },
        { name: 'nsExtendResult', oid: '.1.3.6.1.4.1.8072.1.3.2.3.1.4' },
      ],
    },
  ],
} as const;

const MOVING = [
  'sysUpTime',
  'hrSystemDate',
  'ifInOctets',
  'ifHCInOctets',
  'ifLastChange',
  'laLoad*',
  'hrStorageUsed',
  'hrStorageSize',
];

const real = (name: string, options: string): ConformanceCase => ({
  name: `snmp real agent, ${name}`,
  needs: 'snmpd',
  input: 'snmp',
  run: 'snmp',
  series: 8,
  varies: MOVING,
  options: snmpBlock({ agents: [AGENTS.snmpd], options, ...REAL }),
});

const REAL_CASES: readonly ConformanceCase[] = [
  real('version 1', 'version = 1'),
  real('version 2', ''),
  ...SNMPD_USERS.map(({ name, auth, priv }) =>
    real(
      `version 3 as ${name}`,
      login({
        secName: name,
        secLevel: priv === undefined ? 'authNoPriv' : 'authPriv',
        authProtocol: AUTH_PROTOCOLS.find((one) => one === auth) ?? 'MD5',
        authPassword: 'authentication phrase',
        ...(priv === undefined
          ? {}
          : {
              privProtocol: PRIV_PROTOCOLS.find((one) => one === priv) ?? 'DES',
              privPassword: 'privacy phrase',
            }),
      }),
    ),
  ),
];

export const SNMP_SESSION_CASES: readonly ConformanceCase[] = [
  ...VERSIONS,
  ...AGENT_TEXTS,
  ...FAULTS,
  ...REAL_CASES,
];
