import type { DeviceTemplate } from '@stratora/contract';
import { errorMessage, type Logger } from '@stratora/runtime';
import { MetricNormalizer } from '@stratora/templates';

export interface NormalizeOptions {
  /** Returns the templates whose rules are in force: another array whenever they change. */
  templates: () => readonly DeviceTemplate[];
  logger: Logger;
}

export interface Normalize {
  /** The normaliser of the rules in force. */
  current(): MetricNormalizer;
}

/** Compiles the metric rules of the templates in force, once for each change of them. */
export function createNormalize({ templates, logger }: NormalizeOptions): Normalize {
  let compiled: readonly DeviceTemplate[] = [];
  let normalizer = new MetricNormalizer(compiled);
  return {
    current() {
      const inForce = templates();
      if (inForce === compiled) return normalizer;
      compiled = inForce;
      try {
        normalizer = new MetricNormalizer(inForce);
      } catch (error) {
        // The rules that worked until now stay in force.
        logger.error({ reason: errorMessage(error) }, 'metric rules not compiled');
      }
      return normalizer;
    },
  };
}
