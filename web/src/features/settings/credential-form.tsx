import type { CreateCredential, Credential, CredentialType } from '@stratora/contract';
import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { useCreateCredential, useUpdateCredential } from '../../api/resources.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import type { Edited } from '../../domain/edited-entity.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, Field, TextArea, TextInput } from '../../ui/field.tsx';
import type { FormClose } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { PasswordInput } from '../../ui/password-input.tsx';
import { tellDone } from '../../ui/toast.tsx';
import {
  AUTH_PROTOCOL_OPTIONS,
  CREDENTIAL_TYPE_OPTIONS,
  credentialTypeName,
  PRIV_PROTOCOL_OPTIONS,
  SEC_LEVEL_OPTIONS,
  type SecretValues,
  secretFieldName,
  toSecret,
} from './credential-words.ts';

interface Values {
  readonly name: string;
  readonly type: CredentialType;
  readonly description: string;
  readonly enabled: boolean;
  readonly secret: SecretValues;
}

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
] as const;

function startValues(credential: Credential | undefined): Values {
  return {
    name: credential?.name ?? '',
    type: credential?.type ?? 'snmp_v3',
    description: credential?.description ?? '',
    enabled: credential?.enabled ?? true,
    secret: {
      community: '',
      username: '',
      password: '',
      security_level: 'authPriv',
      auth_protocol: 'SHA256',
      auth_password: '',
      priv_protocol: 'AES',
      priv_password: '',
      context_name: '',
    },
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
  const form = useForm<Values>({ defaultValues: startValues(credential) });
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

function SecretFields({ form }: { readonly form: UseFormReturn<Values> }) {
  const type = form.watch('type');
  const level = form.watch('secret.security_level');
  const errors = form.formState.errors.secret;
  const required = (text: string) => ({ required: text });
  const passphrase = {
    required: 'Enter the password',
    minLength: { value: 8, message: 'Must have at least 8 characters (RFC 3414)' },
  };
  if (type === 'vsphere') {
    return (
      <>
        <UserNameField form={form} />
        <Field label="Password" error={errors?.password?.message}>
          {(control) => (
            <PasswordInput
              {...control}
              {...form.register('secret.password', required('Enter the password'))}
              autoComplete="off"
            />
          )}
        </Field>
      </>
    );
  }
  if (type !== 'snmp_v3') {
    return (
      <Field label="Community" error={errors?.community?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register('secret.community', required('Enter the community'))}
            autoComplete="off"
          />
        )}
      </Field>
    );
  }
  return (
    <>
      <UserNameField form={form} />
      <FormSelect form={form} name="secret.security_level" label="Security" options={SEC_LEVEL_OPTIONS} />
      {level !== 'noAuthNoPriv' && (
        <>
          <FormSelect
            form={form}
            name="secret.auth_protocol"
            label="Authentication"
            options={AUTH_PROTOCOL_OPTIONS}
          />
          <Field label="Authentication password" error={errors?.auth_password?.message}>
            {(control) => (
              <PasswordInput
                {...control}
                {...form.register('secret.auth_password', passphrase)}
                autoComplete="off"
              />
            )}
          </Field>
        </>
      )}
      {level === 'authPriv' && (
        <>
          <FormSelect
            form={form}
            name="secret.priv_protocol"
            label="Encryption"
            options={PRIV_PROTOCOL_OPTIONS}
          />
          <Field label="Encryption password" error={errors?.priv_password?.message}>
            {(control) => (
              <PasswordInput
                {...control}
                {...form.register('secret.priv_password', passphrase)}
                autoComplete="off"
              />
            )}
          </Field>
        </>
      )}
      <Field label="Context" optional error={errors?.context_name?.message}>
        {(control) => <TextInput {...control} {...form.register('secret.context_name')} autoComplete="off" />}
      </Field>
    </>
  );
}

function UserNameField({ form }: { readonly form: UseFormReturn<Values> }) {
  return (
    <Field label="User name" error={form.formState.errors.secret?.username?.message}>
      {(control) => (
        <TextInput
          {...control}
          {...form.register('secret.username', { required: 'Enter the user name' })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
