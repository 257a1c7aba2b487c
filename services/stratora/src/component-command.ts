import type { ComponentType } from '@stratora/contract';
import { componentStatus, enrollComponent, runComponent } from '@stratora/fleet';
import { onStopRequest } from '@stratora/runtime';
import { VERSION } from './version.ts';

const VARIABLES = `Environment:
  STRATORA_SERVER_URL               https address of the server
  STRATORA_CA_FILE                  its private CA
  STRATORA_ENROLLMENT_TOKEN_FILE    file with the enrollment token (or STRATORA_ENROLLMENT_TOKEN)
  STRATORA_STATE_DIR                where identity and queue are kept
  STRATORA_ENGINE_COMMAND           JSON array: how the embedded engine is started
`;

/** `stratora collector|agent run|enroll|status [--json]`. */
export async function runComponentCommand(type: ComponentType, args: readonly string[]): Promise<number> {
  const [action, ...options] = args;
  const unknown = options.find((option) => option !== '--json');
  if (unknown !== undefined || !['run', 'enroll', 'status'].includes(action ?? '')) {
    process.stderr.write(`Usage: stratora ${type} run|enroll|status [--json]\n\n${VARIABLES}`);
    return 2;
  }
  if (action === 'run') return run(type);
  if (action === 'enroll') {
    const result = await enrollComponent(type, process.env, { version: VERSION });
    print(options, result, `${type} ${result.component_id} is enrolled and ${result.status}.`);
    return 0;
  }
  const { running, status } = await componentStatus(process.env);
  const text = `${type} is ${running ? 'running' : 'not running'}.\n${JSON.stringify(status ?? {}, null, 2)}`;
  print(options, { running, ...status }, text);
  return running ? 0 : 1;
}

async function run(type: ComponentType): Promise<number> {
  const component = await runComponent(type, withEngine(process.env), { version: VERSION });
  onStopRequest(process, () => void component.stop());
  await component.finished;
  return 0;
}

/** This very program holds the embedded engine. */
function withEngine(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const command = JSON.stringify([process.execPath, process.argv[1], 'engine']);
  return { STRATORA_ENGINE_COMMAND: command, ...environment };
}

function print(options: readonly string[], value: unknown, text: string): void {
  process.stdout.write(options.includes('--json') ? `${JSON.stringify(value)}\n` : `${text}\n`);
}
