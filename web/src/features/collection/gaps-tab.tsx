import type { Component, ComponentGap, ListAnswer } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { useQueries, useQuery } from '@tanstack/react-query';
import { CircleCheck, SearchX } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { request } from '../../api/client.ts';
import { componentsQuery } from '../../api/components.ts';
import { type GapRow, GapRows } from '../../domain/gap-rows.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { SearchBox } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

/** Components asked at most, those that lost the most first; and how much of each. */
const COMPONENTS_MAX = 100;
const GAPS_EACH = 50;

/** The components that gave up samples, those with the most first: only they have gaps. */
function componentsWithGaps(components: readonly Component[]): readonly Component[] {
  return components
    .filter(({ queue }) => (queue?.dropped ?? 0) > 0 || (queue?.gaps?.length ?? 0) > 0)
    .toSorted((a, b) => (b.queue?.dropped ?? 0) - (a.queue?.dropped ?? 0));
}

function useGaps(components: readonly Component[]) {
  return useQueries({
    queries: components.slice(0, COMPONENTS_MAX).map((component) => ({
      queryKey: ['components', 'gaps', component.id, 'newest'],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const page = await request<ListAnswer<ComponentGap>>(`/components/${component.id}/gaps`, {
          query: { limit: GAPS_EACH },
          signal,
        });
        return { component, gaps: page.items };
      },
      staleTime: 30_000,
    })),
    combine: (answers) => ({
      rows: answers
        .flatMap(({ data }): GapRow[] =>
          data === undefined
            ? []
            : data.gaps.map((gap) => ({ key: data.component.id + gap.from, component: data.component, gap })),
        )
        .toSorted((a, b) => (a.gap.to < b.gap.to ? 1 : -1)),
      waiting: answers.some(({ isPending }) => isPending),
      error: answers.find(({ error }) => error !== null)?.error ?? undefined,
      retry: () => answers.forEach((answer) => answer.isError && void answer.refetch()),
    }),
  });
}

/** The gaps of all components: where data is missing for good. */
export function GapsTab() {
  const components = useQuery(componentsQuery);
  const concerned = componentsWithGaps(components.data ?? []);
  const { rows, waiting, error, retry } = useGaps(concerned);
  const [parameters, setParameters] = useSearchParams();
  if (components.data === undefined || (waiting && rows.length === 0)) {
    return components.isError ? (
      <ErrorState
        title="The gaps could not be loaded"
        error={components.error}
        onRetry={() => void components.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  if (error !== undefined && rows.length === 0) {
    return <ErrorState title="The gaps could not be loaded" error={error} onRetry={retry} />;
  }
  if (rows.length === 0) {
    return (
      <div className="rounded-md border border-line bg-surface">
        <EmptyState icon={CircleCheck} title="No sample was lost">
          While this server cannot be reached, components keep what they gather and send it later. Only when
          their queue reaches its bound is the oldest given up, and that is listed here.
        </EmptyState>
      </div>
    );
  }
  const search = parameters.get('q') ?? '';
  const setSearch = (value: string) => setParameters(value === '' ? {} : { q: value }, { replace: true });
  const shown = rows.filter(({ component }) => foldText(component.name).includes(foldText(search.trim())));
  const lost = shown.reduce((sum, { gap }) => sum + gap.count, 0);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SearchBox label="Search components" value={search} onChange={setSearch} />
        <p role="status" className="tabular text-13 text-soft">
          {plural(shown.length, 'gap')}, {formatCount(lost)} samples lost for good
          {concerned.length > COMPONENTS_MAX &&
            `, of the ${COMPONENTS_MAX} components that lost the most (${formatCount(concerned.length)} lost some)`}
        </p>
      </div>
      <div className="rounded-md border border-line bg-surface">
        {shown.length === 0 ? (
          <EmptyState
            icon={SearchX}
            title="No such component has gaps"
            action={<Button onClick={() => setSearch('')}>Clear the search</Button>}
          >
            None of the components that lost samples has this name.
          </EmptyState>
        ) : (
          <GapRows label="Gaps of all components" rows={shown} named />
        )}
      </div>
    </>
  );
}
