import type { MailSecurity, MailServer } from '@stratora/contract';
import { LockKeyhole } from 'lucide-react';
import { type FieldPath, type UseFormReturn, useForm } from 'react-hook-form';
import { SETTINGS_PATH, type Settings, useUpdateSettings } from '../../api/settings.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import { type Edited, EditedEntity } from '../../domain/edited-entity.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, Field, TextArea, TextInput } from '../../ui/field.tsx';
import { type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { PasswordInput } from '../../ui/password-input.tsx';
import { Select } from '../../ui/select.tsx';
import { tellDone } from '../../ui/toast.tsx';
import {
  isPasswordKept,
  MAIL_PORTS,
  MAIL_SECURITY_ORDER,
  type MailServerValues,
  toMailServerBody,
  toMailServerForm,
} from './mail-server-form-values.ts';

type Form = UseFormReturn<MailServerValues>;

const NAMES = [
  'smtp.host',
  'smtp.port',
  'smtp.security',
  'smtp.username',
  'smtp.password',
  'smtp.from',
  'smtp.ca_pem',
  'public_origin',
  'heartbeat.url',
  'heartbeat.every_seconds',
] as const satisfies readonly FieldPath<MailServerValues>[];

const SECURITY_OPTIONS: Readonly<Record<MailSecurity, string>> = {
  starttls: 'STARTTLS',
  tls: 'TLS from the start',
  none: 'None',
};

export function MailServerDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  return (
    <FormDialog open={open} onClose={onClose} title="Mail server and links">
      {(close) => (
        <EditedEntity<Settings> path={SETTINGS_PATH}>
          {(edited) => edited !== undefined && <MailServerForm edited={edited} close={close} />}
        </EditedEntity>
      )}
    </FormDialog>
  );
}

function MailServerForm({ edited, close }: { readonly edited: Edited<Settings>; readonly close: FormClose }) {
  const update = useUpdateSettings();
  const form = useForm<MailServerValues>({ defaultValues: toMailServerForm(edited.value) });
  const state = useSubmit(form, NAMES, async (values) => {
    await update.mutateAsync({ body: toMailServerBody(values, edited.value.smtp), ifMatch: edited.etag });
    close.done();
    tellDone('Mail server and links saved');
  });
  const { errors } = form.formState;
  const isSet = form.watch('is_set');
  return (
    <EditForm form={form} state={state} edited={edited} close={close}>
      <CheckField
        label="Send mail"
        help="For mail channels, and for people who are on call."
        {...form.register('is_set')}
      />
      {isSet && <ServerFields form={form} before={edited.value.smtp} />}
      <Field
        label="Address of links in messages"
        optional
        help="Where people reach these pages, such as https://stratora.example.com. Empty: the address of the server itself."
        error={errors.public_origin?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register('public_origin')}
            type="url"
            placeholder="https://"
            autoComplete="off"
          />
        )}
      </Field>
      <HeartbeatFields form={form} />
    </EditForm>
  );
}

interface ServerFieldsProps {
  readonly form: Form;
  readonly before: MailServer | null;
}

function ServerFields({ form, before }: ServerFieldsProps) {
  const errors = form.formState.errors.smtp;
  return (
    <>
      <Field label="Server" error={errors?.host?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('smtp.host', { required: 'Enter its name or address' })}
            placeholder="mail.example.com"
            autoComplete="off"
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <SecurityField form={form} />
        <Field label="Port" error={errors?.port?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('smtp.port', {
                validate: (text) => /^\s*\d{1,5}\s*$/.test(text) || 'Enter a port',
              })}
              inputMode="numeric"
              autoComplete="off"
              className="tabular"
            />
          )}
        </Field>
      </div>
      <Field label="Mail comes from" error={errors?.from?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('smtp.from', { required: 'Enter an address' })}
            type="email"
            placeholder="stratora@example.com"
            autoComplete="off"
          />
        )}
      </Field>
      <LoginFields form={form} before={before} />
      <Field
        label="Certificates to trust"
        optional
        help="In PEM, of a private authority; they are trusted instead of the system's."
        error={errors?.ca_pem?.message}
      >
        {(control) => (
          <TextArea
            {...control}
            {...form.register('smtp.ca_pem')}
            rows={3}
            placeholder="-----BEGIN CERTIFICATE-----"
            className="font-mono text-12"
            spellCheck={false}
          />
        )}
      </Field>
    </>
  );
}

/** The encryption; the port follows it as long as it is the customary one. */
function SecurityField({ form }: { readonly form: Form }) {
  const security = form.watch('smtp.security');
  return (
    <Field label="Encryption" error={form.formState.errors.smtp?.security?.message}>
      {(control) => (
        <Select
          {...control}
          value={security}
          options={MAIL_SECURITY_ORDER.map((value) => ({ value, label: SECURITY_OPTIONS[value] }))}
          onChange={(next) => {
            if (form.getValues('smtp.port') === MAIL_PORTS[security])
              form.setValue('smtp.port', MAIL_PORTS[next]);
            form.setValue('smtp.security', next, { shouldDirty: true });
          }}
        />
      )}
    </Field>
  );
}

/** A sign of life to a service outside, which tells people when it misses it. */
function HeartbeatFields({ form }: { readonly form: Form }) {
  const errors = form.formState.errors.heartbeat;
  const isSet = form.watch('heartbeat.url').trim() !== '';
  return (
    <>
      <Field
        label="Sign of life"
        optional
        help="An address outside that is called while all is well. A service there that misses it can tell you when Stratora itself is down."
        error={errors?.url?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register('heartbeat.url')}
            type="url"
            placeholder="https://"
            autoComplete="off"
          />
        )}
      </Field>
      {isSet && (
        <Field label="Every, in seconds" error={errors?.every_seconds?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('heartbeat.every_seconds', {
                validate: (text) => /^\s*\d+\s*$/.test(text) || 'Enter a whole number',
              })}
              inputMode="numeric"
              autoComplete="off"
              className="tabular sm:w-32"
            />
          )}
        </Field>
      )}
    </>
  );
}

function LoginFields({ form, before }: ServerFieldsProps) {
  const errors = form.formState.errors.smtp;
  const values = form.watch();
  const keeps = isPasswordKept(values, before);
  const { username } = values.smtp;
  return (
    <>
      <Field label="User name" optional help="Empty: without a login" error={errors?.username?.message}>
        {(control) => <TextInput {...control} {...form.register('smtp.username')} autoComplete="off" />}
      </Field>
      {username.trim() !== '' &&
        (keeps ? (
          <div className="flex items-center gap-3 rounded-md border border-line bg-canvas px-3 py-2.5">
            <LockKeyhole size={16} aria-hidden className="text-faint" />
            <p className="min-w-0 flex-1 text-13 font-medium">The password is set</p>
            <Button onClick={() => form.setValue('keeps_password', false, { shouldDirty: true })}>
              Replace
            </Button>
          </div>
        ) : (
          <Field label="Password" error={errors?.password?.message}>
            {(control) => (
              <PasswordInput
                {...control}
                {...form.register('smtp.password', { required: 'Enter the password' })}
                autoComplete="off"
              />
            )}
          </Field>
        ))}
    </>
  );
}
