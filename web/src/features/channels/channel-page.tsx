import type { NotificationChannel } from '@stratora/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { BellPlus, Ellipsis, Pencil, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { deliveryPagesQuery } from '../../api/deliveries.ts';
import { useListInterval } from '../../api/live-context.ts';
import { channelQuery, useDeleteChannel } from '../../api/notification-channels.ts';
import { useMay } from '../../api/permission.ts';
import { DeliveryList } from '../../domain/delivery-list.tsx';
import { EntityHeader, EntityPage } from '../../domain/entity-page.tsx';
import { useFormAddress } from '../../domain/resource-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { ChannelFormDialog } from './channel-form.tsx';
import { addressOf, channelState, channelTypeName, SECRET_MARK, targetsOf } from './channel-words.ts';
import { DeleteChannel } from './channels-tab.tsx';
import { useChannelTest } from './test-dialog.tsx';

const SHOWN = 30;

export function ChannelPage() {
  const { channelId = '' } = useParams();
  const channel = useQuery({ ...channelQuery(channelId), refetchInterval: useListInterval(10_000) });
  return (
    <EntityPage
      query={channel}
      noun="channel"
      icon={BellPlus}
      list={{ to: '/settings/channels', label: 'All channels' }}
      gone="It may have been deleted. What was delivered stays in the history."
    >
      {(value) => <ChannelView channel={value} />}
    </EntityPage>
  );
}

function ChannelView({ channel }: { readonly channel: NotificationChannel }) {
  const test = useChannelTest();
  const manage = useMay()('channel.manage');
  const sendTest = (
    <Button
      look="primary"
      icon={<Send size={14} aria-hidden />}
      disabled={test.isSending || !channel.enabled}
      title={channel.enabled ? undefined : 'Switch it on first'}
      onClick={() => test.run(channel)}
    >
      Send a test
    </Button>
  );
  return (
    <>
      <ChannelHeader
        channel={channel}
        actions={
          manage && (
            <>
              {sendTest}
              <ChannelActions channel={channel} />
            </>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="min-w-0 lg:col-span-2">
          <DeliveryLog channel={channel} />
        </div>
        <ChannelFacts channel={channel} />
      </div>
      {test.dialog}
    </>
  );
}

function ChannelHeader({
  channel,
  actions,
}: {
  readonly channel: NotificationChannel;
  readonly actions: React.ReactNode;
}) {
  const { tone, text, why } = channelState(channel, useNow(5_000));
  return (
    <EntityHeader
      path={[{ to: '/settings/channels', label: 'Channels' }]}
      name={channel.name}
      marks={<ToneBadge tone={tone}>{text}</ToneBadge>}
      actions={actions}
    >
      {why !== undefined && `${why.replace(/\.$/, '')}. `}
      {tone === 'hatched' && 'Send a test: nobody knows yet whether it works. '}
      {channel.queued_count > 0 &&
        `${plural(channel.queued_count, 'message')} ${channel.queued_count === 1 ? 'waits' : 'wait'} for it.`}
    </EntityHeader>
  );
}

function ChannelActions({ channel }: { readonly channel: NotificationChannel }) {
  const form = useFormAddress();
  const navigate = useNavigate();
  const remove = useDeleteChannel();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => form.edit('1')}>
        Edit
      </Button>
      <Menu
        trigger={
          <IconButton label="More actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setDeleting(true)}>
          Delete channel
        </MenuItem>
      </Menu>
      <ChannelFormDialog open={form.editing !== undefined} channel={channel} onClose={form.close} />
      <DeleteChannel
        channel={deleting ? channel : undefined}
        onClose={() => setDeleting(false)}
        onDelete={async (id) => {
          await remove.mutateAsync(id);
          await navigate('/settings/channels');
        }}
      />
    </>
  );
}

function ChannelFacts({ channel }: { readonly channel: NotificationChannel }) {
  const { config } = channel;
  const headers = Object.keys((config['headers'] as object | undefined) ?? {});
  return (
    <Panel title="About">
      <Facts className="p-4">
        <Fact label="Type">{channelTypeName(channel.type)}</Fact>
        <Fact label="At most">{plural(channel.max_per_minute, 'message')} a minute</Fact>
        <Fact label={channel.type === 'email' ? 'Recipients' : 'Address'} wide>
          {channel.type === 'email' ? (
            <ul>
              {targetsOf(channel).map((address) => (
                <li key={address} className="break-all">
                  {address}
                </li>
              ))}
            </ul>
          ) : (
            <span className="font-mono text-12 break-all">{addressOf(config)}</span>
          )}
        </Fact>
        {channel.type === 'webhook' && (
          <>
            <Fact label="Signed">
              {config['signing_secret'] === SECRET_MARK ? 'by X-Stratora-Signature' : 'no'}
            </Fact>
            <Fact label="Own headers">{headers.length === 0 ? 'none' : headers.join(', ')}</Fact>
          </>
        )}
        <Fact label="Last accepted">
          <Ago time={channel.last_accepted_at} />
        </Fact>
        <Fact label="Last failure">
          {channel.last_failure === null ? 'none since' : <Ago time={channel.last_failure.at} />}
        </Fact>
        <Fact label="Text" wide>
          {channel.text === null ? (
            'the built-in one'
          ) : (
            <span className="font-mono text-12 break-words whitespace-pre-wrap">{channel.text}</span>
          )}
        </Fact>
        <Fact label="Last changed">
          <Moment time={channel.updated_at} />
        </Fact>
      </Facts>
    </Panel>
  );
}

/** The newest deliveries of a channel. */
function DeliveryLog({ channel }: { readonly channel: NotificationChannel }) {
  const pages = useInfiniteQuery({
    ...deliveryPagesQuery({ channel_id: channel.id }),
    refetchInterval: useListInterval(10_000),
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  return (
    <Panel
      title="Delivery log"
      aside={
        total > SHOWN ? (
          <Link to={`/alerts/deliveries?channel=${channel.id}`} className="text-accent-text hover:underline">
            All {total.toLocaleString('en-US')}
          </Link>
        ) : undefined
      }
    >
      {pages.data === undefined ? (
        pages.isError ? (
          <ErrorState
            title="The deliveries could not be loaded"
            error={pages.error}
            onRetry={() => void pages.refetch()}
          />
        ) : (
          <SkeletonRows />
        )
      ) : items.length === 0 ? (
        <EmptyState icon={Send} title="Nothing went out by it yet">
          Each message is listed here with what came of it. Send a test to see whether the other end takes it.
        </EmptyState>
      ) : (
        <DeliveryList label="Deliveries" about="channel" deliveries={items.slice(0, SHOWN)} />
      )}
    </Panel>
  );
}
