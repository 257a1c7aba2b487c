import type { EscalationTeam } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Pencil, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { teamQuery, useDeleteTeam } from '../../api/escalation-teams.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Panel, usePageTitle } from '../../ui/page.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, Skeleton, StaleNotice } from '../../ui/view-state.tsx';
import { OnCallPanel } from './on-call-panel.tsx';
import { RotaCalendar } from './rota-calendar.tsx';
import { SamplePanel } from './sample-panel.tsx';
import { TeamFormDialog } from './team-form.tsx';
import { TeamWarnings } from './team-warnings.tsx';
import { activeWords, afterWords, matchWords, repeatWords, toldWords } from './team-words.ts';
import { useTeamNames } from './use-team-names.ts';

export function TeamPage() {
  const { teamId = '' } = useParams();
  const team = useQuery({ ...teamQuery(teamId), refetchInterval: useListInterval(60_000) });
  usePageTitle(team.data?.name ?? 'Team');
  const retry = () => void team.refetch();
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      {team.data === undefined && team.isError && <TeamFailure error={team.error} onRetry={retry} />}
      {team.data === undefined && !team.isError && (
        <div role="status" aria-label="Loading" className="flex flex-col gap-4">
          <Skeleton className="h-16" />
          <Skeleton className="h-80" />
        </div>
      )}
      {team.data !== undefined && team.isError && (
        <StaleNotice error={team.error} lastSuccessAt={team.dataUpdatedAt} onRetry={retry} />
      )}
      {team.data !== undefined && <TeamView team={team.data} />}
    </div>
  );
}

function TeamFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return (
      <EmptyState
        alone
        icon={UsersRound}
        title="There is no such team"
        action={<ButtonLink to="/settings/teams">All teams</ButtonLink>}
      >
        It may have been deleted.
      </EmptyState>
    );
  }
  return <ErrorState title="The team could not be loaded" error={error} onRetry={onRetry} />;
}

function TeamView({ team }: { readonly team: EscalationTeam }) {
  return (
    <>
      <TeamHeader team={team} />
      <TeamWarnings warnings={team.warnings} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          {team.rotation !== null && <RotaCalendar team={team} />}
          <SamplePanel teamId={team.id} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:-order-1">
          <OnCallPanel team={team} />
          <StepsPanel team={team} />
        </div>
      </div>
    </>
  );
}

function TeamHeader({ team }: { readonly team: EscalationTeam }) {
  const names = useTeamNames();
  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Path" className="text-13 text-faint">
        <Link to="/settings/teams" className="hover:text-text hover:underline">
          Teams
        </Link>
      </nav>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-2">
            <h1 className="text-20 font-semibold tracking-tight break-words">{team.name}</h1>
            {team.is_default && <ToneBadge tone="neutral">Default</ToneBadge>}
            {!team.enabled && <ToneBadge tone="warn">Switched off</ToneBadge>}
          </div>
          <p className="break-words text-soft">
            {matchWords(team, names)}. {activeWords(team)}.
          </p>
        </div>
        <TeamActions team={team} />
      </div>
    </header>
  );
}

function TeamActions({ team }: { readonly team: EscalationTeam }) {
  const write = useMay()('team.manage');
  const [parameters, setParameters] = useSearchParams();
  const navigate = useNavigate();
  const remove = useDeleteTeam();
  const [deleting, setDeleting] = useState(false);
  const edit = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set('edit', '1');
    else next.delete('edit');
    setParameters(next, { replace: !open });
  };
  if (!write) return null;
  return (
    <div className="flex items-center gap-2">
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
        Edit
      </Button>
      {!team.is_default && (
        <Menu
          trigger={
            <IconButton label="More actions">
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setDeleting(true)}>
            Delete team
          </MenuItem>
        </Menu>
      )}
      <TeamFormDialog open={parameters.get('edit') !== null} team={team} onClose={() => edit(false)} />
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={`Delete ${team.name}?`}
        confirmLabel="Delete team"
        danger
        typeToConfirm={team.name}
        onConfirm={async () => {
          await remove.mutateAsync(team.id);
          tellDone(`${team.name} deleted`);
          await navigate('/settings/teams');
        }}
      >
        What it takes goes to the other teams that take it, and else to the default team.
      </ConfirmDialog>
    </div>
  );
}

function StepsPanel({ team }: { readonly team: EscalationTeam }) {
  // Steps have no name but their place.
  const placed = team.steps.map((step, place) => ({ step, place }));
  const names = useTeamNames();
  return (
    <Panel title="Steps">
      <ol>
        {placed.map(({ step, place }) => (
          <li key={place} className="flex gap-3 border-b border-line px-4 py-2 text-13">
            <span className="tabular w-24 shrink-0 text-faint">{afterWords(step.after_seconds)}</span>
            <span className="min-w-0 flex-1 break-words">{toldWords(step, names.channel)}</span>
          </li>
        ))}
      </ol>
      <p className="px-4 py-2 text-13 text-soft">{repeatWords(team.repeat)}</p>
    </Panel>
  );
}
