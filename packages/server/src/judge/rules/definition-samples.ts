import type { AlertDefinition, WrittenDefinition } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import { type InstantSample, isAboutExpression, type QueryClient } from '@stratora/victoriametrics';
import { readExpression, withLookBack } from '../expressions/index.ts';
import type { SummaryValues } from '../summary-text/index.ts';
import { notValid } from './definition-refusal.ts';
import { instanceName, keptLabels } from './instance-name.ts';

/** Most sample alerts that a text is tried on. */
const SAMPLES = 20;
/** Milliseconds after which a definition is saved without having been tried: a store that is away keeps nobody from it. */
const TIMEOUT_MS = 3000;
/** Seconds of look-back where the definition leaves it to the interval of the node: samples may be older. */
const LOOK_BACK_SECONDS = 300;

export interface DefinitionSamplesOptions {
  query: Pick<QueryClient, 'query'>;
  clock: Clock;
}

/** A source of sample alerts: what a definition would tell now of a few of the series that it reads. */
export class DefinitionSamples {
  readonly #options: DefinitionSamplesOptions;

  constructor(options: DefinitionSamplesOptions) {
    this.#options = options;
  }

  /**
   * Returns alerts as the definition would make them; none where the store gives no series, or is away.
   * @param mayBeRefused whether an expression that the store refuses is no fault
   * @throws AppError validation_failed where the store refuses the expression
   */
  async of(definition: WrittenDefinition, { mayBeRefused = false } = {}): Promise<SummaryValues[]> {
    const { expr, look_back_seconds: lookBackSeconds } = definition;
    const read = expr === null ? undefined : readExpression(expr);
    if (read?.ok !== true) return [];
    const { query, clock } = this.#options;
    const text = withLookBack(read.expression, (lookBackSeconds ?? LOOK_BACK_SECONDS) * 1000);
    // A few series tell which labels there are; all of them may be hundreds of thousands.
    const answer = await query.query(`topk(${SAMPLES}, ${text})`, clock.now(), {
      timeoutMs: TIMEOUT_MS,
      isWhole: true,
    });
    if (answer.ok) return answer.value.map((sample) => valuesOf(definition, sample));
    if (!mayBeRefused && isAboutExpression(answer)) {
      throw notValid([{ path: 'expr', message: `The metric store refuses it: ${answer.words}` }]);
    }
    return [];
  }
}

function valuesOf(
  definition: Pick<
    AlertDefinition,
    'name' | 'instance_labels' | 'warning' | 'critical' | 'comparison' | 'unit'
  >,
  { metric, value }: InstantSample,
): SummaryValues {
  return {
    name: definition.name,
    node: metric['node_name'] ?? metric['node_id'] ?? null,
    instance: instanceName(metric, definition.instance_labels),
    labels: keptLabels(metric),
    value,
    threshold: definition.critical ?? definition.warning,
    comparison: definition.comparison,
    unit: definition.unit,
  };
}
