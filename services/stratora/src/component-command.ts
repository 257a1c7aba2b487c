import type { ComponentType } from '@stratora/contract';
import { componentStatus, enrollComponent, runComponent } from '@stratora/fleet';
import { errorMessage, onStopRequest } from '@stratora/runtime';
import {
  COMPONENT_HELP,
  type ComponentInvocation,
  readInvocation,
  rememberServer,
} from './component-options.ts';
import { VERSION } from './version.ts';

/** `stratora collector|agent run|enroll|status [options]`. */
export async function runComponentCommand(type: ComponentType, args: readonly string[]): Promise<number> {
  const usage = `Usage: stratora ${type} run|enroll|status [options]\n\n${COMPONENT_HELP}`;
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  let invocation: ComponentInvocation;
  try {
    invocation = await readInvocation(type, args, process.env);
  } catch (error) {
    process.stderr.write(`stratora ${type}: ${errorMessage(error)}\n\n${usage}`);
    return 2;
  }
  switch (invocation.action) {
    case 'run':
      return run(type, invocation);
    case 'enroll':
      return enroll(type, invocation);
    case 'status':
      return status(type, invocation);
  }
}

async function run(type: ComponentType, { environment }: ComponentInvocation): Promise<number> {
  const component = await runComponent(type, withEngine(environment), { version: VERSION });
  onStopRequest(process, () => void component.stop());
  await component.finished;
  return 0;
}

async function enroll(type: ComponentType, { environment, json }: ComponentInvocation): Promise<number> {
  const result = await enrollComponent(type, environment, { version: VERSION });
  await rememberServer(environment);
  print(json, result, `${type} ${result.component_id} is enrolled and ${result.status}.`);
  return 0;
}

async function status(type: ComponentType, { environment, json }: ComponentInvocation): Promise<number> {
  const { running, status: told } = await componentStatus(environment);
  const text = `${type} is ${running ? 'running' : 'not running'}.\n${JSON.stringify(told ?? {}, null, 2)}`;
  print(json, { running, ...told }, text);
  return running ? 0 : 1;
}

/** This very program holds the embedded engine. */
function withEngine(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const command = JSON.stringify([process.execPath, process.argv[1], 'engine']);
  return { STRATORA_ENGINE_COMMAND: command, ...environment };
}

function print(json: boolean, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
}
