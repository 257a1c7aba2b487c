import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeServer, isAlive, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const COMPONENT = new URL('./component.ts', import.meta.url).href;
const RUNTIME = new URL('../../../runtime/src/index.ts', import.meta.url).href;

/** A collector as a process of its own, which kills itself at the failpoint that it is told. */
const COLLECTOR = `
  const { runComponent } = await import(${JSON.stringify(COMPONENT)});
  const { silentLogger } = await import(${JSON.stringify(RUNTIME)});
  await runComponent('collector', process.env, {
    version: '1.2.3',
    logger: silentLogger(),
    intervals: { pullMs: 300, reportMs: 300 },
    failpoint: (name) => { if (name === process.env.FAIL_AT) process.kill(process.pid, 'SIGKILL'); },
  });
`;

/** Names the config that it runs, every 100 ms, and ends with its parent. */
const ENGINE = `
  import { readFileSync } from 'node:fs';
  import { request } from 'node:http';
  const [command, , file] = process.argv.slice(2);
  if (command === 'check') process.exit(0);
  let text = readFileSync(file, 'utf8');
  process.on('SIGHUP', () => { text = readFileSync(file, 'utf8'); });
  process.stdin.on('end', () => process.exit(0)).resume();
  setInterval(() => {
    const socketPath = /unix:\\/\\/([^"]+)/.exec(text)[1];
    const db = /database = "([^"]+)"/.exec(text)[1];
    const call = request({ socketPath, method: 'POST', path: '/write?db=' + db + '&precision=ns' });
    call.on('error', () => {});
    call.on('response', (answer) => answer.resume());
    call.end('m,config=' + /# name (\\w+)/.exec(text)[1] + ' v=1i ' + Date.now() + '000000\\n');
  }, 100);
`;

let directory: string;
let server: FakeServer;
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'component-kill-'));
  await writeFile(join(directory, 'engine.mjs'), ENGINE);
  server = new FakeServer();
  await server.start();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

function collect(failAt: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', COLLECTOR], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      FAIL_AT: failAt,
      STRATORA_SERVER_URL: server.url,
      STRATORA_STATE_DIR: join(directory, 'state'),
      STRATORA_ENROLLMENT_TOKEN: server.token,
      STRATORA_ENGINE_COMMAND: JSON.stringify([process.execPath, join(directory, 'engine.mjs')]),
      STRATORA_HOSTNAME: 'host-a',
    },
  });
  children.push(child);
  return child;
}

const config = (name: string) => `# name ${name}\n[agent]\ninterval = "1s"\n\n[[inputs.cpu]]\n`;
const since = (index: number) => server.lines.slice(index).map((line) => /config=(\w+)/.exec(line)?.[1]);

test.each(['enroll.before-register', 'enroll.after-register', 'enroll.identity-written'])(
  'enrolment killed at %s: the next try is the same component with a key that works',
  async (failAt) => {
    server.config = config('one');
    await once(collect(failAt), 'exit');
    const before = [...server.components.values()].map((component) => component.id);
    collect('');
    await waitFor(() => server.lines.length > 0);
    const after = [...server.components.values()].map((component) => component.id);
    expect(after).toHaveLength(1);
    expect(after).toEqual(failAt === 'enroll.before-register' ? after : before);
  },
  30_000,
);

test('the engine of a killed collector ends with it', async () => {
  server.config = config('one');
  const collector = collect('');
  const pid = await waitFor(() => {
    const engine = server.reports.at(-1)?.['engine'] as { pid?: number } | undefined;
    return engine?.pid;
  });
  collector.kill('SIGKILL');
  await waitFor(() => !isAlive(pid));
});

test.each([
  'config.staged',
  'config.checked',
  'config.promoted',
  'config.engine-file',
  'config.running',
  'config.verified',
])(
  'a config change killed at %s: what runs then is one config, and the new one in the end',
  async (failAt) => {
    server.config = config('old');
    const first = collect('');
    await waitFor(() => server.lines.length > 0);
    first.kill('SIGKILL');
    await once(first, 'exit');
    server.config = config('new');
    const dying = collect(failAt);
    await once(dying, 'exit');
    const mark = server.lines.length;
    collect('');
    await waitFor(() => since(mark).filter((name) => name === 'new').length > 5);
    // By the time of gathering, it is one config until it is the other.
    const names = server.lines
      .map((line) => ({
        name: /config=(\w+)/.exec(line)?.[1],
        time: Number(/ (\d+)000000$/.exec(line)?.[1]),
      }))
      .toSorted((a, b) => a.time - b.time)
      .map((entry) => entry.name);
    const change = names.indexOf('new');
    expect(names.slice(0, change).every((name) => name === 'old')).toBe(true);
    expect(names.slice(change).every((name) => name === 'new')).toBe(true);
    await waitFor(() => server.reports.findLast((report) => report['config_hash'] === server.configHash));
    expect(server.reports.at(-1)).toMatchObject({ status: 'applied', config_hash: server.configHash });
  },
  40_000,
);
