import type { Component } from '@stratora/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowLeft, History } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { configsQuery } from '../../../api/components.ts';
import { useListInterval } from '../../../api/live-context.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/view-state.tsx';
import { GenerationDetail } from './generation-detail.tsx';
import { GenerationList } from './generation-list.tsx';

function numberIn(parameters: URLSearchParams, name: string): number | undefined {
  const value = Number(parameters.get(name));
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** The history of a component's configuration: its generations, and what each of them changed. */
export function HistoryTab({ component }: { readonly component: Component }) {
  const history = useInfiniteQuery({
    ...configsQuery(component.id),
    refetchInterval: useListInterval(20_000),
  });
  const [parameters] = useSearchParams();
  const generations = history.data?.pages.flatMap((page) => page.items) ?? [];
  if (generations.length === 0) {
    if (history.isPending) return <SkeletonRows count={8} />;
    if (history.isError) {
      return (
        <ErrorState
          title="The history could not be loaded"
          error={history.error}
          onRetry={() => void history.refetch()}
        />
      );
    }
    return (
      <div className="rounded-md border border-line bg-surface">
        <EmptyState icon={History} title="No history yet">
          {component.approval === 'pending'
            ? 'The first configuration is made when it is approved.'
            : 'Every change of its nodes, credentials or templates makes a generation, which is listed here with its cause.'}
        </EmptyState>
      </div>
    );
  }
  const asked = numberIn(parameters, 'generation');
  const shown = asked ?? generations[0]?.generation ?? 1;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(300px,380px)_minmax(0,1fr)]">
      {/* On a narrow screen one is seen at a time: the list, or what was chosen from it. */}
      <div className={classNames('min-w-0', asked !== undefined && 'max-lg:hidden')}>
        <GenerationList component={component} generations={generations} chosen={shown} />
        {history.hasNextPage && (
          <div className="pt-3">
            <Button disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
              Show older
            </Button>
          </div>
        )}
      </div>
      <div className={classNames('flex min-w-0 flex-col gap-3', asked === undefined && 'max-lg:hidden')}>
        <Link
          to="?tab=history"
          className="flex items-center gap-1.5 text-13 text-accent-text hover:underline max-lg:min-h-10 lg:hidden"
        >
          <ArrowLeft size={14} aria-hidden />
          All generations
        </Link>
        <GenerationDetail
          key={shown}
          component={component}
          generations={generations}
          number={shown}
          against={numberIn(parameters, 'against')}
        />
      </div>
    </div>
  );
}
