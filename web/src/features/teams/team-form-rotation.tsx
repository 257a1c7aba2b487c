import type { User } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useMay } from '../../api/permission.ts';
import { usersQuery } from '../../api/resources.ts';
import { WEEKDAY_NAMES, WEEKDAY_ORDER } from '../../domain/weekdays.ts';
import { IconButton } from '../../ui/button.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { isZoneName } from '../../ui/format/zone-time.ts';
import { Select } from '../../ui/select.tsx';
import { ZoneInput } from '../../ui/zone-input.tsx';
import type { TeamFormValues } from './team-form-values.ts';

type Form = UseFormReturn<TeamFormValues>;

/** Who is on call, one after the other, week by week. */
export function RotationFields({ form }: { readonly form: Form }) {
  const has = form.watch('has_rotation');
  const errors = form.formState.errors.rotation;
  return (
    <FormSection title="On call">
      <CheckField
        label="People take turns, a week each"
        help="Steps can tell who is on call, and who is next. For a swap or a holiday, click into the rota on the team's page."
        {...form.register('has_rotation')}
      />
      {has && (
        <>
          <MemberField form={form} />
          <div className="grid gap-4 sm:grid-cols-2">
            <FormSelect
              form={form}
              name="rotation.handoff.day"
              label="The next one takes over on"
              options={WEEKDAY_ORDER.map((value) => ({ value, label: WEEKDAY_NAMES[value].long }))}
            />
            <Field label="at" error={errors?.handoff?.message ?? errors?.handoff?.root?.message}>
              {(control) => (
                <TextInput
                  {...control}
                  {...form.register('rotation.handoff.time')}
                  type="time"
                  className="tabular"
                />
              )}
            </Field>
          </div>
          <Field
            label="Time zone"
            help="The handoff follows its clocks, daylight saving too."
            error={errors?.timezone?.message}
          >
            {(control) => (
              <ZoneInput
                {...control}
                {...form.register('rotation.timezone', {
                  validate: (name) => isZoneName(name.trim()) || 'Enter a time zone such as Europe/Berlin',
                })}
              />
            )}
          </Field>
          <Field
            label="The first one begins in the week of"
            optional
            help="Empty: this week"
            error={errors?.starts_on?.message}
          >
            {(control) => <TextInput {...control} {...form.register('rotation.starts_on')} type="date" />}
          </Field>
        </>
      )}
    </FormSection>
  );
}

function nameOfUser(users: readonly User[], id: string): string {
  const user = users.find((one) => one.id === id);
  if (user === undefined) return 'one that is gone';
  const name = user.display_name ?? user.username;
  return user.enabled ? name : `${name} (account is off)`;
}

function MemberField({ form }: { readonly form: Form }) {
  const may = useMay();
  const query = useQuery({ ...usersQuery, enabled: may('user.manage') });
  const users = query.data ?? [];
  const error = form.formState.errors.rotation?.member_ids;
  if (!may('user.manage')) {
    return (
      <p className="text-13 text-soft">Administrators choose who takes turns; you may change the rest.</p>
    );
  }
  return (
    <Controller
      control={form.control}
      name="rotation.member_ids"
      render={({ field }) => (
        <div className="flex flex-col gap-1.5">
          <Field
            label="Who takes turns"
            help="In this order. People are told by mail, at the address of their account."
            error={error?.message ?? error?.root?.message}
          >
            {(control) => (
              <Select
                {...control}
                value=""
                options={[
                  { value: '', label: 'Add somebody…' },
                  ...users
                    .filter(({ id, enabled }) => enabled && !field.value.includes(id))
                    .map(({ id }) => ({ value: id, label: nameOfUser(users, id) })),
                ]}
                onChange={(id) => id !== '' && field.onChange([...field.value, id])}
              />
            )}
          </Field>
          <MemberList
            ids={field.value}
            nameOf={(id) => (query.data === undefined ? '…' : nameOfUser(users, id))}
            onChange={field.onChange}
          />
        </div>
      )}
    />
  );
}

interface MemberListProps {
  readonly ids: readonly string[];
  readonly nameOf: (id: string) => string;
  readonly onChange: (ids: readonly string[]) => void;
}

function MemberList({ ids, nameOf, onChange }: MemberListProps) {
  const move = (index: number, by: 1 | -1) => {
    const next = ids.filter((_, other) => other !== index);
    next.splice(index + by, 0, ids[index] ?? '');
    onChange(next);
  };
  if (ids.length === 0) return null;
  return (
    <ol aria-label="Who takes turns" className="rounded-md border border-line">
      {ids.map((id, index) => (
        <li
          key={id}
          className="flex items-center gap-1 border-b border-line py-0.5 pr-1 pl-3 text-13 last:border-b-0"
        >
          <span className="tabular w-6 text-faint">{index + 1}</span>
          <span className="min-w-0 flex-1 truncate">{nameOf(id)}</span>
          <IconButton label={`Move ${nameOf(id)} up`} disabled={index === 0} onClick={() => move(index, -1)}>
            <ArrowUp size={16} aria-hidden />
          </IconButton>
          <IconButton
            label={`Move ${nameOf(id)} down`}
            disabled={index === ids.length - 1}
            onClick={() => move(index, 1)}
          >
            <ArrowDown size={16} aria-hidden />
          </IconButton>
          <IconButton
            label={`Take ${nameOf(id)} off`}
            onClick={() => onChange(ids.filter((other) => other !== id))}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}
