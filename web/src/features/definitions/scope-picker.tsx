import type { ScopeType } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { nodeQuery, nodeSearchQuery } from '../../api/nodes.ts';
import { groupsQuery, sitesQuery } from '../../api/resources.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import type { DefinitionFormValues } from './definition-form-values.ts';

const TYPES: readonly { readonly value: ScopeType; readonly label: string }[] = [
  { value: 'global', label: 'Every node' },
  { value: 'site', label: 'The nodes of a site' },
  { value: 'group', label: 'The nodes of a group' },
  { value: 'node', label: 'One node' },
];

/** The name of the site, group or node that is chosen; undefined while none is, or it is not known yet. */
export function usePlaceName(type: ScopeType, id: string): string | undefined {
  const sites = useQuery({ ...sitesQuery, enabled: type === 'site' }).data;
  const groups = useQuery({ ...groupsQuery, enabled: type === 'group' }).data;
  const node = useQuery({ ...nodeQuery(id), enabled: type === 'node' && id !== '' }).data;
  if (type === 'node') return node?.id === id ? node.name : undefined;
  const places = type === 'site' ? sites : type === 'group' ? groups : undefined;
  return places?.find((place) => place.id === id)?.name;
}

interface ScopePickerProps {
  readonly form: UseFormReturn<DefinitionFormValues>;
  /** Whether it may hold everywhere: one that replaces another holds for less. */
  readonly allowsGlobal: boolean;
}

/** For which nodes a definition holds. */
export function ScopePicker({ form, allowsGlobal }: ScopePickerProps) {
  const type = form.watch('scope.type');
  const before = useRef(type);
  useEffect(() => {
    if (before.current === type) return;
    // The id of a site says nothing of a group.
    before.current = type;
    form.setValue('scope.id', '');
    form.clearErrors('scope.id');
  }, [form, type]);
  const sites = useQuery(sitesQuery).data ?? [];
  const groups = useQuery({ ...groupsQuery, enabled: type === 'group' }).data ?? [];
  const choice = (items: readonly { readonly id: string; readonly name: string }[]) => [
    { value: '', label: 'Choose…' },
    ...items.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <FormSelect
        form={form}
        name="scope.type"
        label="Holds for"
        options={TYPES.filter(({ value }) => allowsGlobal || value !== 'global')}
      />
      {type === 'site' && <FormSelect form={form} name="scope.id" label="Site" options={choice(sites)} />}
      {type === 'group' && (
        <FormSelect
          form={form}
          name="scope.id"
          label="Group"
          options={choice(groups)}
          help={groups.length === 0 ? 'There are no groups yet.' : undefined}
        />
      )}
      {type === 'node' && <NodePicker form={form} />}
    </>
  );
}

/** Finds one node among ten thousand by its name. */
function NodePicker({ form }: { readonly form: UseFormReturn<DefinitionFormValues> }) {
  const [text, setText] = useState('');
  const id = form.watch('scope.id');
  const chosen = useQuery({ ...nodeQuery(id), enabled: id !== '' });
  const found =
    useQuery({ ...nodeSearchQuery(text.trim()), placeholderData: keepPreviousData }).data?.items ?? [];
  const error = form.getFieldState('scope.id', form.formState).error?.message;
  const choose = (next: string) => {
    form.setValue('scope.id', next, { shouldDirty: true });
    form.clearErrors('scope.id');
    setText('');
  };
  if (id !== '' && error === undefined) {
    return (
      <div className="flex flex-col gap-1.5">
        <span className="text-13 font-medium">Node</span>
        <div className="flex items-center gap-3 rounded-md border border-line bg-canvas py-1 pr-1 pl-3">
          <span className="min-w-0 flex-1 truncate">
            {chosen.data?.name ?? (chosen.isError ? 'One that is gone' : '…')}
          </span>
          <Button look="ghost" onClick={() => choose('')}>
            Choose another
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-1.5">
      <Field label="Node" help="Type a part of its name or address" error={error}>
        {(control) => (
          <TextInput
            {...control}
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              const [first] = found;
              if (text.trim() !== '' && first !== undefined) choose(first.id);
            }}
          />
        )}
      </Field>
      {text.trim() !== '' && (
        <ul aria-label="Nodes found" className="rounded-md border border-line bg-canvas p-1">
          {found.map((node) => (
            <li key={node.id}>
              <button
                type="button"
                className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-13 hover:bg-hover max-md:min-h-10"
                onClick={() => choose(node.id)}
              >
                <span className="min-w-0 truncate">{node.name}</span>
                <span className="ml-auto font-mono text-12 text-faint">{node.ip_address}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="px-2 py-1.5 text-13 text-faint">No node has this name.</li>}
        </ul>
      )}
    </div>
  );
}
