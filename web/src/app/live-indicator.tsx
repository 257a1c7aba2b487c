import { useQuery } from '@tanstack/react-query';
import { CloudOff, Radio, RefreshCw } from 'lucide-react';
import { useLiveState } from '../api/live-context.ts';
import { POLL_INTERVAL_MS } from '../api/query-client.ts';
import { summaryQuery } from '../api/resources.ts';
import { formatAgo } from '../ui/format/time.ts';
import { toServerTime, useNow } from '../ui/state/clock.ts';

/** Shows how fresh the page is: streamed, asked for every 10 s, or old because nothing answers. */
export function LiveIndicator() {
  const state = useLiveState();
  const now = useNow();
  const { dataUpdatedAt, failureCount, isError } = useQuery({ ...summaryQuery, enabled: false });
  const updatedAt = toServerTime(dataUpdatedAt);
  const silent = isError || failureCount > 1 || (dataUpdatedAt > 0 && now - updatedAt > 9 * POLL_INTERVAL_MS);
  if (silent && dataUpdatedAt > 0) {
    return (
      <span role="status" className="flex items-center gap-1.5 px-1 text-12 whitespace-nowrap text-warning">
        <CloudOff size={14} aria-hidden />
        <span>
          <span className="max-sm:sr-only">No answer, data is from </span>
          {formatAgo(updatedAt, now)}
        </span>
      </span>
    );
  }
  if (state === 'polling') {
    return (
      <span
        className="flex items-center gap-1.5 px-1 text-12 text-soft"
        title="The event stream is away. Lists are asked for every 10 seconds instead."
      >
        <RefreshCw size={14} aria-hidden />
        <span className="max-lg:sr-only">Every 10 s</span>
      </span>
    );
  }
  return (
    <span className="flex items-center gap-1.5 px-1 text-12 text-soft" title="Changes arrive as they happen.">
      <Radio size={14} aria-hidden className={state === 'live' ? 'text-healthy' : 'text-faint'} />
      <span className="max-lg:sr-only">{state === 'live' ? 'Live' : 'Connecting'}</span>
    </span>
  );
}
