import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFqdn, parseOsRelease, readHostFacts } from './host-facts.ts';
import { detectRoles, rolesOf } from './host-roles.ts';
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
  ['127.0.1.1 web1.example.org web1 # us', 'web1', 'web1.example.org'],
  ['127.0.0.1 localhost\n10.0.0.1 other.example.org other', 'web1', undefined],
  ['', 'web1.example.org', 'web1.example.org'],
  ['127.0.1.1 web1', 'web1', undefined],
])('the full name comes from the hosts file or is not known', (hosts, name, expected) => {
  expect(findFqdn(hosts, name)).toBe(expected);
});

test('this host tells its facts', async () => {
  const facts = await readHostFacts();
  expect(facts.hostname).not.toBe('');
  expect(facts.uptimeSeconds).toBeGreaterThan(0);
  expect(facts.ipAddresses).not.toContain('127.0.0.1');
});

test('roles come from the names of processes; a name with two meanings needs its companion', () => {
  expect(rolesOf(new Set(['nginx', 'postgres', 'bash']))).toEqual(['nginx', 'postgresql']);
  expect(rolesOf(new Set(['master']))).toEqual([]);
  expect(rolesOf(new Set(['master', 'qmgr']))).toEqual(['mail']);
});

test('a host without /proc has no roles', async () => {
  expect(await detectRoles('/nonexistent')).toEqual([]);
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
