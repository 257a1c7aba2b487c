import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component, ListAnswer } from '@stratora/contract';
import { type StratoraSystem, waitFor } from '@stratora/testkit';
import { ComponentFixture, faultyEngine, MARKER } from './component-fixture.ts';

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
  /** The config that the engine was given after the restart. */
  ranAfter: 'old' | 'new' | 'none';
  /** Milliseconds from the restart to an engine that runs. */
  runningMs: number;
  /** Milliseconds from the restart until the server shows the hash of the running config, or its failure. */
  shownMs: number;
  missing: number;
  duplicates: number;
  /** Number of components of this name at the end. */
  rows: number;
  sameComponent: boolean;
}

/** Kills a collector at a step of taking over a config, starts it again, and measures from outside. */
export async function killAtConfigStep(system: StratoraSystem, step: string): Promise<StepOutcome> {
  const failing = step === 'config.rolled-back';
  const fixture = await ComponentFixture.prepare(system, `dies-at-${step.replace('.', '-')}`, {
    failpoints: true,
    ...(failing ? { environment: faultyEngine('exits', 0) } : {}),
  });
  try {
    await fixture.runOldConfig({ STRATORA_FAILPOINT: step, STRATORA_FAILPOINT_WAITS: '1' });
    const before = await fixture.component();
    await waitFor(() => fixture.loggedAt('config works'), {
      timeoutMs: 150_000,
      what: 'the end of the first trial',
    });
    process.kill(fixture.collector.pid, 'SIGUSR2');
    fixture.startLoad();
    const newNode = await fixture.addNode(`${failing ? MARKER : 'new-device'}-${fixture.name}`);
    await died(fixture);
    const restartedAt = Date.now();
    fixture.collector.launch();
    await fixture.engine();
    const runningMs = Date.now() - restartedAt;
    const text = await fixture.engineText();
    if (!text.includes(fixture.oldNode)) throw new Error('neither the old nor the new config runs');
    const ranAfter = text.includes(newNode) ? 'new' : 'old';
    const shown = await shownAfter(fixture, failing, restartedAt);
    const verdict = await fixture.judge();
    const { rows } = await rowsOf(system, fixture.name);
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
    await fixture.dispose();
  }
}

async function shownAfter(
  fixture: ComponentFixture,
  failing: boolean,
  restartedAt: number,
): Promise<{ at: number; component: Component }> {
  return waitFor(
    async () => {
      const component = await fixture.component();
      const heard = Date.parse(component.last_seen_at ?? '') >= restartedAt;
      const { running_config_hash: running, desired_config_hash: desired, config_status: status } = component;
      const done = failing
        ? status === 'rolled_back' && running === fixture.oldHash
        : status === 'applied' && running === desired;
      return heard && desired !== fixture.oldHash && done && { at: Date.now(), component };
    },
    { timeoutMs: 150_000, what: `the server to show what ${fixture.name} runs` },
  ).catch(async (error: unknown) => {
    const state = JSON.stringify(await fixture.component());
    throw new Error(`${state}\n${fixture.collector.printed.slice(-4000)}`, { cause: error });
  });
}

/** Kills a collector at a step of its enrolment and starts it again. Its token can be used once. */
export async function killAtEnrolStep(system: StratoraSystem, step: string): Promise<StepOutcome> {
  const fixture = await ComponentFixture.prepare(system, `dies-at-${step.replace('.', '-')}`, {
    failpoints: true,
  });
  try {
    fixture.collector.launch({ STRATORA_FAILPOINT: step });
    await died(fixture);
    const left = await rowsOf(system, fixture.name);
    const restartedAt = Date.now();
    await fixture.runOldConfig();
    await fixture.engine();
    const runningMs = Date.now() - restartedAt;
    fixture.startLoad();
    const component = await fixture.component();
    const verdict = await fixture.judge();
    const { rows } = await rowsOf(system, fixture.name);
    return {
      step,
      ranAfter: 'new',
      runningMs,
      shownMs: Date.parse(component.last_seen_at ?? '') - restartedAt,
      missing: verdict.missing,
      duplicates: verdict.duplicates + verdict.foreign,
      rows,
      sameComponent: left.ids.every((id) => id === component.id) && (await keyWorks(fixture)),
    };
  } finally {
    await fixture.dispose();
  }
}

async function died(fixture: ComponentFixture): Promise<void> {
  await waitFor(() => !fixture.collector.isRunning, {
    timeoutMs: 150_000,
    everyMs: 20,
    what: `the death of ${fixture.name}`,
  });
}

async function rowsOf(system: StratoraSystem, hostname: string): Promise<{ rows: number; ids: string[] }> {
  const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components?limit=500');
  const ids = items.filter((item) => item.hostname === hostname).map(({ id }) => id);
  return { rows: ids.length, ids };
}

/** Tells whether the server accepts the identity on disk. */
async function keyWorks(fixture: ComponentFixture): Promise<boolean> {
  const text = await readFile(join(fixture.collector.stateDir, 'identity.json'), 'utf8');
  const { api_key: key, component_id: id } = JSON.parse(text.split('\n')[1] ?? '{}') as Record<
    string,
    string
  >;
  const answer = await fixture.system.api.call('GET', `/api/v1/remote-collectors/${id}/config`, {
    headers: { 'x-api-key': key ?? '', authorization: '' },
  });
  return answer.status === 200;
}
