import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Demo, DemoFolder, DemoRefusedError } from '@stratora/demo';
import { findInstallation, readLaunchOptions, runUp, UsageError } from '@stratora/launcher';
import { errorMessage, onStopRequest, silentLogger } from '@stratora/runtime';
import { VERSION } from './version.ts';

const DEFAULT_DATA_DIR = './demo-data';
const READY_CHECK_MS = 100;

export const DEMO_HELP = `Starts a whole system with a simulated plant: 60 devices at three sites, with an hour of history.

Usage: npm run demo -- [options]        or: stratora demo [options]

  --data-dir DIR          where everything is kept (${DEFAULT_DATA_DIR}); remove it to begin anew
  --host ADDR             address to listen on (127.0.0.1)
  --https-port N          port of the web UI and the API (8443)
  --admin-password P      password of the user admin, at the first start (a random one, printed at every start)
  --no-agent              without the agent of this host
  --proxy nginx|builtin   what answers on the port
  --help                  this text

The devices answer on the loopback alone: 127.10.0.0/16, 127.20.0.0/16 and 127.30.0.0/16, UDP port 1161.
`;

/** Variables that name stores or folders of a real system: a demo has its own. */
const REAL_SYSTEM_VARIABLES = [
  'STRATORA_DATA_DIR',
  'DATABASE_URL',
  'STRATORA_METRICS_WRITE_URL',
  'STRATORA_METRICS_READ_URL',
];

interface ReadyFile {
  readonly url: string;
  readonly pid: number;
  readonly ca_file: string;
}

/** Runs `stratora demo`: `stratora up` on a folder of its own, with the plant beside it in this process. */
export async function runDemoCommand(args: readonly string[]): Promise<number> {
  const environment = { ...process.env };
  for (const name of REAL_SYSTEM_VARIABLES) delete environment[name];
  environment['STRATORA_DATA_DIR'] = DEFAULT_DATA_DIR;
  try {
    const options = readLaunchOptions(args, environment, process.cwd());
    if (options === 'help') return 0;
    if (!options.collector) throw new UsageError('A demo needs its collector: leave --no-collector out.');
    const folder = await DemoFolder.open(options.dataDir, options.adminPassword);
    environment['STRATORA_ADMIN_PASSWORD'] = folder.state.admin_password;
    return await runBeside({ args, environment, folder });
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`);
    if (error instanceof UsageError) return error.exitCode;
    return error instanceof DemoRefusedError ? 2 : 1;
  }
}

interface DemoRun {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: DemoFolder;
}

async function runBeside({ args, environment, folder }: DemoRun): Promise<number> {
  process.channel?.unref();
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const demo = new Demo({ folder, print, logger: silentLogger() });
  const end = new AbortController();
  let askToStop = (_reason: string): void => undefined;
  let failure: unknown;
  const entered = enterWhenReady(demo, folder.dataDir, end.signal).catch((error: unknown) => {
    failure = error;
    askToStop('the demo has failed');
  });
  const code = await runUp(
    {
      args,
      environment,
      workingDir: process.cwd(),
      stdout: process.stdout,
      stderr: process.stderr,
      // A demo has its own database.
      checkDatabase: () => Promise.resolve(undefined),
      onStopRequest(callback) {
        let asked = false;
        askToStop = (reason) => {
          if (asked) return;
          asked = true;
          end.abort();
          // The devices stop first: their answers are of no use while the system stops.
          void demo.stop();
          callback(reason);
        };
        onStopRequest(process, askToStop);
        process.on('SIGHUP', () => askToStop('SIGHUP'));
      },
      onFatal(callback) {
        process.on('uncaughtException', callback);
        process.on('unhandledRejection', callback);
      },
    },
    findInstallation(fileURLToPath(import.meta.url), VERSION),
  );
  end.abort();
  await demo.stop();
  await entered;
  if (failure === undefined) return code;
  process.stderr.write(`The demo cannot go on: ${errorMessage(failure)}\n`);
  return 1;
}

/** Starts the devices once the system is ready, so that this process is known to have the data directory for itself. */
async function enterWhenReady(demo: Demo, dataDir: string, signal: AbortSignal): Promise<void> {
  const ready = await waitForReady(join(dataDir, 'ready.json'), signal);
  if (ready === undefined) return;
  await demo.listen();
  await demo.enter(ready.url, ready.ca_file);
}

/** Waits for the ready file; undefined when the process was asked to end first. */
async function waitForReady(path: string, signal: AbortSignal): Promise<ReadyFile | undefined> {
  while (!signal.aborted) {
    const text = await readFile(path, 'utf8').catch(() => '');
    // A file that another system left behind does not count.
    const ready = text === '' ? undefined : (JSON.parse(text) as ReadyFile);
    if (ready?.pid === process.pid) return ready;
    await new Promise((resolve) => {
      setTimeout(resolve, READY_CHECK_MS);
    });
  }
  return undefined;
}
