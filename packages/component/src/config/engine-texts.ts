import type { ComponentType } from '@stratora/contract';
import { inputsFor, omitInputs, readConfig } from '@stratora/telegraf';
import { findMissingInputs } from '../host/missing-inputs.ts';
import { withOutput } from './config-files.ts';
import type { EngineTexts } from './config-plan.ts';

/**
 * Composes what an engine reads. Our own engine checks what may run by itself; Telegraf would run anything, so its text
 * is read here first. It also ends over an input that cannot start, so that such inputs are left out for it.
 */
export function engineTexts(type: ComponentType): EngineTexts {
  return {
    async compose(kind, text, { url, generation }) {
      if (kind === 'embedded') return withOutput(text, url, generation);
      readConfig(text, { allowedInputs: inputsFor({ type, platform: process.platform }) });
      const missing = (await findMissingInputs()).map(({ plugin }) => plugin);
      return withOutput(omitInputs(text, missing), url, generation);
    },
  };
}

/** Lists the targets that a config has Telegraf gather, to relate its log and its samples to them. */
export function configuredTargets(
  text: string,
  type: ComponentType,
): { alias: string | undefined; nodeId: string; input: string; intervalMs: number }[] {
  const allowedInputs = inputsFor({ type, platform: process.platform });
  const { config } = readConfig(text, { allowedInputs, outputs: true });
  const usualMs = config.agent.intervalMs ?? 10_000;
  return config.inputs.flatMap(({ plugin: input, alias, tags, intervalMs }) => {
    const nodeId = tags?.['node_id'];
    return nodeId === undefined ? [] : [{ alias, nodeId, input, intervalMs: intervalMs ?? usualMs }];
  });
}
