import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allowedOptions, embeddedOptions, findForbiddenOptions } from './option-policy.ts';
import { ALLOWED_INPUTS, isSecretOption, isSecretReference, WINDOWS_INPUTS } from './plugin-policy.ts';

const TOOLS = new URL('../../../tools/telegraf/', import.meta.url);

/** Telegraf's sources where Go has fetched them for the build of its binary. */
function telegrafSources(): string | undefined {
  try {
    const version = /github\.com\/influxdata\/telegraf (v\S+)/.exec(
      readFileSync(new URL('go.mod', TOOLS), 'utf8'),
    )?.[1];
    const cache = execFileSync('go', ['env', 'GOMODCACHE'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const folder = join(cache.toString().trim(), `github.com/influxdata/telegraf@${version}`);
    return existsSync(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

const SOURCES = telegrafSources();
/** Options that several plugins share come from these. */
const COMMON = ['snmp', 'tls', 'http', 'proxy', 'cookie'];

/** Names of options in the sources of a plugin, and in the parts that it shares. */
function namesIn(folder: string): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.go') || file.endsWith('_test.go')) continue;
    for (const [, name = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/toml:"([^",]+)/g))
      names.add(name);
  }
  return names;
}

test.skipIf(SOURCES === undefined).each([...ALLOWED_INPUTS, ...WINDOWS_INPUTS])(
  'every option of %s that may be set is one of Telegraf (needs its sources)',
  (plugin) => {
    const root = SOURCES ?? '';
    const known = namesIn(join(root, 'plugins/inputs', plugin));
    for (const part of COMMON)
      for (const name of namesIn(join(root, 'plugins/common', part))) known.add(name);
    const own = embeddedOptions(plugin);
    expect(allowedOptions(plugin).filter((name) => !known.has(name) && !own.includes(name))).toEqual([]);
  },
);

test.skipIf(SOURCES === undefined).each([...ALLOWED_INPUTS, ...WINDOWS_INPUTS])(
  'no option of %s that may be set names a file or a program (needs its sources)',
  (plugin) => {
    const reaches = /(^|_)(path|file|binary|command|arguments|sudo|socket|key|cert|ca)s?($|_)/;
    // Not a path of the host's, but a way of sending; and which certificates of a chain are told.
    const harmless = new Set(['unconnected_udp_socket', 'exclude_root_certs']);
    expect(allowedOptions(plugin).filter((name) => reaches.test(name) && !harmless.has(name))).toEqual([]);
  },
);

test.skipIf(SOURCES === undefined)('the sample of the Windows inputs has the options that may be set', () => {
  for (const plugin of WINDOWS_INPUTS) {
    const sample = readFileSync(join(SOURCES ?? '', 'plugins/inputs', plugin, 'sample.conf'), 'utf8');
    for (const name of allowedOptions(plugin))
      expect(sample).toMatch(new RegExp(`(?:\\b|\\.)${name}(?:\\b|\\]\\])`));
  }
});

test('secrets are known by their options', () => {
  expect(isSecretOption('snmp', 'community')).toBe(true);
  expect(isSecretOption('snmp', 'sec_name')).toBe(false);
  expect(isSecretOption('influxdb', 'password')).toBe(true);
  expect(isSecretOption('constructor', 'password')).toBe(false);
});

test('a vCenter that is away may not end Telegraf, and none is asked in the clear', () => {
  const block = { vcenters: ['https://vc.example.org/sdk'], disconnected_servers_behavior: 'ignore' };
  expect(findForbiddenOptions('vsphere', block)).toEqual([]);
  const { disconnected_servers_behavior: _, ...silent } = block;
  for (const options of [silent, { ...block, disconnected_servers_behavior: 'error' }]) {
    expect(findForbiddenOptions('vsphere', options).map(([path]) => path)).toEqual([
      'disconnected_servers_behavior',
    ]);
  }
  for (const vcenters of [['http://vc.example.org/sdk'], ['vc.example.org'], 'ftp://vc.example.org']) {
    expect(findForbiddenOptions('vsphere', { ...block, vcenters }).map(([path]) => path)).toEqual([
      'vcenters',
    ]);
  }
  for (const [name, value] of Object.entries({
    tls_ca: '/etc/shadow',
    http_proxy_url: 'http://10.0.0.9',
    tls_key: 'x',
  })) {
    expect(findForbiddenOptions('vsphere', { ...block, [name]: value }).map(([path]) => path)).toEqual([
      name,
    ]);
  }
});

test('the login of a vCenter is a secret, and no reference to a store', () => {
  expect(isSecretOption('vsphere', 'password')).toBe(true);
  expect(isSecretReference('vsphere', 'password', '@{store:key}')).toBe(true);
  expect(isSecretReference('vsphere', 'username', '@{store:key}')).toBe(true);
});
