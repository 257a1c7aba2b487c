import { join } from 'node:path';
import type { ShippedDefinition } from '@stratora/contract';
import { VictoriaMetrics, waitFor } from '@stratora/testkit';
import { createQueryClient, type QueryClient } from '@stratora/victoriametrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExpression, withLookBack } from '../expressions/index.ts';
import { readSummary, renderSummary } from '../summary-text/index.ts';
import { instanceName } from './instance-name.ts';
import { importLines, type RuleCase, readRuleCases } from './rule-cases.test-support.ts';
import { readShippedFiles } from './shipped-files.ts';

const FOLDER = join(import.meta.dirname, '../../../../../alert-definitions');
/** Intervals of a node for which a sample counts as present where a definition does not say. */
const LOOK_BACK_INTERVALS = 3;

const { definitions } = await readShippedFiles(FOLDER);
const cases = await readRuleCases(join(import.meta.dirname, 'testcases'));

/** Each shipped expression is asked of the store, with samples of nodes for which it must alarm and must not. */
describe('what the product ships', () => {
  const nowMs = Math.floor(Date.now() / 10_000) * 10_000;
  let store: VictoriaMetrics;
  let client: QueryClient;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    client = createQueryClient({ url: store.url });
    const lines = cases.flatMap((each) => importLines(each, nowMs));
    const answer = await fetch(`${store.url}/api/v1/import`, { method: 'POST', body: lines.join('\n') });
    expect(answer.status).toBe(204);
    await waitFor(
      async () => {
        await store.flush();
        const found = await client.query('count(last_over_time({node_id!=""}[8h]))', nowMs);
        return found.ok && found.value[0]?.value === lines.length;
      },
      { what: 'all series', timeoutMs: 30_000 },
    );
  });
  afterAll(async () => {
    client?.close();
    await store?.stop();
  });

  async function ask(each: RuleCase) {
    const definition = definitions.get(each.slug);
    if (definition === undefined || definition.expr === null) throw new Error('no such expression');
    const read = readExpression(definition.expr);
    if (!read.ok) throw new Error(read.faults[0]?.message);
    const lookBackSeconds = definition.look_back_seconds ?? LOOK_BACK_INTERVALS * each.every_seconds;
    const answer = await client.query(withLookBack(read.expression, lookBackSeconds * 1000), nowMs);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    const own = answer.value.filter(({ metric }) => metric['node_id'] === each.nodeId);
    const values = own.map(({ value }) => value);
    const worst = definition.comparison === '>' ? Math.max(...values) : Math.min(...values);
    return { definition, own, worst };
  }

  it.each(cases)('$slug: $words: $gives', async (each) => {
    const { definition, own, worst } = await ask(each);
    const instances = new Set(own.map(({ metric }) => instanceName(metric, definition.instance_labels)));
    expect([...instances]).toEqual(each.gives === 'no value' ? [] : [each.instance]);
    if (own.length > 0) expect(verdictOf(definition, worst), `value ${worst}`).toBe(each.gives);
  });

  it.each(cases.filter(({ gives }) => gives === 'warning' || gives === 'critical'))(
    '$slug: $words: has a text',
    async (each) => {
      const { definition, own, worst } = await ask(each);
      const values = {
        name: definition.name,
        node: 'core',
        instance: each.instance,
        labels: own.find(({ value }) => value === worst)?.metric ?? {},
        value: worst,
        threshold: definition.critical ?? definition.warning,
        comparison: definition.comparison,
        unit: definition.unit,
      };
      const read = definition.summary === null ? null : readSummary(definition.summary, [values]);
      if (read?.ok === false) throw new Error(read.faults[0]?.message);
      expect(renderSummary(read?.template ?? null, values)).toEqual({
        text: expect.stringContaining('core'),
        failure: null,
      });
    },
  );

  it('has a case that alarms and one that is good for each expression', () => {
    const wanted = [...definitions.values()].filter(({ expr }) => expr !== null).map(({ slug }) => slug);
    const known = Map.groupBy(cases, ({ slug }) => slug);
    expect([...known.keys()].toSorted()).toEqual(wanted.toSorted());
    for (const [slug, own] of known) {
      const verdicts = new Set(own.map(({ gives }) => gives));
      expect(verdicts.has('critical') || verdicts.has('warning'), slug).toBe(true);
      expect(verdicts.has('good'), slug).toBe(true);
    }
  });
});

function verdictOf({ comparison, warning, critical }: ShippedDefinition, value: number): RuleCase['gives'] {
  const isBeyond = (threshold: number | null) =>
    threshold !== null && (comparison === '>' ? value > threshold : value < threshold);
  if (isBeyond(critical)) return 'critical';
  return isBeyond(warning) ? 'warning' : 'good';
}
