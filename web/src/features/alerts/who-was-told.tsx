import type { AlertDetail } from '@stratora/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { deliveryPagesQuery } from '../../api/deliveries.ts';
import { useListInterval } from '../../api/live-context.ts';
import { channelsQuery } from '../../api/notification-channels.ts';
import { heldWords } from '../../domain/alert-words.ts';
import { DeliveryList } from '../../domain/delivery-list.tsx';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/error-text.ts';
import { Panel } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/view-state.tsx';

/** How many deliveries are shown unasked. */
const SHOWN = 8;

/** Who was told of an alert, when, by which channel, and what came of it. */
export function WhoWasTold({ alert }: { readonly alert: AlertDetail }) {
  const pages = useInfiniteQuery({
    ...deliveryPagesQuery({ alert_id: alert.id }),
    refetchInterval: useListInterval(10_000),
  });
  const [isWhole, setWhole] = useState(false);
  const items = pages.data?.pages[0]?.items ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const shown = isWhole ? items : items.slice(0, SHOWN);
  return (
    <Panel
      title="Who was told"
      aside={
        total > items.length ? (
          <Link to={`/alerts/deliveries?alert=${alert.id}`} className="text-accent-text hover:underline">
            All {total.toLocaleString('en-US')}
          </Link>
        ) : undefined
      }
    >
      {pages.data === undefined ? (
        pages.isError ? (
          <p role="alert" className="px-4 py-3 text-13 text-critical">
            It is not known: {describeError(pages.error)}
          </p>
        ) : (
          <SkeletonRows count={2} />
        )
      ) : items.length === 0 ? (
        <NobodyWasTold alert={alert} />
      ) : (
        <DeliveryList label="Who was told" about="alert" deliveries={shown} />
      )}
      {shown.length < items.length && (
        <div className="border-t border-line px-4 py-2">
          <Button onClick={() => setWhole(true)}>Show all {items.length}</Button>
        </div>
      )}
      {alert.links.node !== null && alert.links.definition !== null && (
        <p className="border-t border-line px-4 py-3 text-13 text-soft">
          <Link to={`/nodes/${alert.node_id}?tab=alerts&why=${alert.definition_id}`} className="text-link">
            What is judged here, minute by minute
          </Link>
        </p>
      )}
    </Panel>
  );
}

/** Why nobody was told, as far as the alert and the channels say so. */
function NobodyWasTold({ alert }: { readonly alert: AlertDetail }) {
  const channels = useQuery(channelsQuery).data;
  const hasNone = channels !== undefined && channels.every(({ enabled }) => !enabled);
  return (
    <p className="px-4 py-3 text-soft">
      Nobody.{' '}
      {hasNone ? (
        <>
          No channel is on that could tell anybody.{' '}
          <Link to="/settings/channels" className="text-link">
            Add a channel
          </Link>
        </>
      ) : alert.held !== null ? (
        `${heldWords(alert.held.by)}. Whoever would be told hears of it once it is released and still there.`
      ) : alert.muted !== null ? (
        'It is muted.'
      ) : (
        'No team takes it at this time, or its first step is still to come.'
      )}
    </p>
  );
}
