import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeTcpPort, NODE, REPOSITORY, STALL_MS } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Longest time until a start that cannot be is given up, as promised. */
const PROMISE_MS = 10_000;

describe('a start that cannot be', () => {
  let folder: string;
  /** Takes connections and says nothing. */
  let mute: Server;
  const held = new Set<Socket>();
  /** Milliseconds that this machine takes now to load the program and to refuse at once. */
  let loadMs = 0;
  /** Values that a case names, by `{NAME}`. */
  const places = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-refusals-'));
    await writeFile(join(folder, 'file'), '');
    mute = createServer((socket) => {
      held.add(socket.on('error', () => {}));
    });
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    places.set('{FOLDER}', folder);
    places.set('{MUTE}', String((mute.address() as AddressInfo).port));
    places.set('{CLOSED}', String(await freeTcpPort()));
    const { code, tookMs } = await run(['server'], {});
    expect(code).toBe(1);
    loadMs = tookMs;
  });
  afterAll(async () => {
    for (const socket of held) socket.destroy();
    mute?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const filled = (text: string): string =>
    [...places].reduce((filledText, [name, value]) => filledText.replaceAll(name, value), text);

  /** Runs the program to its end, or for a minute, with an environment of nothing but what the case names. */
  async function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
    const entries = Object.entries(environment).map(([name, value]) => [name, filled(value)]);
    const startedAt = performance.now();
    const child = spawn(NODE, [join(REPOSITORY, 'dist/stratora.mjs'), ...args.map(filled)], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, ...Object.fromEntries(entries) },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, printed, tookMs: performance.now() - startedAt };
  }

  const MUTE = { DATABASE_URL: 'postgres://u:not-to-be-told@127.0.0.1:{MUTE}/d' };
  const CLOSED = { DATABASE_URL: 'postgres://u:not-to-be-told@127.0.0.1:{CLOSED}/d' };
  const UP = ['up', '--data-dir', '{FOLDER}/data'];
  const SERVER = {
    STRATORA_METRICS_WRITE_URL: 'http://127.0.0.1:1',
    STRATORA_METRICS_READ_URL: 'http://127.0.0.1:1',
    STRATORA_DATA_DIR: '{FOLDER}/server',
    STRATORA_INTERNAL_PORT: '1',
    STRATORA_PUBLIC_URL: 'https://127.0.0.1:1',
  };

  it.each<[string, string[], Record<string, string>, string]>([
    ['a database that says nothing', UP, MUTE, 'DATABASE_URL: '],
    ['a database that is not there', UP, CLOSED, 'DATABASE_URL: '],
    ['a database that says nothing', ['server'], { ...SERVER, ...MUTE }, 'DATABASE_URL: '],
    ['a database that is not there', ['server'], { ...SERVER, ...CLOSED }, 'DATABASE_URL: '],
    ['a database that says nothing', ['migrate'], MUTE, 'DATABASE_URL: '],
    ['a database that is not there', ['migrate'], CLOSED, 'DATABASE_URL: '],
    ['a folder that cannot be made', ['up', '--data-dir', '/proc/nothing/data'], {}, '--data-dir'],
    ['a folder below a file', ['up', '--data-dir', '{FOLDER}/file/data'], {}, '--data-dir'],
    ['networks that are none', UP, { STRATORA_OUTBOUND_ALLOW: '10.0.0.0/33' }, 'STRATORA_OUTBOUND_ALLOW'],
    [
      'networks that are none',
      ['server'],
      { ...SERVER, ...CLOSED, STRATORA_OUTBOUND_ALLOW: 'all' },
      'STRATORA_OUTBOUND_ALLOW',
    ],
    ['an empty password', [...UP, '--admin-password', ''], {}, '--admin-password'],
    ['an empty password', UP, { STRATORA_ADMIN_PASSWORD: '' }, 'STRATORA_ADMIN_PASSWORD'],
    ['a port that there is not', ['simulate', '--port', '99999'], {}, '--port'],
  ])('over %s says so in one line within ten seconds: %j', async (_, args, environment, words) => {
    const { code, printed, tookMs } = await run(args, environment);
    expect(printed.trim().split('\n')).toHaveLength(1);
    expect(printed).toContain(words);
    expect(printed).not.toContain('not-to-be-told');
    expect(code).toBe(1);
    process.stdout.write(
      `refused in ${Math.round(tookMs)} ms, of which ${Math.round(loadMs)} ms are loading\n`,
    );
    // Other programs may make the machine slower meanwhile.
    expect(tookMs).toBeLessThan(PROMISE_MS + STALL_MS + 3 * loadMs);
  });
});
