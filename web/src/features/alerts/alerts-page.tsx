import { useQuery } from '@tanstack/react-query';
import { Volume2, VolumeX } from 'lucide-react';
import { Outlet, useLocation } from 'react-router';
import { alertCountsQuery } from '../../api/alerts.ts';
import { useListInterval } from '../../api/live-context.ts';
import { playAlertSound, useAlertSound } from '../../domain/alert-sound.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format/units.ts';
import { Page } from '../../ui/page.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';

/** The frame of the lists of alerts: what is wrong, what was, who was told, and what is judged. */
export function AlertsPage() {
  const { pathname } = useLocation();
  const counts = useQuery({ ...alertCountsQuery, refetchInterval: useListInterval(30_000) }).data;
  const tab = (to: string, label: string, count?: number) => ({ to, label, count, active: pathname === to });
  return (
    <Page
      title="Alerts"
      fill
      aside={
        counts !== undefined &&
        counts.active > 0 && (
          <span role="status" className="tabular text-13 text-faint">
            {counts.open === 0
              ? 'all are taken care of'
              : `${formatCount(counts.open)} ${counts.open === 1 ? 'needs' : 'need'} somebody`}
          </span>
        )
      }
      actions={<SoundButton />}
    >
      <TabLinks
        label="Lists of alerts"
        tabs={[
          tab('/alerts', 'Active', counts?.active),
          tab('/alerts/history', 'History'),
          tab('/alerts/deliveries', 'Deliveries'),
          tab('/alerts/definitions', 'Definitions'),
        ]}
      />
      <Outlet />
    </Page>
  );
}

/** Switches the sound of new critical alerts, and lets it be heard. */
function SoundButton() {
  const [on, setOn] = useAlertSound();
  const Icon = on ? Volume2 : VolumeX;
  return (
    <IconButton
      label={on ? 'Sound for new critical alerts is on' : 'Sound for new critical alerts is off'}
      aria-pressed={on}
      onClick={() => {
        setOn(!on);
        if (!on) playAlertSound();
      }}
    >
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}
