import { useQuery } from '@tanstack/react-query';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { groupsQuery, sitesQuery } from '../../api/resources.ts';
import { SEVERITY_LOOKS, SEVERITY_ORDER } from '../../domain/alert-severity.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { MultiPick } from '../../ui/multi-pick.tsx';
import type { TeamFormValues } from './team-form-values.ts';

type Form = UseFormReturn<TeamFormValues>;
type ListName = 'match.site_ids' | 'match.group_ids' | 'match.definition_ids';

function ListField({
  form,
  name,
  label,
  none,
  items,
  empty,
}: {
  readonly form: Form;
  readonly name: ListName;
  readonly label: string;
  readonly none: string;
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly empty?: string;
}) {
  const error = form.getFieldState(name, form.formState).error?.message;
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <MultiPick
          label={label}
          none={none}
          options={items.map(({ id, name: text }) => ({ value: id, label: text }))}
          values={field.value}
          onChange={field.onChange}
          error={error}
          {...(empty === undefined ? {} : { empty })}
        />
      )}
    />
  );
}

/** Which alerts a team takes. */
export function MatchFields({ form }: { readonly form: Form }) {
  const sites = useQuery(sitesQuery).data ?? [];
  const groups = useQuery(groupsQuery).data ?? [];
  const definitions = useQuery(definitionsQuery).data ?? [];
  return (
    <FormSection title="Which alerts" lead="All of these must fit; what is left open takes every one.">
      <Controller
        control={form.control}
        name="match.severities"
        render={({ field }) => (
          <MultiPick
            label="Severity"
            none="any severity"
            options={SEVERITY_ORDER.map((value) => ({ value, label: SEVERITY_LOOKS[value].label }))}
            values={field.value}
            onChange={field.onChange}
          />
        )}
      />
      <ListField form={form} name="match.site_ids" label="Sites" none="every site" items={sites} />
      <ListField
        form={form}
        name="match.group_ids"
        label="Groups"
        none="every group, and nodes without one"
        empty=""
        items={groups}
      />
      <ListField
        form={form}
        name="match.definition_ids"
        label="Definitions"
        none="every definition"
        items={definitions.filter(({ overrides }) => overrides === null)}
      />
    </FormSection>
  );
}
