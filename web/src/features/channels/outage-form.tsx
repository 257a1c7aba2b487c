import type { Component, NotificationChannel } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Controller, type FieldPath, useForm } from 'react-hook-form';
import { componentsQuery } from '../../api/components.ts';
import { SETTINGS_PATH, type Settings, useUpdateSettings } from '../../api/settings.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import { type Edited, EditedEntity } from '../../domain/edited-entity.tsx';
import { ResourceState } from '../../domain/resource-state.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import { type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { MultiPick } from '../../ui/multi-pick.tsx';
import { tellDone } from '../../ui/toast.tsx';
import {
  minutesFault,
  type OutageFormValues,
  outageChannels,
  toOutageBody,
  toOutageForm,
} from './outage-form-values.ts';

const NAMES = [
  'is_set',
  'minutes',
  'channel_ids',
  'collector_ids',
] as const satisfies readonly FieldPath<OutageFormValues>[];

interface OutageDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly channels: readonly NotificationChannel[];
}

export function OutageDialog({ open, onClose, channels }: OutageDialogProps) {
  const components = useQuery(componentsQuery);
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="When this server is away"
      lead="A collector that cannot reach the server tells people by itself: which of its nodes answer, how much it keeps, and why the server is not reached. When the server is back it says so too."
    >
      {(close) => (
        <ResourceState query={components} what="The collectors">
          {(all) => (
            <EditedEntity<Settings> path={SETTINGS_PATH}>
              {(edited) =>
                edited !== undefined && (
                  <OutageForm
                    edited={edited}
                    close={close}
                    channels={outageChannels(channels)}
                    collectors={all.filter(({ component_type: type }) => type === 'collector')}
                  />
                )
              }
            </EditedEntity>
          )}
        </ResourceState>
      )}
    </FormDialog>
  );
}

interface OutageFormProps {
  readonly edited: Edited<Settings>;
  readonly close: FormClose;
  readonly channels: readonly NotificationChannel[];
  readonly collectors: readonly Component[];
}

function OutageForm({ edited, close, channels, collectors }: OutageFormProps) {
  const update = useUpdateSettings();
  const form = useForm<OutageFormValues>({
    defaultValues: toOutageForm(edited.value.outage_notice, { channels, collectors }),
  });
  const state = useSubmit(form, NAMES, async (values) => {
    await update.mutateAsync({ body: { outage_notice: toOutageBody(values) }, ifMatch: edited.etag });
    close.done();
    tellDone(values.is_set ? 'Collectors will tell' : 'Collectors tell nobody');
  });
  const { errors } = form.formState;
  return (
    <EditForm form={form} state={state} edited={edited} close={close}>
      <CheckField
        label="Collectors tell by themselves"
        help="They are given what they need for it: the mail server with its login, and the addresses and secrets of the webhooks. They must be able to reach those from where they are."
        {...form.register('is_set')}
      />
      {form.watch('is_set') && (
        <>
          <Field
            label="After so many minutes without an answer"
            help="Longer than the server needs to be restarted."
            error={errors.minutes?.message}
          >
            {(control) => (
              <TextInput
                {...control}
                {...form.register('minutes', { validate: (text) => minutesFault(text) ?? true })}
                inputMode="decimal"
                autoComplete="off"
                className="tabular"
              />
            )}
          </Field>
          <Controller
            control={form.control}
            name="channel_ids"
            rules={{ validate: (ids) => ids.length > 0 || 'Choose a channel' }}
            render={({ field }) => (
              <MultiPick
                label="By these channels"
                none="none yet"
                empty="There is no mail channel and no webhook yet."
                options={channels.map(({ id, name, enabled }) => ({
                  value: id,
                  label: enabled ? name : `${name} (off)`,
                }))}
                values={field.value}
                onChange={field.onChange}
                error={errors.channel_ids?.message}
              />
            )}
          />
          <Controller
            control={form.control}
            name="collector_ids"
            render={({ field }) => (
              <MultiPick
                label="Only these collectors"
                none="all of them"
                empty="There are no collectors yet."
                options={collectors.map(({ id, name }) => ({ value: id, label: name }))}
                values={field.value}
                onChange={field.onChange}
                error={errors.collector_ids?.message}
                help="Each that is cut off sends messages of its own: with many collectors, choose a few."
              />
            )}
          />
        </>
      )}
    </EditForm>
  );
}
