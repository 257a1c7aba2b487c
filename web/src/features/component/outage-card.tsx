import type { Component, OutageNotices } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { outageNoticesQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { Button } from '../../ui/button.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { ErrorState, Skeleton } from '../../ui/view-state.tsx';
import { secondsBetween, standingWords, tellingWords } from './outage-words.ts';

/** The card of what a collector tells by itself while it cannot reach the server. */
export function OutageCard({ component }: { readonly component: Component }) {
  const notices = useQuery({
    ...outageNoticesQuery(component.id),
    refetchInterval: useListInterval(30_000),
  });
  return (
    <Panel title="When the server is away" className="max-lg:order-2">
      {notices.data === undefined ? (
        notices.isError ? (
          <ErrorState
            title="It could not be loaded"
            error={notices.error}
            onRetry={() => void notices.refetch()}
          />
        ) : (
          <Skeleton className="m-4 h-5" />
        )
      ) : (
        <Notices notices={notices.data} />
      )}
    </Panel>
  );
}

function Notices({ notices }: { readonly notices: OutageNotices }) {
  const { standing, after_seconds: after, channels, fetched_at: fetchedAt } = notices;
  const isWell = standing === 'armed' || standing === 'off';
  return (
    <>
      <Facts className="grid-cols-2 p-4">
        <Fact label="It tells people" wide={standing === 'off'}>
          <span className={isWell ? '' : 'font-medium text-warning'}>{standingWords(standing)}</span>
        </Fact>
        {after !== null && <Fact label="After">{formatDuration(after)} without an answer</Fact>}
        {channels.length > 0 && (
          <Fact label="By" wide>
            <ul>
              {channels.map(({ id, name, fault }) => (
                <li key={id}>
                  {name}
                  {fault !== null && <span className="text-warning"> – {fault}</span>}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {standing === 'armed' && fetchedAt !== null && (
          <Fact label="It knows this since">
            <Ago time={fetchedAt} />
          </Fact>
        )}
      </Facts>
      <Outages outages={notices.outages} />
    </>
  );
}

const FIRST_SHOWN = 3;

function Outages({ outages }: Pick<OutageNotices, 'outages'>) {
  const [showsAll, setShowsAll] = useState(false);
  if (outages.length === 0) return null;
  const shown = showsAll ? outages : outages.slice(0, FIRST_SHOWN);
  return (
    <ul aria-label="Outages of which it told" className="border-t border-line text-13">
      {shown.map((outage) => (
        <li key={outage.id} className="border-b border-line px-4 py-3 last:border-b-0">
          <p className="font-medium">
            <Moment time={outage.began_at} />, for{' '}
            {formatDuration(secondsBetween(outage.began_at, outage.ended_at))}
          </p>
          {outage.last_error !== '' && <p className="text-soft break-words">{outage.last_error}</p>}
          <ul className="mt-1 text-soft">
            {outage.tellings.map((telling) => (
              <li
                key={`${telling.event} ${telling.channel_id} ${telling.recipient} ${telling.created_at}`}
                className={`break-words ${telling.state === 'failed' ? 'text-warning' : ''}`}
              >
                {tellingWords(telling)}
              </li>
            ))}
          </ul>
        </li>
      ))}
      {shown.length < outages.length && (
        <li className="p-3">
          <Button onClick={() => setShowsAll(true)}>Show older</Button>
        </li>
      )}
    </ul>
  );
}
