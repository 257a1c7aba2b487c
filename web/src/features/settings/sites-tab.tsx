import type { Component, Site } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, MapPin, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useForm } from 'react-hook-form';
import { collectorChoices, siteCollectorName } from '../../api/collector-choice.ts';
import { componentsQuery } from '../../api/components.ts';
import { useMay } from '../../api/permission.ts';
import { sitesQuery, useDeleteSite, useSaveSite } from '../../api/resources.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import { type Edited, EditedEntity } from '../../domain/edited-entity.tsx';
import { ResourceState, useFormAddress } from '../../domain/resource-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field, TextArea, TextInput } from '../../ui/field.tsx';
import { type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Menu, MenuItem, MenuLink } from '../../ui/menu.tsx';
import { type Column, compareNumber, compareText, type Sort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { EmptyState } from '../../ui/view-state.tsx';

function siteColumns(components: readonly Component[]): readonly Column<Site>[] {
  const collectorOf = (site: Site) => siteCollectorName(site, components);
  return [
    {
      id: 'name',
      header: 'Name',
      width: 220,
      compare: (a, b) => compareText(a.name, b.name),
      cell: (site) => site.name,
    },
    {
      id: 'description',
      header: 'Description',
      width: 320,
      cell: (site) => <span title={site.description ?? undefined}>{site.description ?? ''}</span>,
    },
    {
      id: 'collector',
      header: 'Collector',
      width: 200,
      compare: (a, b) => compareText(collectorOf(a), collectorOf(b)),
      cell: collectorOf,
    },
    {
      id: 'nodes',
      header: 'Nodes',
      width: 96,
      align: 'right',
      compare: (a, b) => compareNumber(a.node_count, b.node_count),
      cell: (site) => formatCount(site.node_count),
    },
    { id: 'default', header: 'Default', width: 96, cell: (site) => (site.is_default ? 'yes' : '') },
  ];
}

export function SitesTab() {
  const may = useMay();
  const sites = useQuery(sitesQuery);
  const components = useQuery(componentsQuery);
  const remove = useDeleteSite();
  const form = useFormAddress();
  const [sort, setSort] = useState<Sort>({ id: 'name', descending: false });
  const [deleting, setDeleting] = useState<Site>();
  const columns = useMemo(() => siteColumns(components.data ?? []), [components.data]);
  const edited = sites.data?.find(({ id }) => id === form.editing);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 text-13 text-soft">
          A site is a place or a customer: it groups nodes and names the collector that reaches them.
        </p>
        {may('site.write') && (
          <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={form.add}>
            Add site
          </Button>
        )}
      </div>
      <ResourceState query={sites} what="The sites">
        {(items) => (
          <DataTable
            name="sites"
            label="Sites"
            columns={columns}
            rows={sortRows(items, columns, sort)}
            rowId={({ id }) => id}
            rowHref={({ id }) => `/nodes?site=${id}`}
            sort={sort}
            onSort={setSort}
            rowActions={
              may('site.write')
                ? (site) => (
                    <Menu
                      trigger={
                        <IconButton label={`Actions for ${site.name}`}>
                          <Ellipsis size={16} aria-hidden />
                        </IconButton>
                      }
                    >
                      <MenuItem onSelect={() => form.edit(site.id)}>Edit</MenuItem>
                      <MenuLink to={`/nodes?site=${site.id}`}>Show its nodes</MenuLink>
                      <MenuLink to={`/maintenance?add=1&site=${site.id}`}>Plan maintenance</MenuLink>
                      {!site.is_default && (
                        <MenuItem danger onSelect={() => setDeleting(site)}>
                          Delete
                        </MenuItem>
                      )}
                    </Menu>
                  )
                : undefined
            }
            narrowRow={(site) => (
              <>
                <div className="truncate font-medium">{site.name}</div>
                <div className="truncate text-12 text-faint">
                  {plural(site.node_count, 'node')}
                  {site.is_default && ', default'}
                </div>
              </>
            )}
            empty={
              <EmptyState icon={MapPin} title="No sites">
                Add one for each place or customer.
              </EmptyState>
            }
          />
        )}
      </ResourceState>
      <FormDialog
        open={may('site.write') && (form.adding || edited !== undefined)}
        onClose={form.close}
        title={edited === undefined ? 'Add a site' : `Edit ${edited.name}`}
      >
        {(close) => (
          <EditedEntity<Site> path={edited && `/sites/${edited.id}`}>
            {(site) => <SiteForm edited={site} close={close} />}
          </EditedEntity>
        )}
      </FormDialog>
      <ConfirmDialog
        open={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        title={`Delete ${deleting?.name ?? ''}?`}
        confirmLabel="Delete site"
        danger
        typeToConfirm={deleting?.name ?? ''}
        onConfirm={async () => {
          if (deleting === undefined) return;
          await remove.mutateAsync(deleting.id);
          tellDone(`${deleting.name} deleted`);
        }}
      >
        Only a site without nodes can be deleted. Move its nodes to another site first.
      </ConfirmDialog>
    </>
  );
}

interface Values {
  readonly name: string;
  readonly description: string;
  readonly default_collector_id: string;
}

function SiteForm({
  edited,
  close,
}: {
  readonly edited: Edited<Site> | undefined;
  readonly close: FormClose;
}) {
  const site = edited?.value;
  const components = useQuery(componentsQuery).data ?? [];
  const save = useSaveSite();
  const form = useForm<Values>({
    defaultValues: {
      name: site?.name ?? '',
      description: site?.description ?? '',
      default_collector_id: site?.default_collector_id ?? '',
    },
  });
  const state = useSubmit(form, ['name', 'description', 'default_collector_id'], async (values) => {
    const saved = await save.mutateAsync({
      id: site?.id,
      ifMatch: edited?.etag,
      body: {
        name: values.name.trim(),
        description: values.description.trim() === '' ? null : values.description.trim(),
        default_collector_id: values.default_collector_id === '' ? null : values.default_collector_id,
      },
    });
    close.done();
    tellDone(`${saved.name} saved`);
  });
  const { errors } = form.formState;
  return (
    <EditForm form={form} state={state} edited={edited} close={close} addLabel="Add site">
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('name', { required: 'Give it a name' })}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        {(control) => <TextArea {...control} {...form.register('description')} />}
      </Field>
      <FormSelect
        form={form}
        name="default_collector_id"
        label="Collector"
        help="Polls the nodes of this site, but for those that somebody gave to another"
        options={[
          { value: '', label: "The server's own collector", note: 'The one that runs beside the server' },
          ...collectorChoices(components, site?.default_collector_id ?? ''),
        ]}
      />
    </EditForm>
  );
}
