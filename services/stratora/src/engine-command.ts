import { parseArgs } from 'node:util';
import { checkConfigFile, hostPathsFrom, runEngine } from '@stratora/engine';
import { createLogger, envOneOf, LOG_LEVELS, onStopRequest, readEnvironment, sleep } from '@stratora/runtime';
import { VERSION } from './version.ts';

const USAGE = 'Usage: stratora engine run|check --config FILE\n';

/**
 * Threads of this process for files and names (libuv's pool): of four, two names whose server is dead would take all that
 * names may have.
 */
const THREADS = 32;

/** Time that reads under way get to end when the engine has stopped. */
const HELD_MS = 200;

/** Runs `stratora engine run|check --config FILE`. */
export async function runEngineCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { config: { type: 'string' } },
    allowPositionals: true,
  });
  const action = positionals[0];
  if (values.config === undefined || positionals.length !== 1 || (action !== 'run' && action !== 'check')) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (action === 'check') {
    const plan = await checkConfigFile(values.config);
    process.stdout.write(`The config is usable: ${plan.inputs.length} inputs.\n`);
    return 0;
  }
  const { STRATORA_LOG_LEVEL: level } = readEnvironment(process.env, {
    STRATORA_LOG_LEVEL: envOneOf(LOG_LEVELS, { default: 'info' }),
  });
  // Both are read when they are first needed. A name is given up after 2 s a server, not after 10 (resolv.conf(5)).
  process.env['UV_THREADPOOL_SIZE'] ??= String(THREADS);
  process.env['RES_OPTIONS'] ??= 'timeout:1 attempts:2';
  const threads = Number(process.env['UV_THREADPOOL_SIZE']);
  const running = await runEngine({
    configFile: values.config,
    logger: createLogger({ name: 'engine', level }),
    host: hostPathsFrom(process.env),
    version: VERSION,
    ...(Number.isInteger(threads) && threads > 0 ? { threads } : {}),
    signals: process,
    parentPid: () => process.ppid,
  });
  onStopRequest(process, () => void running.stop());
  await running.stopped;
  for (let waited = 0; running.engine.isHeld && waited < HELD_MS; waited += 20) await sleep(20);
  // An exit waits for every thread; one that reads a file without an answer does not come back.
  if (running.engine.isHeld) process.kill(process.pid, 'SIGKILL');
  return 0;
}
