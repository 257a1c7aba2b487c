import type { MaintenanceWindow } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type FieldPath, type UseFormReturn, useForm } from 'react-hook-form';
import {
  useCreateWindow,
  useUpdateWindow,
  type WindowTimes,
  windowPath,
  windowPreviewQuery,
} from '../../api/maintenance-windows.ts';
import { EditDialog, EditForm } from '../../domain/edit-form.tsx';
import type { Edited } from '../../domain/edited-entity.tsx';
import { ScopeFields } from '../../domain/scope-fields.tsx';
import { describeError, fieldFaults } from '../../ui/error-text.ts';
import { CheckField, Field, TextArea, TextInput } from '../../ui/field.tsx';
import type { FormClose } from '../../ui/form-dialog.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { plural } from '../../ui/format/units.ts';
import { isZoneName } from '../../ui/format/zone-time.ts';
import { serverNow } from '../../ui/state/clock.ts';
import { useDebounced } from '../../ui/state/debounced.ts';
import { tellDone } from '../../ui/toast.tsx';
import { Skeleton } from '../../ui/view-state.tsx';
import { ZoneInput } from '../../ui/zone-input.tsx';
import { OccurrenceList } from './occurrence-list.tsx';
import { RecurrenceFields } from './recurrence-fields.tsx';
import {
  toWindowBody,
  toWindowForm,
  toWindowTimes,
  type WindowFormValues,
  type WindowPlace,
} from './window-form-values.ts';

type Form = UseFormReturn<WindowFormValues>;

const NOBODY: readonly string[] = [];

const NAMES = [
  'name',
  'scope.type',
  'scope.id',
  'starts_at',
  'ends_at',
  'timezone',
  'rrule',
  'exdates',
  'reason',
] as const satisfies readonly FieldPath<WindowFormValues>[];

interface WindowFormDialogProps {
  readonly open: boolean;
  /** The window to edit; a new one where there is none. */
  readonly window: MaintenanceWindow | undefined;
  /** Of a new one: for what it is, if that is known. */
  readonly place?: WindowPlace | undefined;
  readonly onClose: () => void;
  readonly onAdded?: (added: MaintenanceWindow) => void;
}

export function WindowFormDialog({ open, window, place, onClose, onAdded }: WindowFormDialogProps) {
  return (
    <EditDialog
      open={open}
      onClose={onClose}
      wide
      entity={window}
      pathOf={windowPath}
      addTitle="Plan maintenance"
      addLead="Within it alerts are kept, and nobody is told of them. It ends by itself."
    >
      {(edited, close) => <WindowForm edited={edited} place={place} close={close} onAdded={onAdded} />}
    </EditDialog>
  );
}

interface WindowFormProps {
  readonly edited: Edited<MaintenanceWindow> | undefined;
  readonly place: WindowPlace | undefined;
  readonly close: FormClose;
  readonly onAdded: ((added: MaintenanceWindow) => void) | undefined;
}

