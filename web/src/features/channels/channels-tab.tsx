import type { NotificationChannel } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { BellPlus, Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { teamsQuery } from '../../api/escalation-teams.ts';
import { useListInterval } from '../../api/live-context.ts';
import { channelsQuery, useDeleteChannel } from '../../api/notification-channels.ts';
import { useMay } from '../../api/permission.ts';
import { ResourceState, useFormAddress } from '../../domain/resource-state.tsx';
import { listWords } from '../../domain/weekdays.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu, MenuItem, MenuLink } from '../../ui/menu.tsx';
import { type Sort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { EmptyState } from '../../ui/view-state.tsx';
import { CHANNEL_COLUMNS, ChannelBadge } from './channel-columns.tsx';
import { ChannelFormDialog } from './channel-form.tsx';
import { channelTypeName, namesOfTellers, targetWords } from './channel-words.ts';
import { MailServerPanel } from './mail-server-panel.tsx';
import { OutagePanel } from './outage-panel.tsx';
import { useChannelTest } from './test-dialog.tsx';

/** The ways by which people hear of alerts, and whether each works. */
export function ChannelsTab() {
  const channels = useQuery({ ...channelsQuery, refetchInterval: useListInterval(10_000) });
  const form = useFormAddress();
  const navigate = useNavigate();
  const manage = useMay()('channel.manage');
  const edited = channels.data?.find(({ id }) => id === form.editing);
  const add = (
    <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={form.add}>
      Add channel
    </Button>
  );
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-60 text-13 text-soft">
          A channel is a way to tell people: mail, a webhook, Slack or Teams. Teams decide which alerts go
          where.
        </p>
        {manage && add}
      </div>
      <ResourceState query={channels} what="The channels">
        {(items) => (
          <ChannelTable
            channels={items}
            onEdit={manage ? form.edit : undefined}
            addButton={manage ? add : undefined}
          />
        )}
      </ResourceState>
      {manage && (
        <MailServerPanel
          isUsed={channels.data?.some(({ type, enabled }) => type === 'email' && enabled) === true}
        />
      )}
      {manage && <OutagePanel channels={channels.data ?? []} />}
      <ChannelFormDialog
        open={manage && (form.adding || edited !== undefined)}
        channel={edited}
        onClose={form.close}
        onAdded={({ id }) => void navigate(`/settings/channels/${id}`)}
      />
    </>
  );
}

interface ChannelTableProps {
  readonly channels: readonly NotificationChannel[];
  readonly onEdit: ((id: string) => void) | undefined;
  readonly addButton: React.ReactNode;
}

function ChannelTable({ channels, onEdit, addButton }: ChannelTableProps) {
  const test = useChannelTest();
  const remove = useDeleteChannel();
  const [sort, setSort] = useState<Sort>({ id: 'name', descending: false });
  const [deleting, setDeleting] = useState<NotificationChannel>();
  return (
    <>
      <DataTable
        name="channels"
        label="Channels"
        columns={CHANNEL_COLUMNS}
        rows={sortRows(channels, CHANNEL_COLUMNS, sort)}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/settings/channels/${id}`}
        sort={sort}
        onSort={setSort}
        rowActions={
          onEdit === undefined
            ? undefined
            : (channel) => (
                <Menu
                  trigger={
                    <IconButton label={`Actions for ${channel.name}`}>
                      <Ellipsis size={16} aria-hidden />
                    </IconButton>
                  }
                >
                  <MenuItem disabled={test.isSending} onSelect={() => test.run(channel)}>
                    Send a test
                  </MenuItem>
                  <MenuItem onSelect={() => onEdit(channel.id)}>Edit</MenuItem>
                  <MenuLink to={`/alerts/deliveries?channel=${channel.id}`}>Show its deliveries</MenuLink>
                  <MenuItem danger onSelect={() => setDeleting(channel)}>
                    Delete
                  </MenuItem>
                </Menu>
              )
        }
        narrowRow={(channel) => (
          <>
            <div className="flex items-center gap-2">
              <span className="min-w-0 truncate font-medium">{channel.name}</span>
            </div>
            <div className="truncate text-12 text-faint">
              {channelTypeName(channel.type)} · {targetWords(channel)}
            </div>
            <div className="mt-1">
              <ChannelBadge channel={channel} />
            </div>
          </>
        )}
        empty={
          <EmptyState icon={BellPlus} title="Nobody is told of alerts yet" action={addButton}>
            Alerts show on these pages alone. With a channel, people and other systems hear of them by
            themselves.
          </EmptyState>
        }
      />
      {test.dialog}
      <DeleteChannel
        channel={deleting}
        onClose={() => setDeleting(undefined)}
        onDelete={remove.mutateAsync}
      />
    </>
  );
}

interface DeleteChannelProps {
  /** Undefined: not asked. */
  readonly channel: NotificationChannel | undefined;
  readonly onClose: () => void;
  readonly onDelete: (id: string) => Promise<unknown>;
}

export function DeleteChannel({ channel, onClose, onDelete }: DeleteChannelProps) {
  return (
    <ConfirmDialog
      open={channel !== undefined}
      onClose={onClose}
      title={`Delete ${channel?.name ?? ''}?`}
      confirmLabel="Delete channel"
      danger
      typeToConfirm={channel?.name ?? ''}
      onConfirm={async () => {
        if (channel === undefined) return;
        await onDelete(channel.id);
        tellDone(`${channel.name} deleted`);
      }}
    >
      <p>
        Nothing goes out by it any more, and what waits for it is given up. What was delivered stays in the
        history.
      </p>
      {channel !== undefined && <TellingTeams channelId={channel.id} />}
    </ConfirmDialog>
  );
}

/** Names the teams that tell by a channel. */
function TellingTeams({ channelId }: { readonly channelId: string }) {
  const teams = useQuery(teamsQuery).data ?? [];
  const names = namesOfTellers(teams, channelId);
  if (names.length === 0) return null;
  return (
    <p className="mt-2 text-text">
      {names.length === 1 ? 'A team tells by it' : `${names.length} teams tell by it`}:{' '}
      {listWords(names, 'and')}.
    </p>
  );
}
