import type { NotificationChannel, OutageNoticeSetting } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { componentsQuery } from '../../api/components.ts';
import { formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts } from '../../ui/page.tsx';
import { OutageDialog } from './outage-form.tsx';
import { SettingsPanel } from './settings-panel.tsx';

/** What collectors tell by themselves while they cannot reach this server. */
export function OutagePanel({ channels }: { readonly channels: readonly NotificationChannel[] }) {
  return (
    <SettingsPanel
      title="When this server is away"
      parameter="outage"
      isSet={({ outage_notice: setting }) => setting !== null}
      dialog={(dialog) => <OutageDialog {...dialog} channels={channels} />}
    >
      {({ outage_notice: setting }) =>
        setting ? (
          <Summary setting={setting} channels={channels} />
        ) : (
          <p className="p-4 text-13 text-soft">
            Nobody would hear of it. Collectors at other places can tell people by themselves when they cannot
            reach this server any more.
          </p>
        )
      }
    </SettingsPanel>
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
