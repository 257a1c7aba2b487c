import { parseArgs } from 'node:util';
import { checkConfigFile, hostPathsFrom, runEngine } from '@stratora/engine';
import { createLogger, envOneOf, LOG_LEVELS, onStopRequest, readEnvironment } from '@stratora/runtime';
import { VERSION } from './version.ts';

const USAGE = 'Usage: stratora engine run|check --config FILE\n';

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
  const running = await runEngine({
    configFile: values.config,
    logger: createLogger({ name: 'engine', level }),
    host: hostPathsFrom(process.env),
    version: VERSION,
    signals: process,
    parentPid: () => process.ppid,
  });
  onStopRequest(process, () => void running.stop());
  await running.stopped;
  return 0;
}
