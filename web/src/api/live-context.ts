import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LiveEvents, LiveState } from './live-events.ts';
import { POLL_INTERVAL_MS } from './query-client.ts';

export const LiveContext = createContext<LiveEvents | undefined>(undefined);

export function useLiveState(): LiveState {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('no live events here');
  return useSyncExternalStore(live.subscribe, live.getState);
}

/** The refetch interval of a list: slow while events keep it fresh, the poll interval while they do not. */
export function useListInterval(liveMs = 60_000): number {
  return useLiveState() === 'live' ? liveMs : POLL_INTERVAL_MS;
}
