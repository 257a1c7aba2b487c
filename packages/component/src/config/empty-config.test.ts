import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import { FakeServer, waitFor } from '@stratora/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningComponent, runComponent } from '../process/component.ts';

/** A program with Telegraf's command line, which ends, as Telegraf does, where a config has no inputs. */
const TELEGRAF = `#!${process.execPath}
const { readFileSync } = require('node:fs');
const { request } = require('node:http');
const [command] = process.argv.slice(2);
if (command === 'version') { console.log('Telegraf 1.40.1'); process.exit(0); }
const text = readFileSync(process.argv.at(-1), 'utf8');
if (!text.includes('[[inputs.')) {
  console.error('2026-01-01T00:00:00Z E! loading config file failed: no inputs found, did you provide a valid config file?');
  process.exit(1);
}
if (command === 'config') process.exit(0);
process.on('SIGTERM', () => process.exit(0));
const socketPath = /unix:\\/\\/([^"]+)/.exec(text)[1];
const db = /database = "([^"]+)"/.exec(text)[1];
setInterval(() => {
  const call = request({ socketPath, method: 'POST', path: '/write?db=' + db + '&precision=ns' });
  call.on('error', () => {});
  call.on('response', (answer) => answer.resume());
  call.end('m,engine=telegraf v=1i ' + Date.now() + '000000\\n');
}, 100);
`;
const EMPTY = '[agent]\ninterval = "1s"\n';
const WITH_INPUT = `${EMPTY}\n[[inputs.ping]]\nurls = ["10.0.0.1"]\n`;

let directory: string;
let server: FakeServer;
let component: RunningComponent | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'empty-config-'));
  await writeFile(join(directory, 'telegraf'), TELEGRAF, { mode: 0o755 });
  server = new FakeServer();
  await server.start();
});
afterEach(async () => {
  await component?.stop();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function run(): Promise<void> {
  const environment = {
    STRATORA_SERVER_URL: server.url,
    STRATORA_STATE_DIR: join(directory, 'state'),
    STRATORA_ENROLLMENT_TOKEN: server.token,
    STRATORA_TELEGRAF_BIN: join(directory, 'telegraf'),
    // Our own engine takes every config and gathers nothing.
    STRATORA_ENGINE_COMMAND: JSON.stringify([
      process.execPath,
      '-e',
      'process.argv[1] === "check" ? process.exit(0) : setInterval(() => {}, 1000)',
    ]),
    STRATORA_HOSTNAME: 'host-a',
  };
  component = await runComponent('collector', environment, {
    version: '1.2.3',
    logger: silentLogger(),
    intervals: { pullMs: 300, reportMs: 300 },
  });
}

const lastReport = () => server.reports.findLast((report) => report['config_hash'] === server.configHash);

const isIdle = () => (lastReport()?.['engine'] as { idle?: boolean } | undefined)?.idle === true;

test.each(['auto', 'telegraf'])(
  'a config without inputs says nothing about a Telegraf that is taken by %s, and the first input starts it',
  async (choice) => {
    const named = (text: string) => `# stratora: engine = "${choice}"\n${text}`;
    server.config = named(EMPTY);
    await run();
    const rests = await waitFor(() => isIdle() && lastReport());
    expect(rests).toMatchObject({
      status: 'applied',
      engine: { kind: 'telegraf', version: '1.40.1', running: false, idle: true },
    });
    expect(rests).not.toHaveProperty('message');
    server.config = named(WITH_INPUT);
    await waitFor(() => server.lines.some((line) => line.startsWith('m,engine=telegraf')));
    const runs = await waitFor(() => {
      const report = lastReport();
      return (report?.['engine'] as { running: boolean } | undefined)?.running && report;
    });
    expect(runs).toMatchObject({ status: 'applied', engine: { kind: 'telegraf', running: true } });
    server.config = named(`${EMPTY}# the last node is gone\n`);
    await waitFor(isIdle);
    expect(lastReport()).toMatchObject({ status: 'applied', engine: { kind: 'telegraf' } });
  },
  60_000,
);
