import type { NotificationChannel } from '@stratora/contract';
import { useState } from 'react';
import { type FieldPath, type UseFormReturn, useForm } from 'react-hook-form';
import { channelPath, useCreateChannel, useUpdateChannel } from '../../api/notification-channels.ts';
import { EditDialog, EditForm } from '../../domain/edit-form.tsx';
import type { Edited } from '../../domain/edited-entity.tsx';
import { CheckField, Field, TextArea, TextInput } from '../../ui/field.tsx';
import type { FormClose } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { tellDone } from '../../ui/toast.tsx';
import { ChannelConfigFields } from './channel-config-fields.tsx';
import {
  type ChannelFormValues,
  toChannelChange,
  toChannelForm,
  toNewChannel,
} from './channel-form-values.ts';
import { ChannelTextPreview } from './channel-text-preview.tsx';
import { CHANNEL_TYPE_OPTIONS } from './channel-words.ts';

const NAMES = [
  'name',
  'type',
  'text',
  'max_per_minute',
  'enabled',
  'config.to',
  'config.url',
  'config.headers',
  'config.signing_secret',
] as const satisfies readonly FieldPath<ChannelFormValues>[];

interface ChannelFormDialogProps {
  readonly open: boolean;
  /** The channel to edit; a new one where there is none. */
  readonly channel: NotificationChannel | undefined;
  readonly onClose: () => void;
  readonly onAdded?: (added: NotificationChannel) => void;
}

export function ChannelFormDialog({ open, channel, onClose, onAdded }: ChannelFormDialogProps) {
  return (
    <EditDialog
      open={open}
      onClose={onClose}
      wide
      entity={channel}
      pathOf={channelPath}
      addTitle="Add a channel"
      addLead="A way by which people, or other systems, hear of alerts."
    >
      {(edited, close) => <ChannelForm edited={edited} close={close} onAdded={onAdded} />}
    </EditDialog>
  );
}

interface ChannelFormProps {
  readonly edited: Edited<NotificationChannel> | undefined;
  readonly close: FormClose;
  readonly onAdded: ((added: NotificationChannel) => void) | undefined;
}

function ChannelForm({ edited, close, onAdded }: ChannelFormProps) {
  const channel = edited?.value;
  const create = useCreateChannel();
  const update = useUpdateChannel();
  const form = useForm<ChannelFormValues>({ defaultValues: toChannelForm(channel) });
  const state = useSubmit(form, NAMES, async (values) => {
    const saved = await (edited === undefined
      ? create.mutateAsync(toNewChannel(values))
      : update.mutateAsync({
          id: edited.value.id,
          body: toChannelChange(values, edited.value),
          ifMatch: edited.etag,
        }));
    close.done();
    tellDone(`${saved.name} saved`);
    if (edited === undefined) onAdded?.(saved);
  });
  const { errors } = form.formState;
  return (
    <EditForm form={form} state={state} edited={edited} close={close} addLabel="Add channel">
      <FormSelect
        form={form}
        name="type"
        label="Type"
        options={CHANNEL_TYPE_OPTIONS}
        disabled={channel !== undefined}
      />
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('name', { required: 'Give it a name' })}
            autoComplete="off"
          />
        )}
      </Field>
      <ChannelConfigFields form={form} />
      <TextFields form={form} />
      <Field
        label="At most so many messages a minute"
        help="What is over waits, and goes out together."
        error={errors.max_per_minute?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register('max_per_minute', {
              validate: (text) => /^\s*\d+\s*$/.test(text) || 'Enter a whole number',
            })}
            inputMode="numeric"
            autoComplete="off"
            className="tabular sm:w-32"
          />
        )}
      </Field>
      <CheckField
        label="On"
        help="Switched off, nothing goes out by it, and what waits for it is given up."
        {...form.register('enabled')}
      />
    </EditForm>
  );
}

/** The built-in text or one's own, with what it looks like. */
function TextFields({ form }: { readonly form: UseFormReturn<ChannelFormValues> }) {
  const [type, text] = form.watch(['type', 'text']);
  const [isOwn, setOwn] = useState(text !== '');
  return (
    <>
      <CheckField
        label="A text of your own"
        help="The built-in one says what is wrong, where, since when and how bad it is."
        checked={isOwn}
        onChange={(event) => {
          setOwn(event.target.checked);
          if (!event.target.checked) form.setValue('text', '', { shouldDirty: true });
        }}
      />
      {isOwn && (
        <Field
          label="Text"
          help="{{ $summary }}, {{ $severity }}, {{ $node }}, {{ $site }}, {{ $definition }}, {{ $instance }}, {{ $value }}, {{ $threshold }}, {{ $labels.NAME }}, {{ $event }}, {{ $team }} and {{ $url }} stand for what the alert has."
          error={form.formState.errors.text?.message}
        >
          {(control) => (
            <TextArea {...control} {...form.register('text')} rows={4} className="font-mono text-13" />
          )}
        </Field>
      )}
      <ChannelTextPreview type={type} text={isOwn ? text : ''} />
    </>
  );
}
