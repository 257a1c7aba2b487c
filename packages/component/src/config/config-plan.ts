import type { EngineChoice } from '@stratora/contract';
import type { CheckResult, EngineKind } from '../engine/engine.ts';
import { readEngineChoice } from '../engine/engine-choice.ts';

/** Composer of engine files: what a file holds beside the text of the server, by the kind of the engine. */
export interface EngineTexts {
  /**
   * The file for this kind of engine: what cannot start on this host is left out, our output is added.
   * @throws ConfigError for a text that asks for what may not run here
   */
  compose(kind: EngineKind, text: string, output: { url: string; generation: string }): Promise<string>;
}

export type ConfigPlan = { ok: true; kind: EngineKind } | { ok: false; message: string };

/** Timeout of one check; two of them fit what a bad config may take until it is reported. */
const CHECK_TIMEOUT_MS = 6000;
const LONE_CHECK_TIMEOUT_MS = 12_000;

/** Engines that may run a config, best first. */
const CANDIDATES: Readonly<Record<EngineChoice, readonly EngineKind[]>> = {
  auto: ['telegraf', 'embedded'],
  telegraf: ['telegraf'],
  embedded: ['embedded'],
};

export interface PlanSteps {
  /** Checks the config as this kind of engine would run it. */
  check: (kind: EngineKind, timeoutMs: number) => Promise<CheckResult>;
  /** False where the engine is not on this host, or has shown that it cannot run configs. */
  isFit: (kind: EngineKind) => Promise<boolean>;
}

/** Finds the engine that a text is to run with: the one that it names, or the first that is fit and takes it. */
export async function planConfig(text: string, steps: PlanSteps): Promise<ConfigPlan> {
  const choice = readEngineChoice(text);
  if (choice === undefined) {
    return { ok: false, message: 'the config asks for an engine that this version does not know' };
  }
  const kinds: EngineKind[] = [];
  for (const kind of CANDIDATES[choice]) {
    if (choice !== 'auto' || kind === 'embedded' || (await steps.isFit(kind))) kinds.push(kind);
  }
  const timeoutMs = kinds.length === 1 ? LONE_CHECK_TIMEOUT_MS : CHECK_TIMEOUT_MS;
  const refusals: string[] = [];
  for (const kind of kinds) {
    const checked = await steps.check(kind, timeoutMs);
    if (checked.ok) return { ok: true, kind };
    refusals.push(kinds.length === 1 ? checked.message : `${kind}: ${checked.message}`);
  }
  return { ok: false, message: refusals.join('\n') };
}
