import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freeUdpPort, requireBinary, type Snmpd, startSnmpd } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './snmp-input.ts';

const run = promisify(execFile);
const IF_TABLE = '1.3.6.1.2.1.2.2.1';
const IFX_TABLE = '1.3.6.1.2.1.31.1.1.1';
const hasTools = requireBinary('snmpd') !== undefined && requireBinary('snmpget') !== undefined;

const INTERFACES = {
  name: 'interface',
  inherit_tags: ['sysName'],
  field: [
    { name: 'ifIndex', oid: `${IF_TABLE}.1`, is_tag: true },
    { name: 'ifDescr', oid: `.${IF_TABLE}.2`, is_tag: true },
    { name: 'ifName', oid: `${IFX_TABLE}.1`, is_tag: true },
    { name: 'ifAlias', oid: `${IFX_TABLE}.18`, is_tag: true },
    { name: 'ifMtu', oid: `${IF_TABLE}.4` },
    { name: 'ifPhysAddress', oid: `${IF_TABLE}.6`, conversion: 'hwaddr' },
    { name: 'ifSpecific', oid: `${IF_TABLE}.22` },
    { name: 'ifHCInOctets', oid: `${IFX_TABLE}.6` },
  ],
};
const SYSTEM = [
  { name: 'sysName', oid: '1.3.6.1.2.1.1.5.0', is_tag: true },
  { name: 'sysLocation', oid: '1.3.6.1.2.1.1.6.0' },
  { name: 'sysObjectID', oid: '1.3.6.1.2.1.1.2.0' },
  { name: 'absent', oid: '1.3.6.1.2.1.1.99.0' },
];

describe.skipIf(!hasTools)('the snmp input against net-snmp', () => {
  let agent: Snmpd | undefined;
  let target = '';

  beforeAll(async () => {
    agent = await startSnmpd({
      config: ['createUser operator SHA-256 "auth-password" AES "priv-password"', 'rouser operator authPriv'],
      sysName: 'snmpd.test',
    });
    target = `udp://127.0.0.1:${agent?.port}`;
  });
  afterAll(async () => {
    await agent?.stop();
  });

  async function get(...oids: string[]): Promise<string[]> {
    const address = `127.0.0.1:${agent?.port}`;
    const { stdout } = await run('snmpget', ['-v2c', '-c', 'public', '-Oqvt', '-m', '', address, ...oids]);
    return stdout.trim().split('\n');
  }

  test.each([1, 2])('version %i: fields and tables have the values that snmpget sees', async (version) => {
    const options = { agents: [target], version, field: SYSTEM, table: [INTERFACES] };
    const harness = new InputHarness(plugin, options, { tags: { node_id: 'n1' } });
    const lines = await harness.gather();
    await harness.stop();
    expect(harness.status).toEqual({ status: 'ok', message: '' });
    const system = lines.find((line) => line.startsWith('snmp,'));
    expect(system).toMatch(
      /^snmp,agent_host=127\.0\.0\.1,node_id=n1,sysName=snmpd\.test sysLocation="rack 4",sysObjectID="\.1\.3\.6\.1\.4\.1\.8072\.3\.2\.\d+"$/,
    );
    const loopback = lines.find((line) => /^interface,.*,ifName=lo,/.test(line)) ?? '';
    const [mtu] = await get(`${IF_TABLE}.4.1`);
    expect(loopback).toContain(
      `interface,agent_host=127.0.0.1,ifDescr=lo,ifIndex=1,ifName=lo,node_id=n1,sysName=snmpd.test ifMtu=${mtu}i`,
    );
    // Version 1 has no Counter64: the column is not there.
    expect(loopback.includes('ifHCInOctets=')).toBe(version === 2);
  });

  test('counters are neither older nor newer than what snmpget sees before and after', async () => {
    const harness = new InputHarness(plugin, { agents: [target], table: [INTERFACES] });
    const [before] = await get(`${IFX_TABLE}.6.1`);
    const lines = await harness.gather();
    // net-snmp keeps a table for some seconds: the later value may be the same.
    const [after] = await get(`${IFX_TABLE}.6.1`);
    await harness.stop();
    const value = BigInt(/ifName=lo.*ifHCInOctets=(\d+)i/.exec(lines.join('\n'))?.[1] ?? -1);
    expect(value).toBeGreaterThanOrEqual(BigInt(before ?? 0));
    expect(value).toBeLessThanOrEqual(BigInt(after ?? 0));
  });

  test('version 3 with SHA-256 and AES gives the same rows, and a wrong password reads as authentication', async () => {
    const user = {
      agents: [target],
      version: 3,
      sec_name: 'operator',
      sec_level: 'authPriv',
      auth_protocol: 'SHA256',
      auth_password: 'auth-password',
      priv_protocol: 'AES',
      priv_password: 'priv-password',
      timeout: '1s',
      retries: 0,
      field: SYSTEM,
      table: [{ ...INTERFACES, field: INTERFACES.field.slice(0, 5) }],
    };
    const good = new InputHarness(plugin, user);
    const plain = new InputHarness(plugin, { ...user, version: 2 });
    expect(await good.gather()).toEqual(await plain.gather());
    for (const [option, words] of [
      ['auth_password', /auth/i],
      ['priv_password', /priv|decrypt|answer/i],
      ['sec_name', /user/i],
    ] as const) {
      const bad = new InputHarness(plugin, { ...user, [option]: 'wrong-password' });
      expect(await bad.gather()).toEqual([]);
      expect(bad.status?.message).toMatch(words);
      expect(bad.status?.status).toBe('auth');
      await bad.stop();
    }
    await good.stop();
    await plain.stop();
  });

  test('a wrong community reads as silence, and does not delay a living agent', async () => {
    const options = { agents: [target], timeout: '300ms', retries: 1, field: SYSTEM, table: [INTERFACES] };
    const silent = new InputHarness(plugin, { ...options, community: 'wrong' });
    const alive = new InputHarness(
      plugin,
      { ...options, community: 'public' },
      { services: silent.services },
    );
    const startedAt = performance.now();
    const living = alive.gather().then((lines) => ({ lines, ms: performance.now() - startedAt }));
    expect(await silent.gather()).toEqual([]);
    // The fields timed out twice; the table was not even tried.
    expect(performance.now() - startedAt).toBeLessThan(6_500);
    expect(silent.status).toEqual({
      status: 'timeout',
      message: expect.stringMatching(/no answer/i) as string,
    });
    expect((await living).lines.length).toBeGreaterThan(1);
    await alive.stop();
    await silent.stop();
  });

  test('a port where nothing listens is told from silence', async () => {
    const port = await freeUdpPort();
    const harness = new InputHarness(plugin, {
      agents: [`127.0.0.1:${port}`],
      timeout: '300ms',
      retries: 2,
      field: SYSTEM,
    });
    expect(await harness.gather()).toEqual([]);
    expect(harness.status?.status).toBe('refused');
    await harness.stop();
  });
});
