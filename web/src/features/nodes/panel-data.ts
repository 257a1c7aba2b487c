import type { TemplatePanel } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { bindExpression, queryInstant, queryRange } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import { buildFrame, type Frame, renderLegend } from '../../ui/chart/series-frame.ts';
import { serverNow } from '../../ui/state/clock.ts';
import { gridOf, type RangeGrid, stepOf, type TimeRange } from '../../ui/state/time-range.ts';

export interface PanelData {
  readonly frame: Frame;
  readonly grid: RangeGrid;
}

type PanelQuery = Pick<TemplatePanel, 'id' | 'queries'>;

/** The series of a panel over a range, asked again as often as a new point can be there. */
export function usePanelData(nodeId: string, panel: PanelQuery, range: TimeRange, widthPx: number) {
  const step = stepOf(range, widthPx);
  return useQuery({
    queryKey: ['metrics', 'range', nodeId, panel.id, panel.queries, range, step],
    queryFn: async ({ signal }): Promise<PanelData> => {
      const grid = gridOf(range, serverNow(), widthPx);
      const answers = await Promise.all(
        panel.queries.map(async ({ expr, legend }) => ({
          legend,
          series: await queryRange(
            {
              expr: bindExpression(expr, nodeId, grid.window),
              start: grid.start,
              end: grid.end,
              step: grid.step,
            },
            signal,
          ),
        })),
      );
      return { grid, frame: buildFrame(answers, grid) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: range.kind === 'last' ? Math.max(POLL_INTERVAL_MS, step * 500) : false,
    staleTime: range.kind === 'last' ? 5_000 : Number.POSITIVE_INFINITY,
  });
}

export interface StatValue {
  readonly label: string;
  readonly value: number;
}

/** The newest values of a panel that shows numbers instead of a chart. */
export function useStatData(nodeId: string, panel: PanelQuery) {
  return useQuery({
    queryKey: ['metrics', 'now', nodeId, panel.id, panel.queries],
    queryFn: async ({ signal }): Promise<readonly StatValue[]> => {
      const answers = await Promise.all(
        panel.queries.map(async ({ expr, legend }) => {
          const samples = await queryInstant(bindExpression(expr, nodeId, 40), signal);
          return samples.map(({ metric, value }) => ({
            label: renderLegend(legend, metric),
            value: Number(value[1]),
          }));
        }),
      );
      return answers.flat().filter(({ value }) => Number.isFinite(value));
    },
    refetchInterval: POLL_INTERVAL_MS,
  });
}
