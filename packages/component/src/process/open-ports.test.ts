import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeServer, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const COMPONENT = new URL('./component.ts', import.meta.url).href;
const RUNTIME = new URL('../../../runtime/src/index.ts', import.meta.url).href;
const ENGINE = new URL('../../../engine/src/index.ts', import.meta.url).href;

const PROCESS = (type: string) => `
  const { runComponent } = await import(${JSON.stringify(COMPONENT)});
  const { silentLogger } = await import(${JSON.stringify(RUNTIME)});
  await runComponent(${JSON.stringify(type)}, process.env, {
    version: '1.2.3', logger: silentLogger(), intervals: { pullMs: 300, reportMs: 300 },
  });
`;

/** The embedded engine, as the product runs it. */
const ENGINE_PROCESS = `
  const { checkConfigFile, runEngine } = await import(${JSON.stringify(ENGINE)});
  const { silentLogger } = await import(${JSON.stringify(RUNTIME)});
  const [command, , file] = process.argv.slice(1);
  if (command === 'check') { await checkConfigFile(file); process.exit(0); }
  await runEngine({
    configFile: file, logger: silentLogger(), version: '1', signals: process, parentPid: () => process.ppid,
  });
`;

let directory: string;
let server: FakeServer;
let child: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'open-ports-'));
  server = new FakeServer();
  await server.start();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

/** A process and everything that it started. */
async function family(pid: number): Promise<number[]> {
  const found = [pid];
  for (const parent of found) {
    for (const task of await readdir(`/proc/${parent}/task`)) {
      const text = await readFile(`/proc/${parent}/task/${task}/children`, 'utf8').catch(() => '');
      found.push(...text.split(' ').filter(Boolean).map(Number));
    }
  }
  return found;
}

async function socketsOf(pids: readonly number[]): Promise<Set<string>> {
  const inodes = new Set<string>();
  for (const pid of pids) {
    for (const fd of await readdir(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
  }
  return inodes;
}

const LISTENING = '0A';
/** State of a datagram socket that nobody has connected: it takes datagrams of any sender. */
const UNCONNECTED = '07';

/** Lists the sockets on which these processes take from the network unasked: `proto address:port`, proc(5). */
async function openPorts(pids: readonly number[]): Promise<string[]> {
  const own = await socketsOf(pids);
  const open: string[] = [];
  for (const [protocol, state] of [
    ['tcp', LISTENING],
    ['tcp6', LISTENING],
    ['udp', UNCONNECTED],
    ['udp6', UNCONNECTED],
  ] as const) {
    const text = await readFile(`/proc/${pids[0]}/net/${protocol}`, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (own.has(fields[9] ?? '') && fields[3] === state) open.push(`${protocol} ${fields[1]}`);
    }
  }
  return open;
}

test('the look into /proc finds a port that is open', async () => {
  expect(await openPorts([process.pid])).toContainEqual(
    `tcp 0100007F:${Number(new URL(server.url).port).toString(16).toUpperCase().padStart(4, '0')}`,
  );
});

test.each(['collector', 'agent'])('a %s and its engine open no port to the network', async (type) => {
  server.config = '[agent]\ninterval = "1s"\n\n[[inputs.mem]]\n\n[[inputs.system]]\n';
  child = spawn(process.execPath, ['--input-type=module', '-e', PROCESS(type)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      STRATORA_SERVER_URL: server.url,
      STRATORA_STATE_DIR: join(directory, 'state'),
      STRATORA_ENROLLMENT_TOKEN: server.token,
      STRATORA_ENGINE_COMMAND: JSON.stringify([
        process.execPath,
        '--input-type=module',
        '-e',
        ENGINE_PROCESS,
      ]),
      STRATORA_HOSTNAME: 'host-a',
    },
  });
  await waitFor(() => server.lines.length > 0);
  const pids = await family(child.pid ?? 0);
  expect(pids.length).toBeGreaterThan(1);
  expect((await socketsOf(pids)).size).toBeGreaterThan(0);
  expect(await openPorts(pids)).toEqual([]);
});
