import type { TemplatePanel } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { bindExpression, queryInstant, type VectorSample } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import { renderLegend } from '../../ui/chart/series-frame.ts';
import type { Unit } from '../../ui/format/units.ts';
import { compareText } from '../../ui/table/column.ts';

export interface PanelCell {
  readonly value: number;
  readonly unit: Unit;
}

/** A thing of a device, with its cell in each column of the panel; undefined where it has none. */
export interface PanelRow {
  readonly name: string;
  readonly cells: readonly (PanelCell | undefined)[];
}

export interface PanelTable {
  readonly columns: readonly { readonly title: string; readonly isState: boolean }[];
  readonly rows: readonly PanelRow[];
}

/** Window of expressions that ask for a rate, seconds. */
const RATE_WINDOW_SECONDS = 120;

/** The newest values of a panel by the things that its legends name. */
export function usePanelTable(nodeId: string, panel: TemplatePanel) {
  return useQuery({
    queryKey: ['metrics', 'rows', nodeId, panel.id, panel.queries],
    queryFn: async ({ signal }): Promise<PanelTable> => {
      const answers = await Promise.all(
        panel.queries.map(async ({ expr }) =>
          queryInstant(bindExpression(expr, nodeId, RATE_WINDOW_SECONDS), signal),
        ),
      );
      return joinTable(panel, answers);
    },
    refetchInterval: POLL_INTERVAL_MS,
  });
}

/**
 * Joins the answers of a panel's queries to a table. Queries with one heading share a column, whatever their units. What is worst
 * comes first where a column holds states, then all go by their names. Of several series of one name the worst state counts, else the
 * first value; a column without any value is left out.
 */
export function joinTable(
  { queries, unit: common }: Pick<TemplatePanel, 'queries' | 'unit'>,
  answers: readonly (readonly VectorSample[])[],
): PanelTable {
  const titles = [...new Set(queries.map(({ column = '' }) => column))];
  const rows = new Map<string, (PanelCell | undefined)[]>();
  for (const [at, samples] of answers.entries()) {
    const { legend = '', column = '', unit = common } = queries[at] ?? {};
    const place = titles.indexOf(column);
    for (const { metric, value } of samples) {
      const number = Number(value[1]);
      if (!Number.isFinite(number)) continue;
      const name = renderLegend(legend, metric);
      const cells = rows.get(name) ?? titles.map(() => undefined);
      const before = cells[place];
      if (before === undefined || (unit === 'state' && number > before.value))
        cells[place] = { value: number, unit };
      rows.set(name, cells);
    }
  }
  const kept = titles.flatMap((_, place) =>
    [...rows.values()].some((cells) => cells[place] !== undefined) ? [place] : [],
  );
  return {
    columns: kept.map((place) => ({
      title: titles[place] ?? '',
      isState: isState(queries, common, titles[place] ?? ''),
    })),
    rows: [...rows]
      .map(([name, cells]) => ({ name, cells: kept.map((place) => cells[place]) }))
      .toSorted((a, b) => worstOf(b) - worstOf(a) || compareText(a.name, b.name)),
  };
}

function isState(queries: TemplatePanel['queries'], common: Unit, title: string): boolean {
  return queries.some(({ column = '', unit = common }) => column === title && unit === 'state');
}

/** The worst state of a row; good and unknown things keep the order of their names. */
function worstOf({ cells }: PanelRow): number {
  return Math.max(0, ...cells.map((cell) => (cell?.unit === 'state' ? cell.value : 0)));
}