function WindowForm({ edited, place, close, onAdded }: WindowFormProps) {
  const window = edited?.value;
  const create = useCreateWindow();
  const update = useUpdateWindow();
  const form = useForm<WindowFormValues>({
    defaultValues: useMemo(() => toWindowForm(window, place, serverNow()), [window, place]),
  });
  const also = edited === undefined ? (place?.also ?? NOBODY) : NOBODY;
  const [isAlso, setAlso] = useState(true);
  const isFor = (scope: WindowFormValues['scope']) => scope.type === place?.type && scope.id === place.id;
  const state = useSubmit(form, NAMES, async (values) => {
    if (values.scope.type !== 'global' && values.scope.id === '') {
      form.setError('scope.id', { message: 'Choose one' });
      return;
    }
    const times = toWindowTimes(values, window);
    if (times === undefined) return;
    const body = toWindowBody(values, times);
    // Those that go dark with it first: where one fails, the form stays open and nothing is said to be saved.
    for (const id of isFor(values.scope) && isAlso ? also : []) {
      await create.mutateAsync({ ...body, scope: { type: 'node', id } });
    }
    const saved = await (edited === undefined
      ? create.mutateAsync(body)
      : update.mutateAsync({ id: edited.value.id, body, ifMatch: edited.etag }));
    close.done();
    tellDone(`${saved.name} saved`);
    if (edited === undefined) onAdded?.(saved);
  });
  const { errors } = form.formState;
  const [scopeType, scopeId] = form.watch(['scope.type', 'scope.id']);
  return (
    <EditForm form={form} state={state} edited={edited} close={close} addLabel="Plan it">
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('name', { required: 'Give it a name' })}
            placeholder="Patch day"
            autoComplete="off"
          />
        )}
      </Field>
      <ScopeFields
        label="For"
        type={scopeType}
        id={scopeId}
        allowsGlobal
        error={errors.scope?.id?.message ?? errors.scope?.type?.message}
        onChange={(type, id) => {
          form.setValue('scope', { type, id }, { shouldDirty: true });
          form.clearErrors('scope');
        }}
      />
      {also.length > 0 && isFor({ type: scopeType, id: scopeId }) && (
        <CheckField
          label={`Also for the ${plural(also.length, 'node')} behind it`}
          help="Each gets a window of the same name and times."
          checked={isAlso}
          onChange={(event) => setAlso(event.target.checked)}
        />
      )}
      <TimeFields form={form} />
      <RecurrenceFields form={form} />
      <Field label="Reason" optional help="Your colleagues see it." error={errors.reason?.message}>
        {(control) => <TextArea {...control} {...form.register('reason')} rows={2} />}
      </Field>
      <Preview form={form} window={window} />
    </EditForm>
  );
}

function TimeFields({ form }: { readonly form: Form }) {
  const { errors } = form.formState;
  const isRecurring = form.watch('rrule.repeat') !== 'once';
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={isRecurring ? 'The first one begins' : 'Begins'} error={errors.starts_at?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('starts_at', { required: 'Enter a date and a time' })}
              type="datetime-local"
            />
          )}
        </Field>
        <Field label={isRecurring ? 'and ends' : 'Ends'} error={errors.ends_at?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('ends_at', { required: 'Enter a date and a time' })}
              type="datetime-local"
            />
          )}
        </Field>
      </div>
      <Field
        label="Time zone"
        help="These times are by its clocks, also after they are set forward or back."
        error={errors.timezone?.message}
      >
        {(control) => (
          <ZoneInput
            {...control}
            {...form.register('timezone', {
              validate: (name) => isZoneName(name.trim()) || 'Enter a time zone such as Europe/Berlin',
            })}
          />
        )}
      </Field>
    </>
  );
}

/** When it would take place, before it is saved. */
function Preview({ form, window }: { readonly form: Form; readonly window: MaintenanceWindow | undefined }) {
  const times = toWindowTimes(form.watch(), window);
  const text = useDebounced(times === undefined ? '' : JSON.stringify(times));
  return (
    <section aria-label="Preview" className="rounded-md border border-line px-4 py-3">
      <h3 className="mb-2 text-13 font-medium">The next times</h3>
      {text === '' ? (
        <p className="text-13 text-soft">Enter when it begins and ends.</p>
      ) : (
        <PreviewOf times={JSON.parse(text) as WindowTimes} />
      )}
    </section>
  );
}

export function PreviewOf({ times }: { readonly times: WindowTimes }) {
  const preview = useQuery({ ...windowPreviewQuery(times), placeholderData: keepPreviousData });
  if (preview.isError) {
    const faults = fieldFaults(preview.error).map(({ message }) => message);
    return (
      <p role="status" className="text-13 text-critical">
        {faults.length > 0 ? faults.join('; ') : describeError(preview.error)}
      </p>
    );
  }
  if (preview.data === undefined) return <Skeleton className="h-24" />;
  return (
    <div aria-busy={preview.isPlaceholderData}>
      <OccurrenceList preview={preview.data} />
    </div>
  );
}
