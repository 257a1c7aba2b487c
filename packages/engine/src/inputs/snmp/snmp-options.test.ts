import { describe, expect, test } from 'vitest';
import { faultsOf } from '../input-harness.test-support.ts';
import { plugin } from './snmp-input.ts';
import { parseAgent } from './snmp-options.ts';

const FIELD = { name: 'uptime', oid: '.1.3.6.1.2.1.1.3.0' };
const COLUMN = { name: 'ifDescr', oid: '1.3.6.1.2.1.2.2.1.2', is_tag: true };
const GOOD = { agents: ['10.0.0.1'], field: [FIELD] };

describe('agents', () => {
  test.each([
    ['10.0.0.1', { host: '10.0.0.1', port: 161, transport: 'udp' }],
    ['udp://10.0.0.1:1161', { host: '10.0.0.1', port: 1161, transport: 'udp' }],
    ['udp4://switch.example.org', { host: 'switch.example.org', port: 161, transport: 'udp4' }],
    ['udp6://[2001:db8::1]:162', { host: '2001:db8::1', port: 162, transport: 'udp6' }],
    ['[::1]', { host: '::1', port: 161, transport: 'udp' }],
    ['2001:db8::1', { host: '2001:db8::1', port: 161, transport: 'udp' }],
    ['udp://[fe80::1%eth0]:161', { host: 'fe80::1%eth0', port: 161, transport: 'udp' }],
    ['udp://[fe80::1%25br_lan]:161', { host: 'fe80::1%br_lan', port: 161, transport: 'udp' }],
    ['udp://[fe80::1%252]:161', { host: 'fe80::1%2', port: 161, transport: 'udp' }],
    ['fe80::1%25', { host: 'fe80::1%25', port: 161, transport: 'udp' }],
  ])('%s', (agent, address) => {
    expect(parseAgent(agent)).toEqual(address);
  });

  test.each([
    ['tcp://10.0.0.1', 'over TCP'],
    ['snmp://10.0.0.1', 'not a transport'],
    ['-oProxy', 'is not an IPv4'],
    ['10.0.0.1;id', 'is not an IPv4'],
    ['10.0.0.1:0', 'port'],
    ['10.0.0.1:99999', 'port'],
    ['', 'is not an IPv4'],
  ])('%s is refused', (agent, words) => {
    expect(parseAgent(agent)).toContain(words);
  });
});

describe('the check of a block', () => {
  test.each([
    [{ community: 'é'.repeat(128) }, 'agents: cannot be asked: the community is longer than 255 octets'],
    [
      { timeout: '20m' },
      'agents: cannot be asked: the timeout in milliseconds is not a whole number from 1 to 600000',
    ],
  ])('what no session takes is refused before the engine runs: %o', (options, fault) => {
    expect(faultsOf(plugin, { ...GOOD, ...options })).toEqual([fault]);
  });

  test('everything that Telegraf documents and this engine can do passes', () => {
    const options = {
      ...GOOD,
      timeout: '2s',
      retries: 1,
      version: 3,
      sec_name: 'u',
      sec_level: 'AuthPriv',
      auth_protocol: 'sha256',
      auth_password: 'password',
      priv_protocol: 'aes',
      priv_password: 'password',
      context_name: 'vlan-1',
      max_repetitions: 25,
      agent_host_tag: 'source',
      name: 'device',
      path: ['/usr/share/snmp/mibs'],
      stop_on_error: true,
      table: [
        {
          name: 'interface',
          inherit_tags: ['sysName'],
          index_as_tag: true,
          field: [
            {
              ...COLUMN,
              oid_index_suffix: '.0',
              oid_index_length: 1,
              translate: false,
              conversion: 'hwaddr',
            },
            { name: 'link', oid: '1.3.6.1.9.1', secondary_index_table: true, secondary_outer_join: true },
            { name: 'other', oid: '1.3.6.1.9.2', secondary_index_use: true },
          ],
        },
      ],
    };
    expect(faultsOf(plugin, options)).toEqual([]);
  });

  test.each([
    [
      { ...GOOD, field: [{ ...FIELD, oid: 'IF-MIB::ifTable' }] },
      /field\[0\]\.oid: "IF-MIB::ifTable" is a name from a MIB/,
    ],
    [{ ...GOOD, field: [{ ...FIELD, oid: '1.3.6.x' }] }, /name from a MIB/],
    [{ ...GOOD, field: [{ ...FIELD, oid: '9.9.9' }] }, /not an object identifier/],
    [{ ...GOOD, field: [{ oid: FIELD.oid }] }, /field\[0\]\.name: is required/],
    [{ ...GOOD, field: [{ ...FIELD, translate: true }] }, /translate: needs MIB files/],
    [{ ...GOOD, field: [{ ...FIELD, conversion: 'enum' }] }, /conversion: "enum" needs MIB files/],
    [
      { ...GOOD, table: [{ oid: '1.3.6.1.2.1.2.2', name: 'x', field: [COLUMN] }] },
      /table\[0\]\.oid: needs MIB files/,
    ],
    [{ ...GOOD, table: [{ name: 'x' }] }, /table\[0\]\.field: is missing/],
    [{ agents: ['10.0.0.1'] }, /nothing would be polled/],
    [{ field: [FIELD] }, /agents: is required/],
    [{ ...GOOD, version: 4 }, /version: must be between 1 and 3/],
    [{ ...GOOD, version: 3, sec_level: 'authPriv' }, /sec_name: is required for SNMPv3 authPriv/],
    [{ ...GOOD, auth_protocol: 'ROT13' }, /auth_protocol: must be one of MD5/],
    [{ ...GOOD, unconnected_udp_socket: true }, /unconnected_udp_socket: is not supported/],
    [{ ...GOOD, unheard_of: 1 }, /unheard_of: is not an option/],
    [{ ...GOOD, table: [{ name: 'x', field: [{ ...COLUMN, oid_index_suffix: 'a' }] }] }, /oid_index_suffix/],
  ])('%j', (options, fault) => {
    expect(faultsOf(plugin, options).join('\n')).toMatch(fault);
  });
});
