import type { NotificationChannel } from '@stratora/contract';
import { formatCount } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { type Column, compareNumber, compareText } from '../../ui/table/column.ts';
import { ToneBadge } from '../../ui/tone.tsx';
import { channelState, channelTypeName, targetsOf, targetWords } from './channel-words.ts';

/** Whether it works, as a badge that ticks by itself. */
export function ChannelBadge({ channel }: { readonly channel: NotificationChannel }) {
  const { tone, text } = channelState(channel, useNow(5_000));
  return <ToneBadge tone={tone}>{text}</ToneBadge>;
}

function StateCell({ channel }: { readonly channel: NotificationChannel }) {
  const { why } = channelState(channel, useNow(5_000));
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ChannelBadge channel={channel} />
      {why !== undefined && (
        <span className="truncate text-soft" title={why}>
          {why}
        </span>
      )}
    </span>
  );
}

const rankOf = (channel: NotificationChannel) => channelState(channel, 0).rank;

export const CHANNEL_COLUMNS: readonly Column<NotificationChannel>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 180,
    compare: (a, b) => compareText(a.name, b.name),
    cell: (channel) => channel.name,
  },
  {
    id: 'type',
    header: 'Type',
    width: 128,
    compare: (a, b) => compareText(channelTypeName(a.type), channelTypeName(b.type)),
    cell: (channel) => channelTypeName(channel.type),
  },
  {
    id: 'target',
    header: 'Tells',
    width: 220,
    compare: (a, b) => compareText(targetWords(a), targetWords(b)),
    cell: (channel) => <span title={targetsOf(channel).join(', ')}>{targetWords(channel)}</span>,
  },
  {
    id: 'state',
    header: 'State',
    width: 360,
    grows: true,
    compare: (a, b) => compareNumber(rankOf(a), rankOf(b)),
    cell: (channel) => <StateCell channel={channel} />,
  },
  {
    id: 'queued',
    header: 'Waiting',
    width: 88,
    align: 'right',
    compare: (a, b) => compareNumber(a.queued_count, b.queued_count),
    cell: ({ queued_count: count }) => (
      <span className={count === 0 ? 'text-faint' : ''}>{formatCount(count)}</span>
    ),
  },
];
