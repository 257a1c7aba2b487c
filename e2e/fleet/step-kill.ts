import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component, ListAnswer } from '@stratora/contract';
import { type StratoraSystem, waitFor } from '@stratora/testkit';
import { ComponentStand, faultyEngine, MARKER } from './component-stand.ts';

export const CONFIG_STEPS = [
  'config.staged',
  'config.checked',
  'config.promoted',
  'config.engine-file',
  'config.running',
  'config.verified',
  'config.rolled-back',
] as const;
export const ENROL_STEPS = [
  'enroll.before-register',
  'enroll.after-register',
  'enroll.identity-written',
] as const;

export interface StepOutcome {
  step: string;
  /** Which config the engine was given after the restart. */
  ranAfter: 'old' | 'new' | 'none';
  /** From the restart to an engine that runs. */
  runningMs: number;
  /** From the restart until the server shows the hash of what runs, or that it had failed. */
  shownMs: number;
  missing: number;
  duplicates: number;
  /** Components of this name at the end. */
  rows: number;
  sameComponent: boolean;
}

/** Kills a collector at a step of taking over a config, starts it again, and watches from outside. */
export async function killAtConfigStep(system: StratoraSystem, step: string): Promise<StepOutcome> {
  const failing = step === 'config.rolled-back';
  const stand = await ComponentStand.prepare(system, `dies-at-${step.replace('.', '-')}`, {
    failpoints: true,
    ...(failing ? { environment: faultyEngine('exits', 0) } : {}),
  });
  try {
    await stand.runOldConfig({ STRATORA_FAILPOINT: step, STRATORA_FAILPOINT_WAITS: '1' });
    const before = await stand.component();
    await waitFor(() => stand.loggedAt('config works'), {
      timeoutMs: 150_000,
      what: 'the end of the first trial',
    });
    process.kill(stand.collector.pid, 'SIGUSR2');
    stand.startLoad();
    const newNode = await stand.addNode(`${failing ? MARKER : 'new-device'}-${stand.name}`);
    await died(stand);
    const restartedAt = Date.now();
    stand.collector.launch();
    await stand.engine();
    const runningMs = Date.now() - restartedAt;
    const text = await stand.engineText();
    if (!text.includes(stand.oldNode)) throw new Error('neither the old nor the new config runs');
    const ranAfter = text.includes(newNode) ? 'new' : 'old';
    const shown = await shownAfter(stand, failing, restartedAt);
    const verdict = await stand.judge();
    const { rows } = await rowsOf(system, stand.name);
    return {
      step,
      ranAfter,
      runningMs,
      shownMs: shown.at - restartedAt,
      missing: verdict.missing,
      duplicates: verdict.duplicates + verdict.foreign,
      rows,
      sameComponent: shown.component.id === before.id,
    };
  } finally {
    await stand.dispose();
  }
}

async function shownAfter(
  stand: ComponentStand,
  failing: boolean,
  restartedAt: number,
): Promise<{ at: number; component: Component }> {
  return waitFor(
    async () => {
      const component = await stand.component();
      const heard = Date.parse(component.last_seen_at ?? '') >= restartedAt;
      const { running_config_hash: running, desired_config_hash: desired, config_status: status } = component;
      const done = failing
        ? status === 'rolled_back' && running === stand.oldHash
        : status === 'applied' && running === desired;
      return heard && desired !== stand.oldHash && done && { at: Date.now(), component };
    },
    { timeoutMs: 150_000, what: `the server to show what ${stand.name} runs` },
  ).catch(async (error: unknown) => {
    const told = JSON.stringify(await stand.component());
    throw new Error(`${told}\n${stand.collector.printed.slice(-4000)}`, { cause: error });
  });
}

/** Kills a collector at a step of its enrolment and starts it again. Its token can be used once. */
export async function killAtEnrolStep(system: StratoraSystem, step: string): Promise<StepOutcome> {
  const stand = await ComponentStand.prepare(system, `dies-at-${step.replace('.', '-')}`, {
    failpoints: true,
  });
  try {
    stand.collector.launch({ STRATORA_FAILPOINT: step });
    await died(stand);
    const left = await rowsOf(system, stand.name);
    const restartedAt = Date.now();
    await stand.runOldConfig();
    await stand.engine();
    const runningMs = Date.now() - restartedAt;
    stand.startLoad();
    const component = await stand.component();
    const verdict = await stand.judge();
    const { rows } = await rowsOf(system, stand.name);
    return {
      step,
      ranAfter: 'new',
      runningMs,
      shownMs: Date.parse(component.last_seen_at ?? '') - restartedAt,
      missing: verdict.missing,
      duplicates: verdict.duplicates + verdict.foreign,
      rows,
      sameComponent: left.ids.every((id) => id === component.id) && (await keyWorks(stand)),
    };
  } finally {
    await stand.dispose();
  }
}

async function died(stand: ComponentStand): Promise<void> {
  await waitFor(() => !stand.collector.isRunning, {
    timeoutMs: 150_000,
    everyMs: 20,
    what: `the death of ${stand.name}`,
  });
}

async function rowsOf(system: StratoraSystem, hostname: string): Promise<{ rows: number; ids: string[] }> {
  const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components?limit=500');
  const ids = items.filter((item) => item.hostname === hostname).map(({ id }) => id);
  return { rows: ids.length, ids };
}

/** The identity on disk is the one that the server knows. */
async function keyWorks(stand: ComponentStand): Promise<boolean> {
  const text = await readFile(join(stand.collector.stateDir, 'identity.json'), 'utf8');
  const { api_key: key, component_id: id } = JSON.parse(text.split('\n')[1] ?? '{}') as Record<
    string,
    string
  >;
  const answer = await stand.system.api.call('GET', `/api/v1/remote-collectors/${id}/config`, {
    headers: { 'x-api-key': key ?? '', authorization: '' },
  });
  return answer.status === 200;
}
