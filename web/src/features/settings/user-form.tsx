import type { Role, User } from '@stratora/contract';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { useCreateUser, useUpdateUser } from '../../api/resources.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import type { Edited } from '../../domain/edited-entity.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import type { FormClose } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { PASSWORD_MIN_LENGTH } from '../../ui/password-form.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { tellDone } from '../../ui/toast.tsx';

interface Values {
  readonly username: string;
  readonly display_name: string;
  readonly email: string;
  readonly role: Role;
  readonly enabled: boolean;
  readonly password: string;
}

const ROLES = [
  { value: 'viewer', label: 'Viewer', note: 'Sees everything but secrets, changes nothing' },
  { value: 'operator', label: 'Operator', note: 'Manages sites and nodes' },
  { value: 'admin', label: 'Administrator', note: 'Everything, with collectors, credentials and users' },
];

export function UserForm({
  edited,
  isSelf,
  close,
}: {
  readonly edited: Edited<User> | undefined;
  readonly isSelf: boolean;
  readonly close: FormClose;
}) {
  const user = edited?.value;
  const create = useCreateUser();
  const update = useUpdateUser();
  const form = useForm<Values>({
    defaultValues: {
      username: user?.username ?? '',
      display_name: user?.display_name ?? '',
      email: user?.email ?? '',
      role: user?.role ?? 'viewer',
      enabled: user?.enabled ?? true,
      password: '',
    },
  });
  const state = useSubmit(form, ['username', 'display_name', 'email', 'role', 'password'], async (values) => {
    const displayName = values.display_name.trim() === '' ? null : values.display_name.trim();
    const email = values.email.trim() === '' ? null : values.email.trim();
    if (edited === undefined) {
      await create.mutateAsync({
        username: values.username.trim(),
        display_name: displayName,
        email,
        role: values.role,
        password: values.password,
        must_change_password: true,
      });
    } else {
      await update.mutateAsync({
        id: edited.value.id,
        ifMatch: edited.etag,
        body: {
          display_name: displayName,
          email,
          ...(isSelf ? {} : { role: values.role, enabled: values.enabled }),
          ...(values.password === '' ? {} : { password: values.password }),
        },
      });
    }
    close.done();
    tellDone(`${values.username} saved`);
  });
  const { errors } = form.formState;
  const minLength = {
    value: PASSWORD_MIN_LENGTH,
    message: `Must have at least ${PASSWORD_MIN_LENGTH} characters`,
  };
  return (
    <EditForm form={form} state={state} edited={edited} close={close} addLabel="Add user">
      <NameFields form={form} isNew={user === undefined} />
      <FormSelect
        form={form}
        name="role"
        label="Role"
        options={ROLES}
        disabled={isSelf}
        help={isSelf ? 'Another administrator has to change yours' : undefined}
      />
      {!isSelf && (
        <Field
          label={user === undefined ? 'First password' : 'New password'}
          optional={user !== undefined}
          help={user === undefined ? 'To be changed at the first login' : 'Leave empty to keep the password'}
          error={errors.password?.message}
        >
          {(control) => (
            <PasswordInput
              {...control}
              {...form.register(
                'password',
                user === undefined ? { required: 'Give a first password', minLength } : { minLength },
              )}
              autoComplete="new-password"
            />
          )}
        </Field>
      )}
      {user !== undefined && !isSelf && (
        <CheckField
          label="May log in"
          help="Switched off, all its sessions end at once."
          {...form.register('enabled')}
        />
      )}
    </EditForm>
  );
}

/** The fields of who it is, and where they are told. */
function NameFields({ form, isNew }: { readonly form: UseFormReturn<Values>; readonly isNew: boolean }) {
  const { errors } = form.formState;
  return (
    <>
      <Field
        label="User name"
        error={errors.username?.message}
        help={isNew ? undefined : 'Cannot be changed'}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register('username', { required: 'Give a user name' })}
            disabled={!isNew}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="Name" optional error={errors.display_name?.message}>
        {(control) => <TextInput {...control} {...form.register('display_name')} autoComplete="off" />}
      </Field>
      <Field
        label="E-mail"
        optional
        help="Where this user is told of alerts while on call"
        error={errors.email?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register('email')}
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    </>
  );
}
