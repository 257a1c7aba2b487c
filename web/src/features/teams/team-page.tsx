import type { EscalationTeam } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Pencil, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { teamQuery, useDeleteTeam } from '../../api/escalation-teams.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { EntityHeader, EntityPage } from '../../domain/entity-page.tsx';
import { useFormAddress } from '../../domain/resource-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Panel } from '../../ui/page.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
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
  return (
    <EntityPage
      query={team}
      noun="team"
      icon={UsersRound}
      list={{ to: '/settings/teams', label: 'All teams' }}
      gone="It may have been deleted."
    >
      {(value) => <TeamView team={value} />}
    </EntityPage>
  );
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
  const write = useMay()('team.manage');
  const names = useTeamNames();
  return (
    <EntityHeader
      path={[{ to: '/settings/teams', label: 'Teams' }]}
      name={team.name}
      marks={
        <>
          {team.is_default && <ToneBadge tone="neutral">Default</ToneBadge>}
          {!team.enabled && <ToneBadge tone="warn">Switched off</ToneBadge>}
        </>
      }
      actions={write && <TeamActions team={team} />}
    >
      {matchWords(team, names)}. {activeWords(team)}.
    </EntityHeader>
  );
}

function TeamActions({ team }: { readonly team: EscalationTeam }) {
  const form = useFormAddress();
  const navigate = useNavigate();
  const remove = useDeleteTeam();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => form.edit('1')}>
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
      <TeamFormDialog open={form.editing !== undefined} team={team} onClose={form.close} />
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
    </>
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
