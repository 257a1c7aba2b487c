import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFqdn } from './fqdn.ts';
import { parseOsRelease, readHostFacts } from './host-facts.ts';
import { readMachineId } from './machine-id.ts';

test('os-release is read with its quoting', () => {
  const text = 'NAME=Fedora\nPRETTY_NAME="Debian GNU/Linux 12 (\\"bookworm\\")"\n# c\nID=\'x\'\n';
  expect(parseOsRelease(text)).toEqual({
    NAME: 'Fedora',
    PRETTY_NAME: 'Debian GNU/Linux 12 ("bookworm")',
    ID: 'x',
  });
});

test.each([
  ['web1', '127.0.1.1 web1.example.org web1 # us', '', 'web1.example.org'],
  ['WEB1', '127.0.1.1\tWeb1.Example.org\tWeb1', '', 'web1.example.org'],
  ['web1', '::1 web1.example.org web1', 'search other.net', 'web1.example.org'],
  ['web1', '127.0.0.1 localhost\n10.0.0.1 other.example.org other', '', undefined],
  ['web1', '# 127.0.1.1 web1.example.org web1', '', undefined],
  ['web1', '127.0.1.1 web1', '', undefined],
  ['web1', '127.0.0.1 web1.localdomain web1', '', undefined],
  [
    'web1',
    '127.0.0.1 web1',
    'nameserver 10.0.0.1\nsearch plant.example.org example.org',
    'web1.plant.example.org',
  ],
  ['web1', '', 'domain a.example.org\nsearch b.example.org', 'web1.b.example.org'],
  ['web1', '', 'search .', undefined],
  ['web1', '', 'search default.svc.cluster.local svc.cluster.local', undefined],
  ['web1', '', 'search localdomain # by DHCP', undefined],
  ['web1', '', 'search bad/domain', undefined],
  ['web1.example.org.', '', 'search other.net', 'web1.example.org'],
  ['localhost', '127.0.0.1 localhost.example.org localhost', 'search example.org', undefined],
  ['localhost.localdomain', '', '', undefined],
  ['', '', 'search example.org', undefined],
])('the full name of "%s" beside %j and %j is %s', (name, hosts, resolvConf, expected) => {
  expect(findFqdn(name, hosts, resolvConf)).toBe(expected);
});

test('this host tells its facts', async () => {
  const facts = await readHostFacts();
  expect(facts.hostname).not.toBe('');
  expect(facts.uptimeSeconds).toBeGreaterThan(0);
  expect(facts.ipAddresses).not.toContain('127.0.0.1');
});

test('the machine id leaves the host as a hash, one per state directory, or not at all', async () => {
  expect(await readMachineId('/a', '/nonexistent')).toBeUndefined();
  const folder = await mkdtemp(join(tmpdir(), 'stratora-machine-'));
  try {
    const file = join(folder, 'machine-id');
    await writeFile(file, `${'0f'.repeat(16)}\n`);
    const id = await readMachineId('/a', file);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(await readMachineId('/a', file)).toBe(id);
    expect(await readMachineId('/b', file)).not.toBe(id);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
