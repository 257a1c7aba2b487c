import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { windowsQuery } from '../../api/maintenance-windows.ts';
import { useMay } from '../../api/permission.ts';
import { ResourceState, useFormAddress } from '../../domain/resource-state.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { MonthCalendar } from './month-calendar.tsx';
import { WindowFormDialog } from './window-form.tsx';
import type { WindowPlace } from './window-form-values.ts';
import { WindowList } from './window-list.tsx';

const PLACES = ['node', 'group', 'site'] as const;

const ALSO_MAX = 200;

/**
 * The place that an address plans for: `node=<id>`, `site=<id>` or `group=<id>`, with `name=` for the window and
 * `also=<id>,<id>` for nodes that go dark with it.
 */
function readPlace(parameters: URLSearchParams): WindowPlace | undefined {
  for (const type of PLACES) {
    const id = parameters.get(type);
    if (id === null || id === '') continue;
    const also = (parameters.get('also') ?? '').split(',').filter((one) => one !== '' && one !== id);
    return { type, id, name: (parameters.get('name') ?? '').slice(0, 120), also: also.slice(0, ALSO_MAX) };
  }
  return undefined;
}

/** Planned work: what runs, what is to come, and what is over. */
export function MaintenancePage() {
  const windows = useQuery({ ...windowsQuery, refetchInterval: useListInterval(60_000) });
  const [parameters, setParameters] = useSearchParams();
  const form = useFormAddress();
  const navigate = useNavigate();
  const write = useMay()('maintenance.write');
  const isCalendar = parameters.get('view') === 'calendar';
  const place = useMemo(() => readPlace(parameters), [parameters]);
  const close = () => {
    const next = new URLSearchParams(parameters);
    for (const name of ['add', 'also', 'name', ...PLACES]) next.delete(name);
    setParameters(next, { replace: true });
  };
  const running = windows.data?.filter(({ active }) => active).length ?? 0;
  const add = (
    <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={form.add}>
      Plan maintenance
    </Button>
  );
  return (
    <Page
      title="Maintenance"
      aside={
        running > 0 && (
          <span role="status" className="text-13 text-maintenance">
            {running} running
          </span>
        )
      }
      actions={write ? add : undefined}
      lead="Planned work. Within a window alerts are kept and marked, and nobody is told of them."
    >
      <TabLinks
        label="Views of maintenance"
        tabs={[
          { to: '/maintenance', label: 'List', active: !isCalendar },
          { to: '/maintenance?view=calendar', label: 'Calendar', active: isCalendar },
        ]}
      />
      {isCalendar ? (
        <MonthCalendar />
      ) : (
        <ResourceState query={windows} what="The maintenance windows">
          {(items) => <WindowList windows={items} mayWrite={write} addButton={write ? add : undefined} />}
        </ResourceState>
      )}
      <WindowFormDialog
        open={write && form.adding}
        window={undefined}
        place={place}
        onClose={close}
        onAdded={({ id }) => void navigate(`/maintenance/${id}`)}
      />
    </Page>
  );
}
