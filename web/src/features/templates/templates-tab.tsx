import { useQuery } from '@tanstack/react-query';
import { FileSearch, LayoutTemplate } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/permission.ts';
import { type TemplateSummary, templatesQuery } from '../../api/resources.ts';
import { ResourceState } from '../../domain/resource-state.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { type Column, compareText, type Sort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState } from '../../ui/view-state.tsx';

const COLUMNS: readonly Column<TemplateSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 220,
    compare: (a, b) => compareText(a.name, b.name),
    cell: ({ name, part, custom }) => (
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate">{name}</span>
        {part === true && <span className="text-12 text-faint">part of others</span>}
        {custom && <ToneBadge tone="info">Your own</ToneBadge>}
      </span>
    ),
  },
  {
    id: 'vendor',
    header: 'Vendor',
    width: 160,
    compare: (a, b) => compareText(a.vendor ?? '', b.vendor ?? ''),
    cell: ({ vendor }) => vendor ?? '',
  },
  {
    id: 'by',
    header: 'Gathered by',
    width: 120,
    compare: (a, b) => compareText(a.gathered_by, b.gathered_by),
    cell: ({ gathered_by: by }) => by,
  },
  {
    id: 'description',
    header: 'What it is for',
    width: 420,
    grows: true,
    cell: ({ description }) => <span title={description}>{description}</span>,
  },
];

/** The device templates: what each kind of node is polled for. */
export function TemplatesTab() {
  const may = useMay();
  const templates = useQuery(templatesQuery);
  const [sort, setSort] = useState<Sort>({ id: 'name', descending: false });
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-60 text-13 text-soft">
          A device template says what a kind of node is polled for, and what its page shows.
        </p>
        {may('node.write') && (
          <ButtonLink
            to="/settings/template-proposal"
            look="primary"
            icon={<FileSearch size={14} aria-hidden />}
          >
            Propose from a walk
          </ButtonLink>
        )}
      </div>
      <ResourceState query={templates} what="The device templates">
        {(items) => (
          <DataTable
            name="device-templates"
            label="Device templates"
            columns={COLUMNS}
            rows={sortRows(items, COLUMNS, sort)}
            rowId={({ slug }) => slug}
            rowHref={({ slug }) => `/settings/templates/${slug}`}
            sort={sort}
            onSort={setSort}
            narrowRow={({ name, description }) => (
              <>
                <div className="truncate font-medium">{name}</div>
                <div className="truncate text-12 text-faint">{description}</div>
              </>
            )}
            empty={
              <EmptyState icon={LayoutTemplate} title="No device templates">
                The server has read none. They lie in its folder of templates.
              </EmptyState>
            }
          />
        )}
      </ResourceState>
    </>
  );
}
