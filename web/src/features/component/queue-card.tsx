import type { Component } from '@stratora/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { gapsQuery } from '../../api/components.ts';
import { GapRows } from '../../domain/gap-rows.tsx';
import { Button } from '../../ui/button.tsx';
import { formatBytes, formatBytesPerSecond, formatCount, formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { ErrorState, Skeleton } from '../../ui/view-state.tsx';
import { watchQueue } from './queue-trend.ts';

/** The card of the queue: what waits to be sent, whether it drains, and what was lost for good. */
export function QueueCard({ component }: { readonly component: Component }) {
  const { queue } = component;
  const trend = useMemo(() => watchQueue(component), [component]);
  return (
    <Panel title="Queue">
      {queue === null ? (
        <p className="px-4 py-5 text-soft">It has not told of its queue yet.</p>
      ) : (
        <>
          <Facts className="grid-cols-2 p-4">
            <Fact label="Waits to be sent">
              <span className="tabular">{queue.bytes === 0 ? 'nothing' : formatBytes(queue.bytes)}</span>
            </Fact>
            {queue.bytes > 0 && queue.oldest !== null && queue.oldest !== undefined && (
              <Fact label="The oldest of it">
                <Ago time={queue.oldest} />
              </Fact>
            )}
            {queue.bytes > 0 && (
              <Fact label="Change">
                <span className="tabular">{trendText(trend)}</span>
              </Fact>
            )}
            <Fact label="Given up at its bound">
              <span className="tabular">
                {queue.dropped === 0 ? 'nothing' : `${formatCount(queue.dropped)} samples`}
              </span>
            </Fact>
          </Facts>
          <GapLedger component={component} />
        </>
      )}
    </Panel>
  );
}

function trendText(trend: ReturnType<typeof watchQueue>): string {
  if (trend === undefined) return 'watching…';
  const { bytesPerSecond: rate, secondsLeft } = trend;
  if (Math.abs(rate) < 1) return 'steady';
  if (rate > 0) return `grows by ${formatBytesPerSecond(rate)}`;
  return `drains at ${formatBytesPerSecond(-rate)}${secondsLeft === undefined ? '' : `, done in ${formatDuration(secondsLeft)}`}`;
}

function GapLedger({ component }: { readonly component: Component }) {
  const gaps = useInfiniteQuery(gapsQuery(component.id));
  const items = gaps.data?.pages.flatMap((page) => page.items) ?? [];
  if (gaps.isPending) return <Skeleton className="m-4 h-5" />;
  if (gaps.isError && items.length === 0) {
    return (
      <ErrorState
        title="The gaps could not be loaded"
        error={gaps.error}
        onRetry={() => void gaps.refetch()}
      />
    );
  }
  if (items.length === 0) {
    return (
      <p className="border-t border-line px-4 py-3 text-13 text-soft">No gaps: no sample was ever lost.</p>
    );
  }
  return (
    <div className="border-t border-line">
      <GapRows
        label={`Gaps of ${component.name}`}
        rows={items.map((gap) => ({ key: gap.from + gap.to, gap, component }))}
      />
      {gaps.hasNextPage && (
        <div className="p-3">
          <Button disabled={gaps.isFetchingNextPage} onClick={() => void gaps.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </div>
  );
}
