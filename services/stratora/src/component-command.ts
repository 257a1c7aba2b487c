import {
  componentStatus,
  EnrollmentRefused,
  enrollComponent,
  runComponent,
  ServerNotReached,
} from '@stratora/component';
import type { ComponentType } from '@stratora/contract';
import { errorMessage, onStopRequest } from '@stratora/runtime';
import { componentHelp } from './component-help.ts';
import { type ComponentInvocation, readInvocation, saveServer } from './component-options.ts';
import { statusText } from './status-text.ts';
import { VERSION } from './version.ts';

const FAILED = 1;
const MISUSED = 2;

/** Advice for refusals of the server whose message says only what is wrong. */
const REMEDIES: Readonly<Record<string, string>> = {
  no_enrollment_token: 'Give one with --token. It is made in the web UI: Collection > Enrollment tokens.',
  enrollment_token_invalid: 'Copy it whole, or make a new one in the web UI: Collection > Enrollment tokens.',
  enrollment_token_expired: 'Make a new one in the web UI: Collection > Enrollment tokens.',
  enrollment_token_exhausted: 'Make a new one in the web UI: Collection > Enrollment tokens.',
  enrollment_token_revoked: 'Make a new one in the web UI: Collection > Enrollment tokens.',
};

/** Runs `stratora collector|agent run|enroll|status [options]`. */
export async function runComponentCommand(type: ComponentType, args: readonly string[]): Promise<number> {
  let invocation: ComponentInvocation;
  try {
    invocation = await readInvocation(type, args, process.env);
  } catch (error) {
    process.stderr.write(`stratora ${type}: ${errorMessage(error)}\n\n${componentHelp(type)}`);
    return MISUSED;
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
  const onWait = (reason: string) => {
    if (!json) process.stderr.write(`Trying again: ${reason}\n`);
  };
  try {
    const result = await enrollComponent(type, environment, { version: VERSION, onWait });
    await saveServer(environment);
    const pending =
      result.status === 'pending'
        ? ' An administrator approves it in the web UI, under Collection; it may be started before.'
        : '';
    print(json, result, `${type} ${result.component_id} is enrolled and ${result.status}.${pending}`);
    return 0;
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    if (json) print(json, { error: fault }, '');
    else process.stderr.write(`stratora ${type}: ${fault.message}\n`);
    return FAILED;
  }
}

/** Turns an error into a fault that a person can do something about. */
function faultOf(error: unknown): { code: string; message: string } | undefined {
  if (error instanceof ServerNotReached) return { code: 'server_not_reached', message: error.message };
  if (!(error instanceof EnrollmentRefused)) return undefined;
  const { code, message } = error;
  return { code, message: `${message.replace(/\.?$/, '.')} ${REMEDIES[code] ?? ''}`.trim() };
}

async function status(type: ComponentType, { environment, json }: ComponentInvocation): Promise<number> {
  const answer = await componentStatus(environment);
  const { running, status: reported } = answer;
  print(json, { running, ...reported }, statusText(type, answer, Date.now()).trimEnd());
  return running ? 0 : FAILED;
}

/** Adds the command of the embedded engine, which this very program holds. */
function withEngine(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const command = JSON.stringify([process.execPath, process.argv[1], 'engine']);
  return { STRATORA_ENGINE_COMMAND: command, ...environment };
}

function print(json: boolean, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
}
