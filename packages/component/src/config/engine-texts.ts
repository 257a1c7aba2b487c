import type { ComponentType } from '@stratora/contract';
import { inputsFor, omitInputs, readConfig } from '@stratora/telegraf';
import { blockMeasurements } from '../engine/block-measurements.ts';
import { targetFacts } from '../engine/target-facts.ts';
import type { ConfiguredTarget } from '../engine/telegraf-targets.ts';
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
      return withOutput(tellingChecks(omitInputs(text, missing)), url, generation);
    },
  };
}

/** Has Telegraf's checks of web pages log why they fail, which their samples do not say. */
function tellingChecks(text: string): string {
  return text.includes('log_level')
    ? text
    : text.replace(/^\[\[inputs\.http_response\]\][ \t]*$/gm, '$&\nlog_level = "debug"');
}

/** Lists the targets that a config has Telegraf gather, to relate its log and its samples to them. */
export function configuredTargets(text: string, type: ComponentType): ConfiguredTarget[] {
  const allowedInputs = inputsFor({ type, platform: process.platform });
  const { config } = readConfig(text, { allowedInputs, outputs: true });
  const usualMs = config.agent.intervalMs ?? 10_000;
  return config.inputs.flatMap((block) => {
    const nodeId = block.tags?.['node_id'] ?? config.globalTags['node_id'];
    if (nodeId === undefined) return [];
    const intervalMs = block.intervalMs ?? usualMs;
    const facts = targetFacts(block, intervalMs);
    return [{ alias: block.alias, nodeId, intervalMs, facts, measurements: blockMeasurements(block) }];
  });
}
