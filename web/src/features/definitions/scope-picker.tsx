import type { ScopeType } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { nodeQuery } from '../../api/nodes.ts';
import { groupsQuery, sitesQuery } from '../../api/resources.ts';
import { ScopeFields } from '../../domain/scope-fields.tsx';
import type { DefinitionFormValues } from './definition-form-values.ts';

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
  const [type, id] = form.watch(['scope.type', 'scope.id']);
  const errorOf = (name: 'scope.type' | 'scope.id') =>
    form.getFieldState(name, form.formState).error?.message;
  return (
    <ScopeFields
      label="Holds for"
      type={type}
      id={id}
      allowsGlobal={allowsGlobal}
      error={errorOf('scope.id') ?? errorOf('scope.type')}
      onChange={(nextType, nextId) => {
        form.setValue('scope.type', nextType, { shouldDirty: true });
        form.setValue('scope.id', nextId, { shouldDirty: true });
        form.clearErrors('scope');
      }}
    />
  );
}
