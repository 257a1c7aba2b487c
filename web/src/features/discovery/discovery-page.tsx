import type { DiscoveryJob } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Plus, ScanSearch } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { discoveryJobsQuery, useDiscoveryAction } from '../../api/discovery.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { ResourceState } from '../../domain/resource-state.tsx';
import { ButtonLink, IconButton } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { Menu, MenuItem, MenuLink } from '../../ui/menu.tsx';
import { Page } from '../../ui/page.tsx';
import { type Sort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser } from '../../ui/table/table-tools.tsx';
import { tellFailure } from '../../ui/toast.tsx';
import { EmptyState } from '../../ui/view-state.tsx';
import { DeleteJob } from './delete-job.tsx';
import { JOB_COLUMNS, JobBadge, presentDevices } from './job-columns.tsx';
import { isUnderWay, targetWords } from './job-words.ts';

const TABLE = 'discovery-jobs';

/** The jobs that scan networks. */
export function DiscoveryPage() {
  const may = useMay()('discovery.write');
  const jobs = useQuery({ ...discoveryJobsQuery, refetchInterval: useListInterval() });
  const [sort, setSort] = useState<Sort>({ id: 'last', descending: false });
  const [deleting, setDeleting] = useState<DiscoveryJob>();
  const add = may && (
    <ButtonLink to="/discovery/new" look="primary" icon={<Plus size={14} aria-hidden />}>
      New discovery
    </ButtonLink>
  );
  return (
    <Page
      title="Discovery"
      lead="Jobs that scan a network: what answers, what each of it is, and what has changed."
      actions={
        <>
          <ColumnChooser table={TABLE} columns={JOB_COLUMNS} />
          {add}
        </>
      }
    >
      <ResourceState query={jobs} what="The jobs">
        {(items) => (
          <DataTable
            name={TABLE}
            label="Discovery jobs"
            columns={JOB_COLUMNS}
            rows={sortRows(items, JOB_COLUMNS, sort)}
            rowId={({ id }) => id}
            rowHref={({ id }) => `/discovery/${id}`}
            sort={sort}
            onSort={setSort}
            rowActions={may ? (job) => <JobMenu job={job} onDelete={() => setDeleting(job)} /> : undefined}
            narrowRow={(job) => <NarrowJob job={job} />}
            empty={<NoJobs action={add} />}
          />
        )}
      </ResourceState>
      <DeleteJob job={deleting} onClose={() => setDeleting(undefined)} />
    </Page>
  );
}

function NoJobs({ action }: { readonly action: ReactNode }) {
  return (
    <EmptyState icon={ScanSearch} title="Nothing was scanned yet" action={action}>
      Name a network, and a credential by which its devices answer. What is found comes with vendor, model and
      template, and is monitored by a click.
    </EmptyState>
  );
}

function JobMenu({ job, onDelete }: { readonly job: DiscoveryJob; readonly onDelete: () => void }) {
  const act = useDiscoveryAction();
  const run = (action: 'cancel' | 'rerun') =>
    act.mutate(
      { id: job.id, action },
      { onError: (error) => tellFailure(`${job.name} goes on as it was`, error) },
    );
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${job.name}`}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      {isUnderWay(job.status) ? (
        <MenuItem onSelect={() => run('cancel')}>Cancel the run</MenuItem>
      ) : (
        <MenuItem onSelect={() => run('rerun')}>Run it again</MenuItem>
      )}
      <MenuLink to={`/discovery/${job.id}/edit`}>Change</MenuLink>
      <MenuItem danger onSelect={onDelete}>
        Delete
      </MenuItem>
    </Menu>
  );
}

function NarrowJob({ job }: { readonly job: DiscoveryJob }) {
  return (
    <>
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{job.name}</span>
        <JobBadge job={job} />
      </div>
      <div className="truncate text-12 text-faint">
        {plural(presentDevices(job), 'device')}, {job.devices.new} new · {targetWords(job)}
      </div>
    </>
  );
}
