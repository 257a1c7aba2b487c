import type { ComponentType, CreatedEnrollmentToken } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Bot, RadioTower } from 'lucide-react';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { deploymentQuery } from '../../api/components.ts';
import { sitesQuery, useCreateToken } from '../../api/resources.ts';
import { classNames } from '../../ui/class-names.ts';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import { FormBody, type FormClose } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';

interface Values {
  readonly component_type: ComponentType;
  readonly description: string;
  readonly site_id: string;
  readonly expires_in_hours: string;
  readonly uses: 'one' | 'many' | 'some';
  readonly max_uses: string;
  readonly auto_approve: boolean;
}

const LIFETIMES = [
  { value: '1', label: 'for 1 hour' },
  { value: '24', label: 'for 1 day' },
  { value: '168', label: 'for 7 days' },
  { value: '720', label: 'for 30 days' },
  { value: '0', label: 'for ever' },
];
const USES = [
  { value: 'one', label: 'One host' },
  { value: 'some', label: 'A number of hosts' },
  { value: 'many', label: 'Any number of hosts' },
];
const TYPES = [
  {
    value: 'collector',
    icon: RadioTower,
    label: 'Collector',
    note: 'Polls the devices of a network: SNMP, ping, web addresses, certificates.',
  },
  {
    value: 'agent',
    icon: Bot,
    label: 'Agent',
    note: 'Reports the host it runs on, which becomes a node by itself.',
  },
] as const;

interface DeployFormProps {
  readonly type: ComponentType;
  readonly close: FormClose;
  readonly onCreated: (token: CreatedEnrollmentToken, type: ComponentType) => void;
}

/** The form of a new token: what may enroll with it, for which site, how often and for how long. */
export function DeployForm({ type, close, onCreated }: DeployFormProps) {
  const sites = useQuery(sitesQuery).data ?? [];
  const create = useCreateToken();
  // Its first answer takes seconds, while the server packs the program: ask before it is needed.
  useQuery(deploymentQuery);
  const form = useForm<Values>({
    defaultValues: {
      component_type: type,
      description: '',
      site_id: '',
      expires_in_hours: '24',
      uses: 'one',
      max_uses: '10',
      auto_approve: false,
    },
  });
  const { message, submit, saving } = useSubmit(
    form,
    ['description', 'expires_in_hours', 'max_uses', 'site_id'],
    async (values) => {
      const made = await create.mutateAsync({
        ...(values.description.trim() === '' ? {} : { description: values.description.trim() }),
        multi_use: values.uses !== 'one',
        max_uses: values.uses === 'some' ? Number(values.max_uses) : null,
        expires_in_hours: Number(values.expires_in_hours),
        site_id: values.site_id === '' ? null : values.site_id,
        component_type: values.component_type,
        auto_approve: values.auto_approve,
      });
      close.setDirty(false);
      onCreated(made, values.component_type);
    },
  );
  const { errors, isDirty } = form.formState;
  useEffect(() => close.setDirty(isDirty), [close, isDirty]);
  const chosen = form.watch('component_type');
  return (
    <FormBody
      message={message}
      saving={saving}
      saveLabel="Show the command"
      onSubmit={submit}
      onCancel={close.cancel}
    >
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1.5 text-13 font-medium">What to add</legend>
        {TYPES.map(({ value, icon: Icon, label, note }) => (
          <label
            key={value}
            className={classNames(
              'flex cursor-pointer gap-3 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-focus',
              chosen === value ? 'border-accent bg-accent-soft' : 'border-control-line hover:bg-hover',
            )}
          >
            <input
              type="radio"
              value={value}
              className="mt-1 size-4 shrink-0 accent-accent focus-visible:outline-none"
              {...form.register('component_type')}
            />
            <span className="min-w-0">
              <span className="flex items-center gap-1.5 font-medium">
                <Icon size={16} aria-hidden className="text-soft" />
                {label}
              </span>
              <span className="text-12 text-soft">{note}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <FormSelect
        form={form}
        name="site_id"
        label="Site"
        help="What comes with this token belongs to this site"
        options={[
          { value: '', label: 'The default site' },
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <FormSelect form={form} name="uses" label="The command may be used on" options={USES} />
      {form.watch('uses') === 'some' && (
        <Field label="Number of hosts" error={errors.max_uses?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('max_uses')}
              inputMode="numeric"
              className="tabular max-w-28"
            />
          )}
        </Field>
      )}
      <FormSelect form={form} name="expires_in_hours" label="The command works" options={LIFETIMES} />
      <Field
        label="Note"
        optional
        help="What it is for, so that you know its token later"
        error={errors.description?.message}
      >
        {(control) => <TextInput {...control} {...form.register('description')} autoComplete="off" />}
      </Field>
      <CheckField
        label="Approve automatically"
        help="Whoever has the command gets in, with the credentials of the nodes it is given. Without this, a person approves each one."
        {...form.register('auto_approve')}
      />
    </FormBody>
  );
}
