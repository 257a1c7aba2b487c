import type { NotificationChannel, OutageNoticeSetting } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Pencil, TriangleAlert } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { settingsQuery } from '../../api/settings.ts';
import { Button } from '../../ui/button.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { OutageDialog } from './outage-form.tsx';

/** What collectors tell by themselves while they cannot reach this server. */
export function OutagePanel({ channels }: { readonly channels: readonly NotificationChannel[] }) {
  const settings = useQuery(settingsQuery);
  const [parameters, setParameters] = useSearchParams();
  const edit = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set('outage', '1');
    else next.delete('outage');
    setParameters(next, { replace: !open });
  };
  const setting = settings.data?.outage_notice;
  return (
    <Panel
      title="When this server is away"
      aside={
        settings.data !== undefined && (
          <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
            {setting ? 'Edit' : 'Set up'}
          </Button>
        )
      }
    >
      {settings.data === undefined ? (
        settings.isError ? (
          <ErrorState
            title="The settings could not be loaded"
            error={settings.error}
            onRetry={() => void settings.refetch()}
          />
        ) : (
          <SkeletonRows count={2} />
        )
      ) : setting ? (
        <Summary setting={setting} channels={channels} />
      ) : (
        <p className="p-4 text-13 text-soft">
          Nobody would hear of it. Collectors at other places can tell people by themselves when they cannot
          reach this server any more.
        </p>
      )}
      <OutageDialog
        open={parameters.get('outage') !== null}
        onClose={() => edit(false)}
        channels={channels}
      />
    </Panel>
  );
}

interface SummaryProps {
  readonly setting: OutageNoticeSetting;
  readonly channels: readonly NotificationChannel[];
}

function Summary({ setting, channels }: SummaryProps) {
  const components = useQuery(componentsQuery);
  const used = channels.filter(({ id }) => setting.channel_ids.includes(id));
  const chosen = setting.collector_ids;
  const names = (components.data ?? []).filter(({ id }) => chosen?.includes(id)).map(({ name }) => name);
  return (
    <>
      {!used.some(({ enabled }) => enabled) && (
        <p className="flex gap-2 border-b border-line bg-warning-soft px-4 py-2 text-13">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
          None of its channels is there and switched on: nobody would be told.
        </p>
      )}
      <Facts className="p-4 lg:grid-cols-4">
        <Fact label="Collectors tell after">
          {formatDuration(setting.after_seconds)} without an answer, and every hour from then on
        </Fact>
        <Fact label="By">
          {used.length === 0
            ? 'no channel'
            : used.map(({ name, enabled }) => (enabled ? name : `${name} (off)`)).join(', ')}
        </Fact>
        <Fact label="Which collectors">
          {chosen === null ? 'all' : names.length === 0 ? 'none that is there' : names.join(', ')}
        </Fact>
      </Facts>
    </>
  );
}
