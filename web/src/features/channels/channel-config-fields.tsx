import { LockKeyhole, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { type UseFormReturn, useFieldArray } from 'react-hook-form';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, TextArea, TextInput } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { type ChannelFormValues, readAddresses } from './channel-form-values.ts';

type Form = UseFormReturn<ChannelFormValues>;

/** The way to the other end, as the chosen type has it. */
export function ChannelConfigFields({ form }: { readonly form: Form }) {
  const type = form.watch('type');
  switch (type) {
    case 'email':
      return <MailFields form={form} />;
    case 'webhook':
      return <WebhookFields form={form} />;
    case 'slack':
      return (
        <ChatFields
          form={form}
          help="Incoming webhook of a Slack app: https://hooks.slack.com/services/… Slack decides which channel it posts to."
        />
      );
    case 'teams':
      return (
        <ChatFields
          form={form}
          help="Address of a workflow that begins “When a Teams webhook request is received”. Copy it in full, with what follows the question mark."
        />
      );
  }
}

function MailFields({ form }: { readonly form: Form }) {
  const count = readAddresses(form.watch('config.to')).length;
  return (
    <Field
      label="Recipients"
      help={`One address a line.${count > 1 ? ` Each of the ${count} gets a message of its own.` : ''}`}
      error={form.formState.errors.config?.to?.message}
    >
      {(control) => (
        <TextArea
          {...control}
          {...form.register('config.to', {
            validate: (text) => readAddresses(text).length > 0 || 'Enter an address',
          })}
          placeholder="oncall@example.com"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

function AddressField({
  form,
  label,
  help,
}: {
  readonly form: Form;
  readonly label: string;
  readonly help: string;
}) {
  return (
    <Field label={label} help={help} error={form.formState.errors.config?.url?.message}>
      {(control) => (
        <TextInput
          {...control}
          {...form.register('config.url', { required: 'Enter the address' })}
          type="url"
          placeholder="https://"
          autoComplete="off"
        />
      )}
    </Field>
  );
}

/** A secret that is set: it is never shown, and replaced as a whole. */
function SetSecret({
  label,
  title,
  note,
  error,
  children,
}: {
  readonly label: string;
  readonly title: string;
  readonly note?: string;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className="text-13 font-medium">
        {label}
      </span>
      <div className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-canvas px-3 py-2">
        <LockKeyhole size={16} aria-hidden className="shrink-0 text-faint" />
        <div className="min-w-0 flex-1 text-13">
          <p className="break-all">{title}</p>
          {note !== undefined && <p className="text-faint">{note}</p>}
        </div>
        {children}
      </div>
      {error !== undefined && <p className="text-12 text-critical">{error}</p>}
    </div>
  );
}

function ChatFields({ form, help }: { readonly form: Form; readonly help: string }) {
  const keeps = form.watch('keeps_url');
  if (!keeps) return <AddressField form={form} label="Address" help={help} />;
  return (
    <SetSecret
      label="Address"
      title={form.getValues('config.url')}
      note="Whoever knows the rest of it can post there."
      error={form.formState.errors.config?.url?.message}
    >
      <Button
        onClick={() => {
          form.setValue('keeps_url', false, { shouldDirty: true });
          form.setValue('config.url', '');
        }}
      >
        Replace
      </Button>
    </SetSecret>
  );
}

function WebhookFields({ form }: { readonly form: Form }) {
  return (
    <>
      <AddressField form={form} label="Address" help="Each notice is posted there as JSON." />
      <HeaderFields form={form} />
      <SecretField form={form} />
    </>
  );
}

function SecretField({ form }: { readonly form: Form }) {
  const keeps = form.watch('keeps_secret');
  if (keeps) {
    const drop = () => {
      form.setValue('keeps_secret', false, { shouldDirty: true });
      form.clearErrors('config.signing_secret');
    };
    return (
      <SetSecret
        label="Signing secret"
        title="Set"
        note="Notices are signed with it."
        error={form.formState.errors.config?.signing_secret?.message}
      >
        <Button onClick={drop}>Replace or remove</Button>
      </SetSecret>
    );
  }
  return (
    <Field
      label="Signing secret"
      optional
      help="With it the header X-Stratora-Signature holds sha256= and the HMAC of the body, so that the other end knows who sent it. Empty: not signed."
      error={form.formState.errors.config?.signing_secret?.message}
    >
      {(control) => (
        <PasswordInput
          {...control}
          {...form.register('config.signing_secret', {
            validate: (text) => text === '' || text.length >= 8 || 'Must have at least 8 characters',
          })}
          autoComplete="off"
        />
      )}
    </Field>
  );
}

function HeaderFields({ form }: { readonly form: Form }) {
  const { fields, append, remove, update } = useFieldArray({ control: form.control, name: 'config.headers' });
  const error = form.formState.errors.config?.headers;
  const message = error?.message ?? error?.root?.message;
  const headers = form.watch('config.headers');
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-13 font-medium">
        Headers <span className="ml-1.5 font-normal text-faint">optional</span>
      </legend>
      {fields.map((field, index) => (
        <div key={field.id} className="flex flex-wrap items-center gap-2">
          <TextInput
            {...form.register(`config.headers.${index}.name`)}
            aria-label={`Name of header ${index + 1}`}
            placeholder="Authorization"
            autoComplete="off"
            className="font-mono sm:w-44"
          />
          <div className="flex min-w-40 flex-1 items-center gap-2">
            {field.is_kept ? (
              <>
                <span className="flex h-8 max-md:h-10 min-w-0 flex-1 items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-13 text-soft">
                  <LockKeyhole size={14} aria-hidden className="text-faint" /> set
                </span>
                <Button
                  aria-label={`Replace the value of ${field.name}`}
                  onClick={() =>
                    update(index, { name: headers[index]?.name ?? field.name, value: '', is_kept: false })
                  }
                >
                  Replace
                </Button>
              </>
            ) : (
              <div className="min-w-0 flex-1">
                <PasswordInput
                  {...form.register(`config.headers.${index}.value`)}
                  aria-label={`Value of header ${index + 1}`}
                  autoComplete="off"
                />
              </div>
            )}
            <IconButton label={`Remove header ${index + 1}`} onClick={() => remove(index)}>
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </div>
        </div>
      ))}
      {message !== undefined && <p className="text-12 text-critical">{message}</p>}
      <div>
        <Button
          icon={<Plus size={14} aria-hidden />}
          onClick={() => append({ name: '', value: '', is_kept: false })}
        >
          Add a header
        </Button>
      </div>
    </fieldset>
  );
}
