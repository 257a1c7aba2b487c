import type { EscalationTeam } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Plus, TriangleAlert, UsersRound } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { teamsQuery } from '../../api/escalation-teams.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { ResourceState, useFormAddress } from '../../domain/resource-state.tsx';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { type Column, compareNumber, compareText, type Sort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState } from '../../ui/view-state.tsx';
import { SamplePanel } from './sample-panel.tsx';
import { TeamFormDialog } from './team-form.tsx';
import { activeWords, matchWords, type TeamNames } from './team-words.ts';
import { useTeamNames } from './use-team-names.ts';

function onCallText(team: EscalationTeam): string {
  if (team.rotation === null) return 'no rotation';
  return team.on_call?.name ?? 'nobody';
}

function OnCallCell({ team }: { readonly team: EscalationTeam }) {
  if (team.rotation === null) return <span className="text-faint">no rotation</span>;
  if (team.on_call === null) return <span className="font-medium text-critical">nobody</span>;
  return (
    <span title={team.on_call.email ?? 'without a mail address'}>
      <span className="font-medium">{team.on_call.name}</span>
      {team.on_call.is_override && <span className="text-faint"> stands in</span>}
    </span>
  );
}

function WarningCell({ team }: { readonly team: EscalationTeam }) {
  const [first, ...more] = team.warnings;
  if (first === undefined) return <span className="text-faint">none</span>;
  return (
    <span
      className="flex min-w-0 items-center gap-2"
      title={team.warnings.map(({ message }) => message).join('\n')}
    >
      <TriangleAlert size={14} aria-hidden className="shrink-0 text-warning" />
      <span className="truncate">
        {first.message}
        {more.length > 0 && ` (and ${more.length} more)`}
      </span>
    </span>
  );
}

function teamColumns(names: TeamNames): readonly Column<EscalationTeam>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 180,
      compare: (a, b) => compareText(a.name, b.name),
      cell: (team) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate">{team.name}</span>
          {team.is_default && <ToneBadge tone="neutral">Default</ToneBadge>}
          {!team.enabled && <ToneBadge tone="warn">Off</ToneBadge>}
        </span>
      ),
    },
    {
      id: 'on_call',
      header: 'On call now',
      width: 160,
      compare: (a, b) => compareText(onCallText(a), onCallText(b)),
      cell: (team) => <OnCallCell team={team} />,
    },
    {
      id: 'match',
      header: 'Takes',
      width: 240,
      cell: (team) => <span title={matchWords(team, names)}>{matchWords(team, names)}</span>,
    },
    {
      id: 'active',
      header: 'When',
      width: 180,
      cell: (team) => <span title={activeWords(team)}>{activeWords(team)}</span>,
    },
    {
      id: 'steps',
      header: 'Steps',
      width: 72,
      align: 'right',
      compare: (a, b) => compareNumber(a.steps.length, b.steps.length),
      cell: (team) => team.steps.length,
    },
    {
      id: 'warnings',
      header: 'Warnings',
      width: 240,
      grows: true,
      compare: (a, b) => compareNumber(a.warnings.length, b.warnings.length),
      cell: (team) => <WarningCell team={team} />,
    },
  ];
}

/** Who is told of which alerts, and what would become of a sample one. */
export function TeamsTab() {
  const teams = useQuery({ ...teamsQuery, refetchInterval: useListInterval(60_000) });
  const form = useFormAddress();
  const navigate = useNavigate();
  const write = useMay()('team.manage');
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-60 text-13 text-soft">
          A team takes some of the alerts, at some hours, and tells people step by step until somebody
          acknowledges.
        </p>
        {write && (
          <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={form.add}>
            Add team
          </Button>
        )}
      </div>
      <ResourceState query={teams} what="The teams">
        {(items) => <TeamTable teams={items} />}
      </ResourceState>
      <SamplePanel />
      <TeamFormDialog
        open={write && form.adding}
        team={undefined}
        onClose={form.close}
        onAdded={({ id }) => void navigate(`/settings/teams/${id}`)}
      />
    </>
  );
}

function TeamTable({ teams }: { readonly teams: readonly EscalationTeam[] }) {
  const names = useTeamNames();
  const columns = useMemo(() => teamColumns(names), [names]);
  const [sort, setSort] = useState<Sort>({ id: 'name', descending: false });
  return (
    <DataTable
      name="teams"
      label="Teams"
      columns={columns}
      rows={sortRows(teams, columns, sort)}
      rowId={({ id }) => id}
      rowHref={({ id }) => `/settings/teams/${id}`}
      sort={sort}
      onSort={setSort}
      narrowRow={(team) => <NarrowTeam team={team} names={names} />}
      empty={
        <EmptyState icon={UsersRound} title="No teams">
          Without a team nobody is told of alerts, whatever channels there are.
        </EmptyState>
      }
    />
  );
}

function NarrowTeam({ team, names }: { readonly team: EscalationTeam; readonly names: TeamNames }) {
  return (
    <>
      <div className="flex items-center gap-2">
        <span className="min-w-0 truncate font-medium">{team.name}</span>
        {team.is_default && <ToneBadge tone="neutral">Default</ToneBadge>}
        {!team.enabled && <ToneBadge tone="warn">Off</ToneBadge>}
      </div>
      <div className="truncate text-12 text-soft">
        {team.rotation !== null && `On call: ${onCallText(team)} · `}
        {plural(team.steps.length, 'step')}
      </div>
      <div className="truncate text-12 text-faint">
        {matchWords(team, names)} · {activeWords(team)}
      </div>
      {team.warnings.length > 0 && (
        <div className="text-12">
          <WarningCell team={team} />
        </div>
      )}
    </>
  );
}
