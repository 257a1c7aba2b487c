import type { Role, User } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/permission.ts';
import { useDeleteUser, usersQuery } from '../../api/resources.ts';
import { useUser } from '../../api/session.ts';
import { EditedEntity } from '../../domain/edited-entity.tsx';
import { ResourceState, useFormAddress } from '../../domain/resource-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { type Column, compareText, compareTime, type Sort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { EmptyState } from '../../ui/view-state.tsx';
import { UserForm } from './user-form.tsx';

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  admin: 'Administrator',
  operator: 'Operator',
  viewer: 'Viewer',
};

function stateOf(user: User): string {
  if (!user.enabled) return 'switched off';
  return user.must_change_password ? 'has a first password' : 'active';
}

const COLUMNS: readonly Column<User>[] = [
  {
    id: 'username',
    header: 'User name',
    width: 200,
    compare: (a, b) => compareText(a.username, b.username),
    cell: (user) => user.username,
  },
  {
    id: 'display',
    header: 'Name',
    width: 200,
    compare: (a, b) => compareText(a.display_name ?? '', b.display_name ?? ''),
    cell: (user) => user.display_name ?? '',
  },
  {
    id: 'role',
    header: 'Role',
    width: 128,
    compare: (a, b) => compareText(a.role, b.role),
    cell: (user) => ROLE_NAMES[user.role],
  },
  {
    id: 'state',
    header: 'State',
    width: 160,
    compare: (a, b) => compareText(stateOf(a), stateOf(b)),
    cell: stateOf,
  },
  {
    id: 'login',
    header: 'Last login',
    width: 112,
    align: 'right',
    compare: (a, b) => compareTime(a.last_login_at, b.last_login_at),
    cell: (user) => <Ago time={user.last_login_at} />,
  },
  {
    id: 'created',
    header: 'Added',
    width: 104,
    align: 'right',
    compare: (a, b) => compareTime(a.created_at, b.created_at),
    cell: (user) => <Ago time={user.created_at} />,
  },
];

export function UsersTab() {
  const may = useMay();
  return may('user.manage') ? (
    <UserList />
  ) : (
    <EmptyState icon={Users} title="For administrators">
      Only administrators see and manage users.
    </EmptyState>
  );
}

function UserList() {
  const users = useQuery(usersQuery);
  const me = useUser();
  const remove = useDeleteUser();
  const form = useFormAddress();
  const [sort, setSort] = useState<Sort>({ id: 'username', descending: false });
  const [deleting, setDeleting] = useState<User>();
  const edited = users.data?.find(({ id }) => id === form.editing);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 text-13 text-soft">
          Administrators may do everything; operators manage sites and nodes; viewers look.
        </p>
        <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={form.add}>
          Add user
        </Button>
      </div>
      <ResourceState query={users} what="The users">
        {(items) => (
          <DataTable
            name="users"
            label="Users"
            columns={COLUMNS}
            rows={sortRows(items, COLUMNS, sort)}
            rowId={({ id }) => id}
            sort={sort}
            onSort={setSort}
            rowActions={(user) => (
              <Menu
                trigger={
                  <IconButton label={`Actions for ${user.username}`}>
                    <Ellipsis size={16} aria-hidden />
                  </IconButton>
                }
              >
                <MenuItem onSelect={() => form.edit(user.id)}>Edit</MenuItem>
                {user.id !== me.id && (
                  <MenuItem danger onSelect={() => setDeleting(user)}>
                    Delete
                  </MenuItem>
                )}
              </Menu>
            )}
            narrowRow={(user) => (
              <>
                <div className="truncate font-medium">{user.username}</div>
                <div className="truncate text-12 text-faint">
                  {ROLE_NAMES[user.role]}, {stateOf(user)}
                </div>
              </>
            )}
            empty={
              <EmptyState icon={Users} title="No users">
                Add one for each person.
              </EmptyState>
            }
          />
        )}
      </ResourceState>
      <FormDialog
        open={form.adding || edited !== undefined}
        onClose={form.close}
        title={edited === undefined ? 'Add a user' : `Edit ${edited.username}`}
      >
        {(close) => (
          <EditedEntity<User> path={edited && `/users/${edited.id}`}>
            {(user) => <UserForm edited={user} isSelf={edited?.id === me.id} close={close} />}
          </EditedEntity>
        )}
      </FormDialog>
      <ConfirmDialog
        open={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        title={`Delete ${deleting?.username ?? ''}?`}
        confirmLabel="Delete user"
        danger
        typeToConfirm={deleting?.username ?? ''}
        onConfirm={async () => {
          if (deleting === undefined) return;
          await remove.mutateAsync(deleting.id);
          tellDone(`${deleting.username} deleted`);
        }}
      >
        The account is gone and its sessions end at once. What it did stays in the audit log.
      </ConfirmDialog>
    </>
  );
}
