import type { DeviceTemplate } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { LayoutTemplate, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { templateTextQuery, useDeleteTemplate } from '../../api/custom-templates.ts';
import { useMay } from '../../api/permission.ts';
import { templateQuery, templatesQuery } from '../../api/resources.ts';
import { EntityHeader, EntityPage } from '../../domain/entity-page.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { describeError } from '../../ui/error-text.ts';
import { plural } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { SkeletonRows } from '../../ui/view-state.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { inputWords, intervalWords, measurementsOf, needWords } from './template-words.ts';

/** One device template with everything it inherits: what it polls and what the node's page shows of it. */
export function TemplatePage() {
  const { slug = '' } = useParams();
  return (
    <EntityPage
      query={useQuery(templateQuery(slug))}
      noun="device template"
      icon={LayoutTemplate}
      list={{ to: '/settings/templates', label: 'All device templates' }}
      gone="No server has published it, or it was taken away."
    >
      {(template) => <TemplateView template={template} />}
    </EntityPage>
  );
}

function TemplateView({ template }: { readonly template: DeviceTemplate }) {
  const { slug } = template;
  const isCustom = useQuery(templatesQuery).data?.find((one) => one.slug === slug)?.custom === true;
  const isOpen = useMay()('template.manage') && isCustom;
  return (
    <>
      <EntityHeader
        path={[{ to: '/settings/templates', label: 'Device templates' }]}
        name={template.name}
        marks={isCustom && <ToneBadge tone="info">Your own</ToneBadge>}
        actions={isOpen && <DeleteButton template={template} />}
      >
        <p>{template.description}</p>
      </EntityHeader>
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          {isOpen && <OwnText slug={slug} />}
          <Inputs template={template} />
          <Panels template={template} />
        </div>
        <About template={template} />
      </div>
    </>
  );
}

/** The text of a template that somebody wrote, to be changed. */
function OwnText({ slug }: { readonly slug: string }) {
  const text = useQuery(templateTextQuery(slug));
  return (
    <Panel title="Its text">
      <div className="p-4">
        {text.data === undefined ? (
          text.isError ? (
            <p className="text-critical">{describeError(text.error)}</p>
          ) : (
            <SkeletonRows />
          )
        ) : (
          <TemplateEditor
            key={text.data.etag}
            initial={text.data.value.text}
            replaced={{ slug, etag: text.data.etag }}
            onSaved={() => void text.refetch()}
          />
        )}
      </div>
    </Panel>
  );
}

function DeleteButton({ template: { slug, name } }: { readonly template: DeviceTemplate }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteTemplate();
  const navigate = useNavigate();
  return (
    <>
      <Button icon={<Trash2 size={14} aria-hidden />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${name}?`}
        confirmLabel="Delete template"
        danger
        typeToConfirm={name}
        onConfirm={async () => {
          await remove.mutateAsync(slug);
          tellDone(`${name} deleted`);
          await navigate('/settings/templates');
        }}
      >
        Only a template that no node has and no other extends can be deleted.
      </ConfirmDialog>
    </>
  );
}

function Inputs({ template }: { readonly template: DeviceTemplate }) {
  return (
    <Panel title="What it polls" aside={plural(template.inputs.length, 'input')}>
      <ul className="divide-y divide-line">
        {template.inputs.map((input) => (
          <li key={input.id} className="flex flex-col gap-1 px-4 py-3">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-mono text-13 font-medium">{input.id}</span>
              <span className="text-13 text-soft">
                {inputWords(input)}, {intervalWords(input.interval_seconds)}
              </span>
              {needWords(input) !== undefined && (
                <span className="text-12 text-faint">{needWords(input)}</span>
              )}
            </div>
            {input.table.map(({ name, field }) => (
              <ColumnList key={name} name={name} columns={field} />
            ))}
            {input.field.length > 0 && (
              <ColumnList name={String(input.options['name'] ?? input.plugin)} columns={input.field} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface ColumnListProps {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly oid: string }[];
}

function ColumnList({ name, columns }: ColumnListProps) {
  return (
    <details>
      <summary className="cursor-pointer text-13 text-soft">
        <span className="font-mono text-12">{name}</span>, {plural(columns.length, 'object')}
      </summary>
      <ul className="grid gap-x-6 py-1 pl-4 font-mono text-12 sm:grid-cols-2">
        {columns.map((column) => (
          <li key={column.name} className="flex min-w-0 gap-2">
            <span className="truncate">{column.name}</span>
            <span className="truncate text-faint">{column.oid}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Panels({ template: { panels } }: { readonly template: DeviceTemplate }) {
  const groups = [...Map.groupBy(panels, ({ group }) => group)];
  return (
    <Panel title="What the page of a node shows" aside={plural(panels.length, 'panel')}>
      <Facts className="p-4">
        {groups.map(([group, own]) => (
          <Fact key={group} label={group}>
            {own.map(({ title }) => title).join(', ')}
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}

function About({ template }: { readonly template: DeviceTemplate }) {
  const { slug, vendor, match } = template;
  return (
    <Panel title="About">
      <Facts className="p-4">
        <Fact label="Slug">
          <span className="font-mono text-12">{slug}</span>
        </Fact>
        <Fact label="Gathered by">{template.gathered_by}</Fact>
        {vendor !== undefined && <Fact label="Vendor">{vendor}</Fact>}
        {template.extends.length > 0 && (
          <Fact label="Extends" wide>
            <span className="flex flex-wrap gap-x-2">
              {template.extends.map((parent) => (
                <Link key={parent} to={`/settings/templates/${parent}`} className="text-link">
                  {parent}
                </Link>
              ))}
            </span>
          </Fact>
        )}
        {match.sys_object_ids.length > 0 && (
          <Fact label="For sysObjectIDs in" wide>
            <span className="font-mono text-12 break-all">{match.sys_object_ids.join(', ')}</span>
          </Fact>
        )}
        {match.sys_descr.length > 0 && (
          <Fact label="For a sysDescr that matches" wide>
            <span className="font-mono text-12 break-all">{match.sys_descr.join(', ')}</span>
          </Fact>
        )}
        <Fact label="Stores" wide>
          <span className="font-mono text-12 break-words">{measurementsOf(template).join(', ')}</span>
        </Fact>
      </Facts>
    </Panel>
  );
}
