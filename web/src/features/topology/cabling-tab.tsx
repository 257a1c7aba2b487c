import type { TopologyGhost, TopologyLink, Wiring } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, ClipboardCheck } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { sitesQuery } from '../../api/resources.ts';
import { mapQuery, useApproveWiring, wiringQuery } from '../../api/topology.ts';
import { ghostState, linkName } from '../../domain/link-words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { EventsPanel } from './events-panel.tsx';

/** Approved cabling: whose wiring is approved, and what is not as it was approved. */
export function CablingTab() {
  const [parameters] = useSearchParams();
  const siteId = parameters.get('site') ?? undefined;
  const interval = useListInterval(30_000);
  const wiring = useQuery({ ...wiringQuery, refetchInterval: interval });
  const topology = useQuery({ ...mapQuery(siteId), refetchInterval: interval });
  if (wiring.data === undefined || topology.data === undefined) {
    const failed = wiring.isError ? wiring : topology;
    return failed.isError ? (
      <ErrorState
        title="The approved cabling could not be loaded"
        error={failed.error}
        onRetry={() => void failed.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  const links = new Map(topology.data.links.map((link) => [link.id, link]));
  const added = wiring.data.new_link_ids.flatMap((id) => links.get(id) ?? []);
  const ghosts = siteId === undefined ? wiring.data.ghosts : topology.data.ghosts;
  return (
    <div className="flex flex-col gap-4">
      <ApprovalPanel wiring={wiring.data} siteId={siteId} links={topology.data.links.length} />
      {wiring.data.approvals.length > 0 && <DifferencesPanel ghosts={ghosts} added={added} />}
      <EventsPanel siteId={siteId} />
    </div>
  );
}

interface ApprovalPanelProps {
  readonly wiring: Wiring;
  readonly siteId: string | undefined;
  /** Number of links that are there now. */
  readonly links: number;
}

function ApprovalPanel({ wiring, siteId, links }: ApprovalPanelProps) {
  const may = useMay();
  const sites = useQuery(sitesQuery).data ?? [];
  const [isAsking, setAsking] = useState(false);
  const approve = useApproveWiring();
  const place = sites.find(({ id }) => id === siteId)?.name ?? 'all sites';
  const button = may('map.write') && links > 0 && (
    <Button look="primary" icon={<ClipboardCheck size={14} aria-hidden />} onClick={() => setAsking(true)}>
      Approve the cabling as it is
    </Button>
  );
  const approvals = wiring.approvals.filter(({ site_id: id }) => siteId === undefined || id === siteId);
  return (
    <Panel title="Approved" aside={approvals.length > 0 && button}>
      {approvals.length === 0 ? (
        <EmptyState icon={ClipboardCheck} title="Nothing is approved yet" action={button}>
          Approve the cabling once, when it is right. A cable that somebody moves, and a device that vanishes,
          is then told of, and the map shows where it used to be.
        </EmptyState>
      ) : (
        <ul className="text-13">
          {approvals.map((approval) => (
            <li
              key={approval.site_id}
              className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-4 py-2.5 last:border-b-0"
            >
              <span className="font-medium">{approval.site_name}</span>
              <span className="text-soft">{plural(approval.links, 'link')}</span>
              <span className="ml-auto text-faint">
                by {approval.approved_by}, <Moment time={approval.approved_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Approve the cabling of ${place}?`}
        confirmLabel="Approve it"
        onConfirm={async () => {
          await approve.mutateAsync(siteId === undefined ? {} : { site_id: siteId });
          tellDone('The cabling is approved');
        }}
      >
        {plural(links, 'link')} as {links === 1 ? 'it is' : 'they are'} now. What was approved before is
        forgotten.
      </ConfirmDialog>
    </Panel>
  );
}

interface DifferencesPanelProps {
  readonly ghosts: readonly TopologyGhost[];
  readonly added: readonly TopologyLink[];
}

/** Everything that is not as it was approved; each is approved or looked at on the map. */
function DifferencesPanel({ ghosts, added }: DifferencesPanelProps) {
  const count = ghosts.length + added.length;
  if (count === 0) {
    return (
      <Panel title="Differences">
        <p className="flex items-center gap-2 px-4 py-4 text-13">
          <CircleCheck size={16} aria-hidden className="text-healthy" /> The cabling is as it was approved.
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Differences" aside={plural(count, 'difference')}>
      <ul aria-label="Differences" className="text-13">
        {ghosts.map((ghost) => (
          <Difference
            key={ghost.id}
            id={ghost.id}
            name={linkName(ghost)}
            state={ghostState(ghost.kind)}
            detail={ghost.detail}
            since={ghost.since}
          />
        ))}
        {added.map((link) => (
          <Difference
            key={link.id}
            id={link.id}
            name={linkName(link)}
            state={{ label: 'New', tone: 'info' }}
            detail="It was not there when the cabling was approved."
            since={link.first_seen_at}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface DifferenceProps {
  readonly id: string;
  readonly name: string;
  readonly state: ReturnType<typeof ghostState>;
  readonly detail: string;
  readonly since: string | null;
}

function Difference({ id, name, state, detail, since }: DifferenceProps) {
  const may = useMay();
  const approve = useApproveWiring();
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0">
      <ToneBadge tone={state.tone}>{state.label}</ToneBadge>
      <div className="min-w-0 flex-1 basis-60">
        <Link to={`/topology?view=map&show=${id}`} className="font-medium break-words hover:underline">
          <bdi>{name}</bdi>
        </Link>
        <div className="text-soft">
          <bdi className="break-words">{deviceLine(detail, 240)}</bdi>
        </div>
      </div>
      <span className="text-12 text-faint">
        <Ago time={since} />
      </span>
      {may('map.write') && (
        <Button
          disabled={approve.isPending}
          aria-label={`Approve: ${name}`}
          onClick={() =>
            approve.mutate(
              { ids: [id] },
              {
                onSuccess: () => tellDone('Approved'),
                onError: (error) => tellFailure('It could not be approved', error),
              },
            )
          }
        >
          It is right so
        </Button>
      )}
    </li>
  );
}
