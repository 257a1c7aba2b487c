import type { AlertDefinition } from '@stratora/contract';
import { useEffect, useMemo, useRef } from 'react';
import { type FieldPath, type UseFormReturn, useForm } from 'react-hook-form';
import { definitionPath, useCreateDefinition, useUpdateDefinition } from '../../api/alert-definitions.ts';
import { KIND_OPTIONS } from '../../domain/definition-words.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import { type Edited, EditedEntity } from '../../domain/edited-entity.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import { type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { tellDone } from '../../ui/toast.tsx';
import { JudgementFields, MoreFields, TextFields } from './definition-form-fields.tsx';
import {
  type DefinitionFormValues,
  isNumberText,
  overrideName,
  type Place,
  toDefinitionBody,
  toDefinitionForm,
  toOverrideForm,
} from './definition-form-values.ts';
import { ScopePicker, usePlaceName } from './scope-picker.tsx';
import { TrialPanel } from './trial-panel.tsx';

const NAMES = [
  'name',
  'kind',
  'expr',
  'comparison',
  'warning',
  'warning_clear',
  'critical',
  'critical_clear',
  'unit',
  'duration_seconds',
  'clear_after_seconds',
  'instance_labels',
  'no_data',
  'look_back_seconds',
  'seen_good',
  'settle_seconds',
  'scope.type',
  'scope.id',
  'summary',
  'runbook_url',
  'enabled',
] as const satisfies readonly FieldPath<DefinitionFormValues>[];

const NUMBERS = [
  'warning',
  'warning_clear',
  'critical',
  'critical_clear',
  'duration_seconds',
  'clear_after_seconds',
  'look_back_seconds',
  'settle_seconds',
] as const;

interface DefinitionFormDialogProps {
  readonly open: boolean;
  /** The definition to edit; a new one where there is none. */
  readonly definition: AlertDefinition | undefined;
  /** Of a new one: the definition that it replaces, and where, if that is known. */
  readonly replaced: { readonly root: AlertDefinition; readonly place: Place | undefined } | undefined;
  readonly onClose: () => void;
  readonly onSaved?: (saved: AlertDefinition) => void;
}

export function DefinitionFormDialog({
  open,
  definition,
  replaced,
  onClose,
  onSaved,
}: DefinitionFormDialogProps) {
  const title =
    definition !== undefined
      ? `Edit ${definition.name}`
      : replaced === undefined
        ? 'Add an alert definition'
        : `Replace ${replaced.root.name} somewhere`;
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      wide
      title={title}
      lead={
        replaced === undefined || definition !== undefined
          ? undefined
          : 'Within its scope this one judges instead. Alerts keep their key, so that none is told twice.'
      }
    >
      {(close) => (
        <EditedEntity<AlertDefinition> path={definition && definitionPath(definition.id)}>
          {(edited) => <DefinitionForm edited={edited} replaced={replaced} close={close} onSaved={onSaved} />}
        </EditedEntity>
      )}
    </FormDialog>
  );
}

interface DefinitionFormProps {
  readonly edited: Edited<AlertDefinition> | undefined;
  readonly replaced: DefinitionFormDialogProps['replaced'];
  readonly close: FormClose;
  readonly onSaved: ((saved: AlertDefinition) => void) | undefined;
}

/** Marks numbers that are none, before the server is asked: it could only say that a number was expected. */
function hasNumbers(form: UseFormReturn<DefinitionFormValues>, values: DefinitionFormValues): boolean {
  const wrong = NUMBERS.filter((name) => !isNumberText(values[name]));
  wrong.forEach((name, index) =>
    form.setError(name, { message: 'Enter a number' }, { shouldFocus: index === 0 }),
  );
  return wrong.length === 0;
}

/** Names a replacement after its place, until somebody names it otherwise. */
function useNameOfPlace(form: UseFormReturn<DefinitionFormValues>, root: AlertDefinition | undefined): void {
  const [type, id] = form.watch(['scope.type', 'scope.id']);
  const place = usePlaceName(type, id);
  const given = useRef(form.formState.defaultValues?.name ?? '');
  useEffect(() => {
    if (root === undefined || place === undefined || form.getValues('name') !== given.current) return;
    given.current = overrideName(root.name, place);
    form.setValue('name', given.current);
    form.clearErrors('name');
  }, [form, root, place]);
}

interface TrialFieldsProps {
  readonly form: UseFormReturn<DefinitionFormValues>;
  readonly overrides: string | null;
  readonly id: string | undefined;
}

/** Tries what stands in the form, before it is saved. */
function TrialFields({ form, overrides, id }: TrialFieldsProps) {
  const current = JSON.stringify(toDefinitionBody(form.watch(), overrides));
  const read = () => {
    const values = form.getValues();
    return hasNumbers(form, values) ? toDefinitionBody(values, overrides) : undefined;
  };
  return (
    <section aria-label="Try it" className="rounded-md border border-line px-4 py-3">
      <h3 className="text-13 font-medium">Try it</h3>
      <p className="mb-3 text-13 text-soft">
        With what stands here, saved or not. Nobody is told of anything.
      </p>
      <TrialPanel read={read} current={current} id={id} />
    </section>
  );
}

function DefinitionForm({ edited, replaced, close, onSaved }: DefinitionFormProps) {
  const definition = edited?.value;
  const create = useCreateDefinition();
  const update = useUpdateDefinition();
  const start = useMemo(
    () =>
      definition === undefined && replaced !== undefined
        ? toOverrideForm(replaced.root, replaced.place)
        : toDefinitionForm(definition),
    [definition, replaced],
  );
  const overrides = definition === undefined ? (replaced?.root.id ?? null) : definition.overrides;
  const form = useForm<DefinitionFormValues>({ defaultValues: start });
  const state = useSubmit(form, NAMES, async (values) => {
    if (!hasNumbers(form, values)) return;
    const body = toDefinitionBody(values, overrides);
    const saved = await (edited === undefined
      ? create.mutateAsync(body)
      : update.mutateAsync({ id: edited.value.id, body, ifMatch: edited.etag }));
    close.done();
    tellDone(`${saved.name} saved`);
    onSaved?.(saved);
  });
  useNameOfPlace(form, edited === undefined ? replaced?.root : undefined);
  const { errors } = form.formState;
  return (
    <EditForm form={form} state={state} edited={edited} close={close} addLabel="Add definition">
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('name', { required: 'Give it a name' })}
            autoComplete="off"
          />
        )}
      </Field>
      {overrides === null && definition?.is_shipped !== true && (
        <FormSelect form={form} name="kind" label="Kind" options={KIND_OPTIONS} />
      )}
      {definition?.is_shipped !== true && <ScopePicker form={form} allowsGlobal={overrides === null} />}
      <JudgementFields form={form} />
      <TextFields form={form} />
      <MoreFields form={form} />
      <TrialFields form={form} overrides={overrides} id={definition?.id} />
      <CheckField
        label="On"
        help={
          overrides === null
            ? 'Switched off, it judges nothing, and its alerts end.'
            : 'Switched off, nothing is judged within its scope, and the alerts there end.'
        }
        {...form.register('enabled')}
      />
    </EditForm>
  );
}
