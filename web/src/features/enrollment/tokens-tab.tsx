import type { EnrollmentToken } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ban, CircleCheck, Clock3, KeyRound, type LucideIcon, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { sitesQuery, tokensQuery, useRevokeToken } from '../../api/resources.ts';
import { writeDeploy } from '../../domain/deploy-address.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import {
  type Column,
  compareNumber,
  compareText,
  compareTime,
  formatSort,
  parseSort,
  sortRows,
} from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

const DEFAULT_SORT = { id: 'created', descending: true };

const STATES: Readonly<
  Record<
    EnrollmentToken['state'],
    { readonly label: string; readonly tone: 'good' | 'neutral'; readonly icon: LucideIcon }
  >
> = {
  active: { label: 'Active', tone: 'good', icon: CircleCheck },
  expired: { label: 'Expired', tone: 'neutral', icon: Clock3 },
  exhausted: { label: 'Used up', tone: 'neutral', icon: CircleCheck },
  revoked: { label: 'Revoked', tone: 'neutral', icon: Ban },
};

function TokenState({ token }: { readonly token: EnrollmentToken }) {
  const { label, tone, icon } = STATES[token.state];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {label}
    </ToneBadge>
  );
}

function usesOf(token: EnrollmentToken): string {
  const most = token.multi_use ? token.max_uses : 1;
  return most === null ? `${token.use_count}` : `${token.use_count} of ${most}`;
}

const nameOf = (token: EnrollmentToken) => token.description ?? 'Without description';

function tokenColumns(sites: ReadonlyMap<string, string>): readonly Column<EnrollmentToken>[] {
  const siteOf = ({ site_id: id }: EnrollmentToken) => (id === null ? 'any' : (sites.get(id) ?? '–'));
  return [
    {
      id: 'description',
      header: 'Description',
      width: 220,
      compare: (a, b) => compareText(nameOf(a), nameOf(b)),
      cell: nameOf,
    },
    {
      id: 'state',
      header: 'State',
      width: 112,
      compare: (a, b) => compareText(a.state, b.state),
      cell: (token) => <TokenState token={token} />,
    },
    {
      id: 'for',
      header: 'For',
      width: 108,
      cell: (token) => (token.component_type === null ? 'both' : `${token.component_type}s`),
    },
    {
      id: 'site',
      header: 'Site',
      width: 140,
      compare: (a, b) => compareText(siteOf(a), siteOf(b)),
      cell: siteOf,
    },
    {
      id: 'approval',
      header: 'Approval',
      width: 128,
      cell: (token) => (token.auto_approve ? 'automatic' : 'by a person'),
    },
    {
      id: 'uses',
      header: 'Uses',
      width: 96,
      align: 'right',
      compare: (a, b) => compareNumber(a.use_count, b.use_count),
      cell: usesOf,
    },
    {
      id: 'expires',
      header: 'Expires',
      width: 104,
      align: 'right',
      compare: (a, b) => compareTime(a.expires_at, b.expires_at),
      cell: (token) => (token.expires_at === null ? 'never' : <Ago time={token.expires_at} />),
    },
    {
      id: 'created',
      header: 'Created',
      width: 104,
      align: 'right',
      compare: (a, b) => compareTime(a.created_at, b.created_at),
      cell: (token) => <Ago time={token.created_at} />,
    },
    {
      id: 'by',
      header: 'By',
      width: 112,
      compare: (a, b) => compareText(a.created_by ?? '', b.created_by ?? ''),
      cell: (token) => token.created_by ?? 'the system',
    },
  ];
}

export function TokensTab() {
  const may = useMay();
  return may('enrollment.manage') ? (
    <Tokens />
  ) : (
    <EmptyState icon={KeyRound} title="For administrators">
      Enrollment tokens let new collectors and agents in; only administrators see and make them.
    </EmptyState>
  );
}

function Tokens() {
  const tokens = useQuery({ ...tokensQuery, refetchInterval: 30_000 });
  const sites = useQuery(sitesQuery);
  const revoke = useRevokeToken();
  const [revoking, setRevoking] = useState<EnrollmentToken>();
  const [parameters, setParameters] = useSearchParams();
  const columns = useMemo(
    () => tokenColumns(new Map((sites.data ?? []).map(({ id, name }) => [id, name]))),
    [sites.data],
  );
  const sort = parseSort(parameters.get('sort'), DEFAULT_SORT);
  const create = (
    <Button
      look="primary"
      icon={<Plus size={14} aria-hidden />}
      onClick={() => setParameters(writeDeploy(parameters, 'collector'))}
    >
      Create token
    </Button>
  );
  return (
    <>
      <p className="text-13 text-soft">
        A token lets a new collector or agent register; after that it has a key of its own. The command that
        adds one brings its token along.
      </p>
      {tokens.data === undefined && tokens.isError && (
        <ErrorState
          title="The tokens could not be loaded"
          error={tokens.error}
          onRetry={() => void tokens.refetch()}
        />
      )}
      {tokens.data === undefined && !tokens.isError && <SkeletonRows />}
      {tokens.data !== undefined && (
        <DataTable
          name="tokens"
          label="Enrollment tokens"
          columns={columns}
          rows={sortRows(tokens.data, columns, sort)}
          rowId={({ id }) => id}
          sort={sort}
          onSort={(next) => setParameters({ sort: formatSort(next) }, { replace: true })}
          rowActions={(token) =>
            token.state === 'active' ? (
              <IconButton label={`Revoke ${nameOf(token)}`} onClick={() => setRevoking(token)}>
                <Ban size={16} aria-hidden />
              </IconButton>
            ) : null
          }
          narrowRow={(token) => (
            <div className="flex items-center gap-3">
              <div className="min-w-0 flex-1">
                <div className="truncate font-medium">{nameOf(token)}</div>
                <div className="text-12 text-faint">
                  used {usesOf(token)},{' '}
                  {token.expires_at === null ? (
                    'never expires'
                  ) : (
                    <>
                      expiry <Ago time={token.expires_at} />
                    </>
                  )}
                </div>
              </div>
              <TokenState token={token} />
            </div>
          )}
          empty={
            <EmptyState icon={KeyRound} title="No tokens" action={create}>
              Create one to enroll a collector or an agent; you get the command to run on its host.
            </EmptyState>
          }
        />
      )}
      <ConfirmDialog
        open={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={`Revoke "${revoking === undefined ? '' : nameOf(revoking)}"?`}
        confirmLabel="Revoke token"
        danger
        onConfirm={async () => {
          if (revoking === undefined) return;
          await revoke.mutateAsync(revoking.id);
          tellDone('Token revoked');
        }}
      >
        Nothing more can enroll with it. What is enrolled already stays.
      </ConfirmDialog>
    </>
  );
}
