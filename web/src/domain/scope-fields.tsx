import type { ScopeType } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { groupsQuery, sitesQuery } from '../api/resources.ts';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { NodePicker } from './node-picker.tsx';

const TYPES: readonly { readonly value: ScopeType; readonly label: string }[] = [
  { value: 'global', label: 'Every node' },
  { value: 'site', label: 'The nodes of a site' },
  { value: 'group', label: 'The nodes of a group' },
  { value: 'node', label: 'One node' },
];

interface ScopeFieldsProps {
  readonly label: string;
  readonly type: ScopeType;
  /** Id of the site, group or node; empty: none is chosen. */
  readonly id: string;
  /** Whether it may be everywhere. */
  readonly allowsGlobal: boolean;
  /** What is wrong with the id. */
  readonly error?: string | undefined;
  readonly onChange: (type: ScopeType, id: string) => void;
}

/** For which nodes something holds. */
export function ScopeFields({ label, type, id, allowsGlobal, error, onChange }: ScopeFieldsProps) {
  const sites = useQuery({ ...sitesQuery, enabled: type === 'site' }).data ?? [];
  const groups = useQuery({ ...groupsQuery, enabled: type === 'group' }).data ?? [];
  const places = type === 'site' ? sites : groups;
  return (
    <>
      <Field label={label}>
        {(control) => (
          <Select
            {...control}
            value={type}
            options={TYPES.filter(({ value }) => allowsGlobal || value !== 'global')}
            // The id of a site says nothing of a group.
            onChange={(next) => next !== type && onChange(next, '')}
          />
        )}
      </Field>
      {(type === 'site' || type === 'group') && (
        <Field
          label={type === 'site' ? 'Site' : 'Group'}
          error={error}
          help={type === 'group' && groups.length === 0 ? 'There are no groups yet.' : undefined}
        >
          {(control) => (
            <Select
              {...control}
              value={id}
              options={[
                { value: '', label: 'Choose…' },
                ...places.map((place) => ({ value: place.id, label: place.name })),
              ]}
              onChange={(next) => onChange(type, next)}
            />
          )}
        </Field>
      )}
      {type === 'node' && <NodePicker id={id} error={error} onChoose={(next) => onChange(type, next)} />}
    </>
  );
}
