import type { TemplatePanel } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { bindExpression, queryInstant, type VectorSample } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import { renderLegend } from '../../ui/chart/series-frame.ts';

/** A thing of a device, with the value of each query of the panel that has one for it. */
export interface PanelRow {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

/** Window of expressions that ask for a rate, seconds. */
const RATE_WINDOW_SECONDS = 120;
const byName = new Intl.Collator('en', { numeric: true });

/** The newest values of a panel by the things that its legends name. */
export function usePanelRows(nodeId: string, panel: TemplatePanel) {
  return useQuery({
    queryKey: ['metrics', 'rows', nodeId, panel.id, panel.queries],
    queryFn: async ({ signal }): Promise<readonly PanelRow[]> => {
      const answers = await Promise.all(
        panel.queries.map(async ({ expr }) =>
          queryInstant(bindExpression(expr, nodeId, RATE_WINDOW_SECONDS), signal),
        ),
      );
      return joinRows(panel, answers);
    },
    refetchInterval: POLL_INTERVAL_MS,
  });
}

/**
 * Joins the answers of a panel's queries to rows: what is worst first where a column holds states, then by name. Of several series
 * of one name the worst state counts, else the first value.
 */
export function joinRows(
  { queries, unit }: Pick<TemplatePanel, 'queries' | 'unit'>,
  answers: readonly (readonly VectorSample[])[],
): readonly PanelRow[] {
  const rows = new Map<string, (number | undefined)[]>();
  const states = queries.map((query) => (query.unit ?? unit) === 'state');
  for (const [at, samples] of answers.entries()) {
    for (const { metric, value } of samples) {
      const number = Number(value[1]);
      if (!Number.isFinite(number)) continue;
      const name = renderLegend(queries[at]?.legend ?? '', metric);
      const values = rows.get(name) ?? queries.map(() => undefined);
      const before = values[at];
      if (before === undefined || (states[at] === true && number > before)) values[at] = number;
      rows.set(name, values);
    }
  }
  const worst = (values: readonly (number | undefined)[]) =>
    Math.max(-1, ...values.map((value, at) => (states[at] === true ? (value ?? -1) : -1)));
  return [...rows]
    .map(([name, values]) => ({ name, values }))
    .toSorted((a, b) => rank(worst(b.values)) - rank(worst(a.values)) || byName.compare(a.name, b.name));
}

/** Good and unknown things keep the order of their names. */
function rank(state: number): number {
  return Math.max(0, state);
}
