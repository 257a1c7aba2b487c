import { readFile } from 'node:fs/promises';
import { createHttpClient, errorMessage } from '@stratora/runtime';
import type { Finding } from './finding.ts';
import { identify, isRunning } from './process-identity.ts';
import { findReadyFile, type ReadyFile } from './ready-file.ts';

const ANSWER_TIMEOUT_MS = 5000;
const SUBJECT = 'Running system';

export interface RunningSystem {
  /** What ready.json says; undefined where no system is ready. */
  ready: ReadyFile | undefined;
  findings: Finding[];
}

/**
 * Checks the system that runs on a data directory, by its ready.json: its processes, and the whole way of a browser.
 *
 * @param holder process that holds the data directory, if there is one
 */
export async function examineRunningSystem(
  dataDir: string,
  holder: number | undefined,
): Promise<RunningSystem> {
  let ready: ReadyFile | undefined;
  try {
    ready = await findReadyFile(dataDir);
  } catch (error) {
    const advice = 'Stop and start the system; each start writes the file anew.';
    return {
      ready: undefined,
      findings: [{ subject: SUBJECT, state: 'fault', detail: errorMessage(error), advice }],
    };
  }
  if (ready === undefined) return { ready, findings: [notReady(holder)] };
  if (holder === undefined) {
    const detail = `ready.json names process ${ready.pid}, which is gone`;
    const advice = 'The system was killed. Start it again; what it had stored is kept.';
    return { ready: undefined, findings: [{ subject: SUBJECT, state: 'warning', detail, advice }] };
  }
  const system: Finding = { subject: SUBJECT, state: 'ok', detail: `${ready.url}, process ${ready.pid}` };
  return { ready, findings: [system, examineServices(ready), await askHealth(ready)] };
}

function notReady(holder: number | undefined): Finding {
  if (holder === undefined) return { subject: SUBJECT, state: 'ok', detail: 'none' };
  return {
    subject: SUBJECT,
    state: 'warning',
    detail: `process ${holder} is starting or stopping; it has written no ready.json`,
    advice: 'Where it stays so, look into the folder logs of the data directory.',
  };
}

function examineServices({ services }: ReadyFile): Finding {
  const subject = 'Services';
  const gone = Object.entries(services).filter(([, { pid }]) => !isRunning(identify(pid)));
  const names = Object.keys(services);
  if (gone.length === 0 && names.length > 0) return { subject, state: 'ok', detail: names.join(', ') };
  return {
    subject,
    state: 'fault',
    detail: names.length === 0 ? 'none' : `not running: ${gone.map(([name]) => name).join(', ')}`,
    advice:
      'They are started again by themselves. Where one does not stay, look into its log in the folder logs.',
  };
}

/** Asks for the health as a browser would: by the public address, the certificate checked by the own authority. */
async function askHealth(ready: ReadyFile): Promise<Finding> {
  const subject = 'Health';
  let ca: string;
  try {
    ca = await readFile(ready.ca_file, 'utf8');
  } catch (error) {
    return { subject, state: 'fault', detail: `the authority cannot be read: ${errorMessage(error)}` };
  }
  const client = createHttpClient({ baseUrl: ready.url, ca, timeoutMs: ANSWER_TIMEOUT_MS });
  try {
    const { status, body } = await client.request({ method: 'GET', path: '/api/v1/health' });
    return healthFinding(subject, status, body.toString('utf8'));
  } catch (error) {
    return {
      subject,
      state: 'fault',
      detail: `${ready.url} does not answer: ${errorMessage(error)}`,
      advice: 'Look into the logs of nginx and backend in the folder logs of the data directory.',
    };
  } finally {
    client.close();
  }
}

function healthFinding(subject: string, status: number, body: string): Finding {
  let answer: { status?: unknown; checks?: Record<string, unknown> };
  try {
    answer = JSON.parse(body) as typeof answer;
  } catch {
    return { subject, state: 'fault', detail: `the health answers ${status}, and no JSON` };
  }
  const checks = Object.entries(answer.checks ?? {}).map(([name, state]) => `${name} ${String(state)}`);
  const detail = [String(answer.status), ...checks].join(', ');
  if (status === 200 && answer.status === 'ok') return { subject, state: 'ok', detail };
  return {
    subject,
    state: 'fault',
    detail,
    advice: 'Look into the log of what is not ok, in the folder logs.',
  };
}
