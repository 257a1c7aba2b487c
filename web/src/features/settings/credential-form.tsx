import type { CreateCredential, Credential } from '@stratora/contract';
import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useCreateCredential, useUpdateCredential } from '../../api/resources.ts';
import { type CredentialValues, SecretFields } from '../../domain/credential-secret-fields.tsx';
import { CREDENTIAL_TYPE_OPTIONS, credentialTypeName } from '../../domain/credential-types.ts';
import { EMPTY_SECRET, secretFieldName, toSecret } from '../../domain/credential-words.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import type { Edited } from '../../domain/edited-entity.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, Field, TextArea, TextInput } from '../../ui/field.tsx';
import type { FormClose } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { tellDone } from '../../ui/toast.tsx';

const NAMES = [
  'name',
  'type',
  'description',
  'secret.community',
  'secret.username',
  'secret.password',
  'secret.security_level',
  'secret.auth_protocol',
  'secret.auth_password',
  'secret.priv_protocol',
  'secret.priv_password',
  'secret.context_name',
  'secret.domain',
  'secret.private_key',
  'secret.passphrase',
  'secret.scheme',
  'secret.token',
] as const;

function startValues(credential: Credential | undefined): CredentialValues {
  return {
    name: credential?.name ?? '',
    type: credential?.type ?? 'snmp_v3',
    description: credential?.description ?? '',
    enabled: credential?.enabled ?? true,
    secret: EMPTY_SECRET,
  };
}

/** Secrets are write-only: an existing one is kept, or replaced as a whole. */
export function CredentialForm({
  edited,
  close,
}: {
  readonly edited: Edited<Credential> | undefined;
  readonly close: FormClose;
}) {
  const credential = edited?.value;
  const create = useCreateCredential();
  const update = useUpdateCredential();
  const [replacing, setReplacing] = useState(credential === undefined);
  const form = useForm<CredentialValues>({ defaultValues: startValues(credential) });
  const state = useSubmit(form, NAMES, async (values) => {
    const description = values.description.trim() === '' ? null : values.description.trim();
    const common = { name: values.name.trim(), description, enabled: values.enabled };
    const secret = toSecret(values.type, values.secret);
    if (edited === undefined) {
      await create.mutateAsync({ ...common, type: values.type, secret } as unknown as CreateCredential);
    } else {
      const body = { ...common, ...(replacing ? { secret } : {}) };
      await update.mutateAsync({ id: edited.value.id, body, ifMatch: edited.etag });
    }
    close.done();
    tellDone(`${common.name} saved`);
  });
  const { errors } = form.formState;
  return (
    <EditForm form={form} state={state} edited={edited} close={close} addLabel="Add credential">
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('name', { required: 'Give it a name' })}
            autoComplete="off"
          />
        )}
      </Field>
      <FormSelect
        form={form}
        name="type"
        label="Type"
        options={CREDENTIAL_TYPE_OPTIONS}
        disabled={credential !== undefined}
      />
      {replacing ? (
        <SecretFields form={form} />
      ) : (
        <div className="flex items-center gap-3 rounded-md border border-line bg-canvas px-3 py-2.5">
          <LockKeyhole size={16} aria-hidden className="text-faint" />
          <div className="min-w-0 flex-1 text-13">
            <p className="font-medium">{credentialTypeName(form.getValues('type'))} secret is set</p>
            <p className="text-faint">{(credential?.secret_fields ?? []).map(secretFieldName).join(', ')}</p>
          </div>
          <Button onClick={() => setReplacing(true)}>Replace</Button>
        </div>
      )}
      <Field label="Description" optional error={errors.description?.message}>
        {(control) => <TextArea {...control} {...form.register('description')} />}
      </Field>
      <CheckField
        label="In use"
        help="Switched off, nodes that have it are not asked with it."
        {...form.register('enabled')}
      />
    </EditForm>
  );
}
