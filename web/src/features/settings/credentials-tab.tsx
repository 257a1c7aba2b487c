import type { Credential } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/permission.ts';
import { credentialsQuery } from '../../api/resources.ts';
import { credentialTypeName } from '../../domain/credential-types.ts';
import { secretFieldName } from '../../domain/credential-words.ts';
import { EditedEntity } from '../../domain/edited-entity.tsx';
import { ResourceState, useFormAddress } from '../../domain/resource-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import {
  type Column,
  compareNumber,
  compareText,
  compareTime,
  type Sort,
  sortRows,
} from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { EmptyState } from '../../ui/view-state.tsx';
import { CredentialForm } from './credential-form.tsx';
import { DeleteCredential } from './delete-credential.tsx';
import { RevealDialog } from './reveal-dialog.tsx';

const COLUMNS: readonly Column<Credential>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 220,
    compare: (a, b) => compareText(a.name, b.name),
    cell: (item) => item.name,
  },
  {
    id: 'type',
    header: 'Type',
    width: 112,
    compare: (a, b) => compareText(a.type, b.type),
    cell: (item) => credentialTypeName(item.type),
  },
  {
    id: 'secret',
    header: 'Holds',
    width: 300,
    cell: (item) => (
      <span title={item.secret_fields.map(secretFieldName).join(', ')}>
        {item.secret_fields.map(secretFieldName).join(', ')}
      </span>
    ),
  },
  {
    id: 'nodes',
    header: 'Nodes',
    width: 88,
    align: 'right',
    compare: (a, b) => compareNumber(a.node_count, b.node_count),
    cell: (item) => formatCount(item.node_count),
  },
  { id: 'enabled', header: 'In use', width: 112, cell: (item) => (item.enabled ? 'yes' : 'switched off') },
  {
    id: 'description',
    header: 'Description',
    width: 240,
    cell: (item) => item.description ?? '',
    hidden: true,
  },
  {
    id: 'updated',
    header: 'Changed',
    width: 104,
    align: 'right',
    compare: (a, b) => compareTime(a.updated_at, b.updated_at),
    cell: (item) => <Ago time={item.updated_at} />,
  },
];

export function CredentialsTab() {
  const may = useMay();
  const credentials = useQuery(credentialsQuery);
  const form = useFormAddress();
  const [sort, setSort] = useState<Sort>({ id: 'name', descending: false });
  const [deleting, setDeleting] = useState<Credential>();
  const [revealing, setRevealing] = useState<Credential>();
  const manage = may('credential.manage');
  const edited = credentials.data?.find(({ id }) => id === form.editing);
  const add = manage && (
    <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={form.add}>
      Add credential
    </Button>
  );
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 text-13 text-soft">
          What collectors need to ask devices. Secrets are stored encrypted and never shown in lists.
        </p>
        {add}
      </div>
      <ResourceState query={credentials} what="The credentials">
        {(items) => (
          <DataTable
            name="credentials"
            label="Credentials"
            columns={COLUMNS}
            rows={sortRows(items, COLUMNS, sort)}
            rowId={({ id }) => id}
            rowHref={({ id }) => `/settings/credentials/${id}`}
            sort={sort}
            onSort={setSort}
            rowActions={
              manage
                ? (item) => (
                    <Menu
                      trigger={
                        <IconButton label={`Actions for ${item.name}`}>
                          <Ellipsis size={16} aria-hidden />
                        </IconButton>
                      }
                    >
                      <MenuItem onSelect={() => form.edit(item.id)}>Edit or replace the secret</MenuItem>
                      <MenuItem onSelect={() => setRevealing(item)}>Reveal the secret</MenuItem>
                      <MenuItem danger onSelect={() => setDeleting(item)}>
                        Delete
                      </MenuItem>
                    </Menu>
                  )
                : undefined
            }
            narrowRow={(item) => (
              <>
                <div className="truncate font-medium">{item.name}</div>
                <div className="truncate text-12 text-faint">
                  {credentialTypeName(item.type)}, {plural(item.node_count, 'node')}
                  {!item.enabled && ', switched off'}
                </div>
              </>
            )}
            empty={
              <EmptyState icon={KeyRound} title="No credentials" action={add}>
                Add an SNMP community, an SNMPv3 user or another login, then attach it to nodes.
              </EmptyState>
            }
          />
        )}
      </ResourceState>
      <FormDialog
        open={manage && (form.adding || edited !== undefined)}
        onClose={form.close}
        title={edited === undefined ? 'Add a credential' : `Edit ${edited.name}`}
      >
        {(close) => (
          <EditedEntity<Credential> path={edited && `/credentials/${edited.id}`}>
            {(credential) => <CredentialForm edited={credential} close={close} />}
          </EditedEntity>
        )}
      </FormDialog>
      <RevealDialog credential={revealing} onClose={() => setRevealing(undefined)} />
      <DeleteCredential credential={deleting} onClose={() => setDeleting(undefined)} />
    </>
  );
}
