import type { CreatedEnrollmentToken } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { sitesQuery, useCreateToken } from '../../api/resources.ts';
import { Button } from '../../ui/button.tsx';
import { CopyBlock } from '../../ui/copy-button.tsx';
import { DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import { FormBody, type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { enrollCommand } from './component-words.ts';

type ComponentType = 'collector' | 'agent';

interface TokenDialogProps {
  readonly open: boolean;
  /** What is to be enrolled, where the way here said so. */
  readonly type: ComponentType | undefined;
  readonly onClose: () => void;
}

export function TokenDialog({ open, type, onClose }: TokenDialogProps) {
  const [created, setCreated] = useState<CreatedEnrollmentToken>();
  const close = () => {
    setCreated(undefined);
    onClose();
  };
  const what =
    type === undefined
      ? 'Create an enrollment token'
      : `Enroll ${type === 'agent' ? 'an agent' : 'a collector'}`;
  return (
    <FormDialog
      open={open}
      onClose={close}
      title={created === undefined ? what : 'Run this on the new host'}
      lead={created === undefined ? undefined : 'The token is shown this once.'}
    >
      {(form) =>
        created === undefined ? (
          <TokenForm type={type} close={form} onCreated={setCreated} />
        ) : (
          <TokenCommands created={created} onClose={form.done} />
        )
      }
    </FormDialog>
  );
}

interface Values {
  readonly description: string;
  readonly component_type: ComponentType | '';
  readonly site_id: string;
  readonly expires_in_hours: string;
  readonly uses: 'one' | 'many' | 'some';
  readonly max_uses: string;
  readonly auto_approve: boolean;
}

const LIFETIMES = [
  { value: '1', label: '1 hour' },
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
  { value: '0', label: 'Never' },
];
const USES = [
  { value: 'many', label: 'Any number of hosts' },
  { value: 'one', label: 'One host' },
  { value: 'some', label: 'A number of hosts' },
];

interface TokenFormProps {
  readonly type: ComponentType | undefined;
  readonly close: FormClose;
  readonly onCreated: (created: CreatedEnrollmentToken) => void;
}

function TokenForm({ type, close, onCreated }: TokenFormProps) {
  const sites = useQuery(sitesQuery).data ?? [];
  const create = useCreateToken();
  const form = useForm<Values>({
    defaultValues: {
      description: '',
      component_type: type ?? '',
      site_id: '',
      expires_in_hours: '24',
      uses: 'many',
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
        component_type: values.component_type === '' ? null : values.component_type,
        auto_approve: values.auto_approve,
      });
      close.setDirty(false);
      onCreated(made);
    },
  );
  const { errors, isDirty } = form.formState;
  useEffect(() => close.setDirty(isDirty), [close, isDirty]);
  return (
    <FormBody
      message={message}
      saving={saving}
      saveLabel="Create token"
      onSubmit={submit}
      onCancel={close.cancel}
    >
      <Field
        label="Description"
        optional
        help="What it is for, so that you know it later"
        error={errors.description?.message}
      >
        {(control) => <TextInput {...control} {...form.register('description')} autoComplete="off" />}
      </Field>
      <FormSelect
        form={form}
        name="component_type"
        label="Enrolls"
        options={[
          { value: '', label: 'Collectors and agents' },
          { value: 'collector', label: 'Collectors only' },
          { value: 'agent', label: 'Agents only' },
        ]}
      />
      <FormSelect
        form={form}
        name="site_id"
        label="Site"
        help="What enrolls with it belongs to this site"
        options={[
          { value: '', label: 'The default site' },
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <FormSelect form={form} name="expires_in_hours" label="Valid for" options={LIFETIMES} />
      <FormSelect form={form} name="uses" label="May be used for" options={USES} />
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
      <CheckField
        label="Approve automatically"
        help="Whoever has the token gets in, with the credentials of the nodes it is given. Without this, a person approves each one."
        {...form.register('auto_approve')}
      />
    </FormBody>
  );
}

/** The commands for the new host, in full, and the token itself. */
function TokenCommands({
  created,
  onClose,
}: {
  readonly created: CreatedEnrollmentToken;
  readonly onClose: () => void;
}) {
  const types: readonly ComponentType[] =
    created.component_type === null ? ['agent', 'collector'] : [created.component_type];
  const server = window.location.origin;
  return (
    <>
      <DialogBody className="flex flex-col gap-5">
        {types.map((type) => (
          <section key={type} className="flex flex-col gap-2">
            <h3 className="text-13 font-medium">{type === 'agent' ? 'As an agent' : 'As a collector'}</h3>
            <CopyBlock
              label={`the ${type} command`}
              text={enrollCommand({ type, server, token: created.token })}
            />
          </section>
        ))}
        <p className="text-13 text-soft">
          <span className="font-mono text-12">ca.crt</span> is the server’s private authority: copy it from{' '}
          <span className="font-mono text-12">tls/ca.crt</span> in the server’s data directory to the new host
          first.
        </p>
        <section className="flex flex-col gap-2">
          <h3 className="text-13 font-medium">The token alone</h3>
          <CopyBlock label="the token" text={created.token} />
        </section>
        {!created.auto_approve && (
          <p className="text-13 text-soft">
            After that it appears under Collection and waits for your approval.
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
