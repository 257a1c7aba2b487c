import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  Component,
  CreatedEnrollmentToken,
  Deployment,
  ListAnswer,
  NodeDetail,
} from '@stratora/contract';
import {
  REPOSITORY,
  type Snmpd,
  StratoraSystem,
  startSnmpd,
  TestAuthority,
  TlsRecorder,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The page's own commands. */
interface PageCommands {
  deployCommand(
    system: 'linux',
    options: { deployment: Deployment; type: 'collector' | 'agent'; token: string },
  ): string | undefined;
}

const isRoot = process.getuid?.() === 0;

/**
 * Script that prepares a place for everything that an installation writes: folders of the system are temporary ones,
 * accounts are made in a copy. `sudo` is here and asks nobody.
 */
const SCRATCH = `
set -e
mount --make-rprivate /
cp -a /etc "$WORK/etc"
mount --bind "$WORK/etc" /etc
mkdir -p "$WORK/opt" "$WORK/lib"
mount --bind "$WORK/opt" /opt
mount --bind "$WORK/lib" /var/lib
export PATH="$WORK/bin:$PATH"
cd "$WORK"
`;

describe('the command that the page shows for a new host', () => {
  let system: StratoraSystem;
  let device: Snmpd | undefined;
  let work: string;
  let deployment: Deployment;
  let page: PageCommands;

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-agent'] });
    device = await startSnmpd();
    work = await mkdtemp(join(tmpdir(), 'stratora-install-'));
    await chmod(work, 0o755);
    await mkdir(join(work, 'bin'));
    await writeFile(join(work, 'bin/sudo'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
    deployment = await system.api.get<Deployment>('/api/v1/deployment');
    const module = join(REPOSITORY, 'web/src/features/enrollment/deploy-command.ts');
    page = (await import(pathToFileURL(module).href)) as PageCommands;
  });
  afterAll(async () => {
    await system?.dispose();
    await device?.stop();
    if (work) await rm(work, { recursive: true, force: true });
  });

  const newToken = async (input: object = {}) =>
    (
      await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
        auto_approve: true,
        ...input,
      })
    ).token;
  const command = (token: string, type: 'collector' | 'agent' = 'collector') =>
    page.deployCommand('linux', { deployment, type, token }) ?? '';

  /** Builds the arguments of a shell that runs `script` in the scratch place, as root. */
  const scratch = (script: string) => ['-m', 'sh', '-c', `${SCRATCH}\n${script}`];
  const environment = (more: Record<string, string> = {}) => ({
    PATH: process.env['PATH'],
    WORK: work,
    ...more,
  });

  function shell(script: string, more: Record<string, string> = {}) {
    const result = spawnSync('unshare', scratch(script), { encoding: 'utf8', env: environment(more) });
    return { status: result.status, printed: result.stdout + result.stderr };
  }

  /** Adds a name that differs from this host's, by which it would be the same component as the local collector. */
  const named = (text: string, name: string) => text.replace('--token', `--name ${name} --token`);

  async function component(name: string): Promise<Component | undefined> {
    const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components?limit=500');
    return items.find((each) => each.name === name);
  }

  it('leaves out nothing that it needs', () => {
    expect(deployment.scripts.linux).not.toBeNull();
    expect(deployment.server_url).toBe(system.ready.url);
    expect(command('enroll_x')).toContain(`--ca-sha256 ${deployment.ca_sha256}`);
  });

  it('installs, enrols and runs a collector that polls', async (context) => {
    if (!isRoot) {
      context.skip('needs root: it makes mounts and an account');
      return;
    }
    const text = named(command(await newToken()), 'hall-3');
    // This host has a collector of the server already: by the host's name it would be that one.
    const installed = shell(
      `export STRATORA_HOSTNAME=hall-3\n${text}\ncat /etc/systemd/system/stratora-collector.service; id stratora`,
    );
    expect(installed).toMatchObject({ status: 0 });
    expect(installed.printed).toMatch(/is enrolled and approved/);
    expect(installed.printed).toContain('ExecStart=/opt/stratora/current/bin/stratora collector run');
    expect(installed.printed).toMatch(/uid=\d+\(stratora\)/);
    const foreground = /^ {2}(\/opt\/stratora\/\S+ collector run .*)$/m.exec(installed.printed)?.[1];
    expect(foreground).toBe(
      '/opt/stratora/current/bin/stratora collector run --state-dir /var/lib/stratora/collector',
    );
    // Only the service can read the identity.
    const modes = shell(
      "stat -c '%U %a %n' /var/lib/stratora/collector /var/lib/stratora/collector/identity.json",
    );
    expect(modes.printed).toContain('stratora 700 /var/lib/stratora/collector\n');
    expect(modes.printed).toContain('stratora 600 /var/lib/stratora/collector/identity.json');

    const collector = runs(`exec setpriv --reuid=stratora --regid=stratora --clear-groups ${foreground}`);
    try {
      const online = await waitFor(
        async () => {
          const found = await component('hall-3');
          return found?.connection === 'online' && found;
        },
        { timeoutMs: 60_000, what: 'the collector online' },
      );
      expect(online).toMatchObject({ hostname: 'hall-3', approval: 'approved', version: deployment.version });
      await polls(online.id);
      const status = shell(
        '/opt/stratora/current/bin/stratora collector status --state-dir /var/lib/stratora/collector',
      );
      expect(status.printed).toMatch(/connection {2}connected to the server/);
    } finally {
      await ends(collector);
    }
  });

  function runs(script: string): ChildProcess {
    return spawn('unshare', scratch(script), { env: environment(), stdio: ['ignore', 'ignore', 'inherit'] });
  }

  async function ends(child: ChildProcess): Promise<void> {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  async function polls(collectorId: string): Promise<void> {
    if (!device) return;
    const { id: credential } = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'public',
      type: 'snmp_v2c',
      secret: { community: 'public' },
    });
    const { id } = await system.api.post<{ id: string }>('/api/v1/nodes', {
      name: 'switch',
      ip_address: '127.0.0.1',
      template: 'generic-snmp',
      snmp_port: device.port,
      collector_id: collectorId,
    });
    await system.api.put(`/api/v1/nodes/${id}/credentials/snmp`, { credential_id: credential });
    await waitFor(
      async () => {
        const node = await system.api.get<NodeDetail>(`/api/v1/nodes/${id}`);
        return (
          node.status === 'healthy' &&
          node.collection.some(({ input, status }) => input === 'snmp' && status === 'ok')
        );
      },
      { timeoutMs: 90_000, what: 'a node that the new collector polls' },
    );
  }

  it('brings a host that has it up to date without a token, and takes it away again', (context) => {
    if (!isRoot) {
      context.skip('needs root');
      return;
    }
    const again = shell('sh stratora-install.sh collector --server "$SERVER"', {
      SERVER: deployment.server_url,
    });
    expect(again).toMatchObject({ status: 0 });
    expect(again.printed).toMatch(/is enrolled already/);
    expect(again.printed).not.toMatch(/Fetching/);
    const gone = shell('sh stratora-install.sh collector --uninstall; ls /opt /var/lib/stratora/collector');
    expect(gone.printed).toMatch(/is removed\. Its identity and its queue are still in/);
    expect(gone.printed).toContain('identity.json');
    expect(gone.printed).not.toMatch(/^stratora$/m);
  });

  it('stops at a script that is not the one of the page', (context) => {
    if (!isRoot) {
      context.skip('needs root');
      return;
    }
    const text = command('enroll_never').replace(
      /echo '(\w)/,
      (_, digit: string) => `echo '${digit === '0' ? '1' : '0'}`,
    );
    const result = shell(`${text}; echo ended $?; ls /opt`);
    expect(result.printed).toMatch(/FAILED/);
    expect(result.printed).toMatch(/^ended 1$/m);
    expect(result.printed).not.toContain('stratora:');
  });

  it('stops at a program that is not the one of the script, and sends nobody its token', async () => {
    const authority = await TestAuthority.create('127.0.0.1');
    const liar = new TlsRecorder(authority.server, (_, response) => response.end('not the program'));
    await liar.start();
    try {
      const prefix = join(work, 'refused');
      const script = await scriptFile();
      const result = await run('sh', [
        script,
        'agent',
        '--server',
        liar.url,
        '--token',
        'enroll_secret',
        '--prefix',
        prefix,
      ]);
      expect(result.status).toBe(1);
      expect(result.printed).toMatch(/is not the program that this script was made for/);
      expect(result.printed).toMatch(/expected [0-9a-f]{64}\s+found {4}[0-9a-f]{64}/);
      expect(existsSync(join(prefix, 'opt/stratora/current'))).toBe(false);
      expect(JSON.stringify(liar.requests)).not.toContain('enroll_secret');
      expect(liar.requests.map(({ url }) => url)).toEqual([expect.stringMatching(/^\/install\/stratora-/)]);
    } finally {
      await liar.stop();
      await authority.dispose();
    }
  });

  async function scriptFile(): Promise<string> {
    const path = join(work, 'linux.sh');
    await writeFile(path, (await system.api.call('GET', '/install/linux.sh')).body);
    return path;
  }

  function run(program: string, args: string[], env: Record<string, string> = {}) {
    return new Promise<{ status: number | null; printed: string }>((resolve) => {
      const child = spawn(program, args, { cwd: work, env: environment(env) });
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      child.once('close', (status) => resolve({ status, printed }));
    });
  }

  it('does without root and without curl: for one user, with wget', async () => {
    const tools = join(work, 'tools');
    await mkdir(tools);
    const needed =
      'sh cat cut dirname gzip id ln ls mkdir mktemp mv printf readlink rm rmdir sed sha256sum tar uname wget chmod';
    for (const tool of needed.split(' ')) {
      const found = (process.env['PATH'] ?? '')
        .split(':')
        .map((folder) => join(folder, tool))
        .find(existsSync);
      if (found) await symlink(found, join(tools, tool));
    }
    const home = join(work, 'home');
    const result = await run(
      join(tools, 'sh'),
      [
        await scriptFile(),
        'agent',
        '--user',
        '--server',
        deployment.server_url,
        '--token',
        await newToken(),
        '--name',
        'laptop',
      ],
      { PATH: tools, HOME: home, STRATORA_HOSTNAME: 'laptop' },
    );
    expect(result).toMatchObject({ status: 0 });
    expect(result.printed).toContain(
      `${home}/.local/share/stratora/current/bin/stratora agent run --state-dir`,
    );
    const unit = await readFile(join(home, '.config/systemd/user/stratora-agent.service'), 'utf8');
    expect(unit).toContain(`ExecStart=${home}/.local/share/stratora/current/bin/stratora agent run`);
    expect(readdirSync(join(home, '.local/state/stratora/agent'))).toContain('identity.json');
    expect(await component('laptop')).toMatchObject({ component_type: 'agent', approval: 'approved' });
  });

  it.each([
    [['--server', 'https://x'], 'say whether it is a collector or an agent'],
    [['agent'], 'give the server'],
    [['agent', '--server', 'http://x', '--token', 't'], 'must be an https:// address'],
    [['agent', '--server', 'https://x'], 'give an enrollment token'],
    [['agent', '--sever', 'x'], 'there is no option --sever'],
    [['agent', '--server'], '--server needs a value'],
  ])('says what is wrong with %j', async (args, words) => {
    const result = await run('sh', [await scriptFile(), ...args, '--prefix', join(work, 'wrong')]);
    expect(result.status).toBe(2);
    expect(result.printed).toContain(words);
  });

  it('says what is wrong with a token, having installed the program', async () => {
    const { token, id } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {});
    await system.api.delete(`/api/v1/enrollment-tokens/${id}`);
    const prefix = join(work, 'revoked');
    const args = [
      await scriptFile(),
      'agent',
      '--server',
      deployment.server_url,
      '--token',
      token,
      '--prefix',
      prefix,
    ];
    const result = await run('sh', args);
    expect(result.status).toBe(1);
    expect(result.printed).toMatch(/was revoked\. Make a new one in the web UI/);
  });
});
