import { STALL_MS, StratoraSystem } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_FAULTS, type EngineFault } from './component-fixture.ts';
import { type FailureOutcome, failEngine } from './engine-failure.ts';
import { type GapOutcome, overflowQueue } from './gap-run.ts';
import { seconds, showTable } from './measured-table.ts';
import {
  CONFIG_STEPS,
  ENROL_STEPS,
  killAtConfigStep,
  killAtEnrolStep,
  type StepOutcome,
} from './step-kill.ts';

/** Time that an engine works before it ends, by STRATORA_TEST_ENGINE_LATE_SECONDS; 30 is the promise's own case. */
const LATE_MS = Number(process.env['STRATORA_TEST_ENGINE_LATE_SECONDS'] ?? 10) * 1000;
const WAIT_MS = 400_000 + 6 * LATE_MS;

/** Cases that all run side by side on one server; each test waits for its own. */
describe('a component that is killed at a step, or has an engine that fails', () => {
  let system: StratoraSystem;
  const steps = new Map<string, Promise<StepOutcome>>();
  const failures = new Map<EngineFault, Promise<FailureOutcome>>();
  let overflow: Promise<GapOutcome | undefined>;

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-collector', '--no-agent'] });
    for (const step of CONFIG_STEPS) steps.set(step, killAtConfigStep(system, step));
    for (const step of ENROL_STEPS) steps.set(step, killAtEnrolStep(system, step));
    for (const fault of ENGINE_FAULTS) failures.set(fault, failEngine(system, fault, LATE_MS));
    overflow = overflowQueue(system);
    for (const run of [...steps.values(), ...failures.values(), overflow]) run.catch(() => {});
  });
  afterAll(async () => {
    const outcomes = await Promise.allSettled(steps.values());
    showTable(
      'kill-steps',
      outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [stepRow(outcome.value)] : [])),
    );
    const ends = await Promise.allSettled(failures.values());
    showTable(
      'engine-failures',
      ends.flatMap((end) => (end.status === 'fulfilled' ? [failureRow(end.value)] : [])),
      [`"exits-late" ends after ${LATE_MS / 1000} s`],
    );
    await overflow.catch(() => {});
    await system?.dispose();
  });

  it.each(CONFIG_STEPS)(
    'killed at %s runs one config, the old or the new, and loses nothing',
    async (step) => {
      const outcome = await steps.get(step);
      expect(outcome).toMatchObject({ missing: 0, duplicates: 0, rows: 1, sameComponent: true });
      expect(['old', 'new']).toContain(outcome?.ranAfter);
      // 5 s are promised, and the table has the figure; seventeen components start side by side here.
      expect(outcome?.runningMs).toBeLessThanOrEqual(20_000);
      expect(outcome?.shownMs).toBeLessThanOrEqual(40_000);
    },
    WAIT_MS,
  );

  it.each(ENROL_STEPS)(
    'killed at %s it is the same component afterwards, with a key that works and a token used once',
    async (step) => {
      const outcome = await steps.get(step);
      expect(outcome).toMatchObject({ missing: 0, duplicates: 0, rows: 1, sameComponent: true });
    },
    WAIT_MS,
  );

  it.each(['refuses', 'check-hangs'] as const)(
    'an engine that %s never runs the config, and the server is told within 15 s of the pull',
    async (fault) => {
      const outcome = await failures.get(fault);
      expect(outcome).toMatchObject({ status: 'validation_error', promotions: 0, missing: 0, duplicates: 0 });
      // Up to 10 s until the next pull.
      expect(outcome?.reportedMs).toBeLessThanOrEqual(10_000 + 15_000 + STALL_MS);
      if (fault === 'refuses') expect(outcome?.gapMs).toBeLessThanOrEqual(12_000 + STALL_MS);
    },
    WAIT_MS,
  );

  it(
    'an engine that exits at start runs the old config within 15 s',
    async () => {
      const outcome = await failures.get('exits');
      expect(outcome).toMatchObject({ status: 'rolled_back', promotions: 1, missing: 0, duplicates: 0 });
      expect(outcome?.oldRunsMs).toBeLessThanOrEqual(15_000 + STALL_MS);
      expect(outcome?.message).toContain('ended');
    },
    WAIT_MS,
  );

  it.each(['hangs', 'silent'] as const)(
    'an engine that %s is rolled back within 45 s',
    async (fault) => {
      const outcome = await failures.get(fault);
      expect(outcome).toMatchObject({ status: 'rolled_back', promotions: 1, missing: 0, duplicates: 0 });
      expect(outcome?.oldRunsMs).toBeLessThanOrEqual(45_000 + STALL_MS);
      expect(outcome?.message).toContain('no output');
    },
    WAIT_MS,
  );

  it(
    'an engine that exits again and again after working goes back to the old config',
    async () => {
      const outcome = await failures.get('exits-late');
      expect(outcome).toMatchObject({ status: 'rolled_back', promotions: 1, missing: 0, duplicates: 0 });
      // The third exit makes it a crash loop, each after the pause of the restart before.
      expect(outcome?.oldRunsMs).toBeLessThanOrEqual(3 * LATE_MS + 30_000 + STALL_MS);
      expect(outcome?.message).toContain('ended');
    },
    WAIT_MS,
  );

  it(
    'past the bound of its queue it gives up the oldest, and the API says when and how many',
    async (context) => {
      const outcome = await overflow;
      if (!outcome) {
        context.skip('no tmpfs can be mounted');
        return;
      }
      const { taken, stored, dropped, gaps, firstAt, lastAt } = outcome;
      expect(dropped).toBeGreaterThan(0);
      expect(gaps.reduce((sum, { count }) => sum + count, 0)).toBe(dropped);
      for (const { from, to } of gaps) {
        expect(Date.parse(from)).toBeGreaterThanOrEqual(firstAt - 30_000);
        expect(Date.parse(to)).toBeLessThanOrEqual(lastAt);
      }
      // The dropped samples may include the agent's own.
      expect(stored).toBeGreaterThanOrEqual(taken - dropped);
      expect(stored).toBeLessThan(taken);
    },
    WAIT_MS,
  );
});

function stepRow(outcome: StepOutcome) {
  return {
    step: outcome.step,
    'ran after': outcome.ranAfter,
    'running after s': seconds(outcome.runningMs),
    'shown after s': seconds(outcome.shownMs),
    missing: outcome.missing,
    duplicates: outcome.duplicates,
    'components of its name': outcome.rows,
  };
}

function failureRow(outcome: FailureOutcome) {
  return {
    'engine that': outcome.fault,
    reported: outcome.status,
    'wanted to told s': seconds(outcome.reportedMs),
    'wanted to promoted s': seconds(outcome.promotedMs),
    'promoted to old running s': seconds(outcome.oldRunsMs),
    'longest hole of the old node s': seconds(outcome.gapMs),
    promotions: outcome.promotions,
    missing: outcome.missing,
    duplicates: outcome.duplicates,
  };
}
