import { checkConfigFile, hostPathsFrom, runEngine } from '@stratora/engine';
import {
  createLogger,
  envNetworks,
  envOneOf,
  envString,
  LOG_LEVELS,
  onStopRequest,
  readEnvironment,
  sleep,
} from '@stratora/runtime';
import { readOptions } from './option-values.ts';
import { VERSION } from './version.ts';

const ACTIONS = {
  run: 'Runs the embedded engine on a telegraf.conf in the foreground. SIGHUP reads the file again.',
  check: 'Checks whether the embedded engine can run a telegraf.conf, and gathers nothing.',
} as const;

const VARIABLES = `
  STRATORA_LOG_LEVEL       trace, debug, info, warn, error (info)
  STRATORA_OUTBOUND_ALLOW  networks (CIDR, with commas) that checks of HTTP and TLS may reach all the same
`;

/** Renders the help of `stratora engine`, or of one of its actions. */
export function engineHelp(action?: string): string {
  const isAction = action === 'run' || action === 'check';
  const usage = isAction ? action : 'run|check';
  const actions = Object.entries(ACTIONS).map(([name, text]) => `  ${name.padEnd(15)}${text}\n`);
  return `${isAction ? ACTIONS[action] : 'The embedded engine, which gathers what a telegraf.conf asks for.'}

Usage: stratora engine ${usage} --config FILE

${isAction ? '' : `${actions.join('')}\n`}  --config FILE  the telegraf.conf
${action === 'check' ? '' : VARIABLES}`;
}

/**
 * Threads of this process for files and names (libuv's pool): of four, two names whose server is dead would take all that
 * names may have.
 */
const THREADS = 32;

/** Time that reads under way get to end when the engine has stopped. */
const HELD_MS = 200;

/** Runs `stratora engine run|check --config FILE`. */
export async function runEngineCommand(args: readonly string[]): Promise<number> {
  const { values, action } = readOptions(args, {
    values: { config: envString() },
    actions: ['run', 'check'],
  });
  if (action === 'check') {
    const plan = await checkConfigFile(values.config);
    process.stdout.write(`The config is usable: ${plan.inputs.length} inputs.\n`);
    return 0;
  }
  const { STRATORA_LOG_LEVEL: level, STRATORA_OUTBOUND_ALLOW: outboundAllow } = readEnvironment(process.env, {
    STRATORA_LOG_LEVEL: envOneOf(LOG_LEVELS, { default: 'info' }),
    STRATORA_OUTBOUND_ALLOW: envNetworks(),
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
    outboundAllow,
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
