import type { DiscoveryJob } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleStop, Ellipsis, Pencil, RotateCw, ScanSearch } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { discoveryJobQuery, useDiscoveryAction } from '../../api/discovery.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { EntityHeader, EntityPage } from '../../domain/entity-page.tsx';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { tellFailure } from '../../ui/toast.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { DeleteJob } from './delete-job.tsx';
import { FirstSteps } from './first-steps.tsx';
import { JobBadge } from './job-columns.tsx';
import { JobFacts } from './job-facts.tsx';
import { isUnderWay, scannerName, scheduleWords, targetWords } from './job-words.ts';
import { LedgerTab } from './ledger-tab.tsx';
import { ResultsTab } from './results-tab.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunsTab } from './runs-tab.tsx';

const TABS = [
  { id: 'results', label: 'Results' },
  { id: 'changes', label: 'What changed' },
  { id: 'packets', label: 'Packets sent' },
  { id: 'runs', label: 'Runs' },
  { id: 'settings', label: 'Settings' },
] as const;

/** Milliseconds between two looks at a run that is under way, beside what events tell. */
const UNDER_WAY_MS = 3_000;

/** The page of a job: how far it is, and what it has found. */
export function JobPage() {
  const { jobId = '' } = useParams();
  const interval = useListInterval();
  const job = useQuery({
    ...discoveryJobQuery(jobId),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isUnderWay(data.status) ? UNDER_WAY_MS : interval,
  });
  return (
    <EntityPage
      query={job}
      noun="job"
      icon={ScanSearch}
      list={{ to: '/discovery', label: 'All jobs' }}
      gone="It may have been deleted."
    >
      {(found) => <JobView job={found} />}
    </EntityPage>
  );
}

function JobView({ job }: { readonly job: DiscoveryJob }) {
  const [parameters] = useSearchParams();
  const wanted = parameters.get('tab');
  const active = TABS.find(({ id }) => id === wanted)?.id ?? 'results';
  const isFirst = parameters.get('first') !== null;
  const keep = isFirst ? '&first=1' : '';
  return (
    <>
      <EntityHeader
        path={[{ to: '/discovery', label: 'Discovery' }]}
        name={job.name}
        marks={<JobBadge job={job} />}
        actions={<JobActions job={job} />}
      >
        <span className="break-words">{targetWords(job)}</span>
        <span className="text-faint">
          {' '}
          · {scannerName(job)} scans{job.site_name !== null && ` at ${job.site_name}`} · {scheduleWords(job)}
          {job.next_run_at !== null && (
            <>
              , next <Ago time={job.next_run_at} />
            </>
          )}
        </span>
      </EntityHeader>
      {isFirst && <FirstSteps job={job} />}
      <RunProgress job={job} />
      <TabLinks
        label="Parts of this job"
        tabs={TABS.map(({ id, label }) => ({
          label,
          to: id === 'results' ? `?${keep.slice(1)}` : `?tab=${id}${keep}`,
          active: id === active,
        }))}
      />
      {active === 'results' && <ResultsTab job={job} />}
      {active === 'changes' && <ChangesTab job={job} />}
      {active === 'packets' && <LedgerTab job={job} />}
      {active === 'runs' && <RunsTab job={job} />}
      {active === 'settings' && <JobFacts job={job} />}
    </>
  );
}

function JobActions({ job }: { readonly job: DiscoveryJob }) {
  const may = useMay()('discovery.write');
  const act = useDiscoveryAction();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  if (!may) return null;
  const run = (action: 'cancel' | 'rerun') =>
    act.mutate({ id: job.id, action }, { onError: (error) => tellFailure('It goes on as it was', error) });
  return (
    <>
      {isUnderWay(job.status) ? (
        <Button
          disabled={act.isPending}
          icon={<CircleStop size={14} aria-hidden />}
          onClick={() => run('cancel')}
        >
          Cancel the run
        </Button>
      ) : (
        <Button
          disabled={act.isPending}
          icon={<RotateCw size={14} aria-hidden />}
          onClick={() => run('rerun')}
        >
          Run again
        </Button>
      )}
      <ButtonLink to={`/discovery/${job.id}/edit`} icon={<Pencil size={14} aria-hidden />}>
        Change
      </ButtonLink>
      <Menu
        trigger={
          <IconButton label="More actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem danger onSelect={() => setDeleting(true)}>
          Delete
        </MenuItem>
      </Menu>
      <DeleteJob
        job={deleting ? job : undefined}
        onClose={() => setDeleting(false)}
        onDone={() => void navigate('/discovery')}
      />
    </>
  );
}
