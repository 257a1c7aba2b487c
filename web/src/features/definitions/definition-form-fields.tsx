import { lazy, Suspense } from 'react';
import { Controller, type FieldPath, type UseFormReturn } from 'react-hook-form';
import { formatMeasure } from '../../domain/measure.ts';
import { CheckField, Field, TextArea, TextInput } from '../../ui/field.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { Skeleton } from '../../ui/view-state.tsx';
import { type DefinitionFormValues, isNumberText } from './definition-form-values.ts';
import { previewSummary } from './summary-preview.ts';

const ExpressionEditor = lazy(async () => ({
  default: (await import('./expression-editor.tsx')).ExpressionEditor,
}));

type Form = UseFormReturn<DefinitionFormValues>;
type NumberName = Extract<
  FieldPath<DefinitionFormValues>,
  `${'warning' | 'critical'}${'' | '_clear'}` | `${string}_seconds`
>;

/** Kinds that the server judges by what it hears itself. */
const HEARD: ReadonlySet<string> = new Set(['heartbeat', 'collection', 'component', 'store', 'notification']);

function NumberField({
  form,
  name,
  label,
  help,
  optional = false,
}: {
  readonly form: Form;
  readonly name: NumberName;
  readonly label: string;
  readonly help?: string | undefined;
  readonly optional?: boolean;
}) {
  return (
    <Field label={label} help={help} optional={optional} error={form.formState.errors[name]?.message}>
      {(control) => (
        <TextInput
          {...control}
          {...form.register(name)}
          inputMode="decimal"
          autoComplete="off"
          className="tabular"
        />
      )}
    </Field>
  );
}

/** Says a number of seconds in words below the field that holds it. */
function secondsWords(text: string, before: string): string {
  if (text.trim() === '' || !isNumberText(text)) return before;
  return `${before} ${formatDuration(Number(text.trim().replace(',', '.')))}.`.trim();
}

/** What is judged, and by which limits. */
export function JudgementFields({ form }: { readonly form: Form }) {
  const [kind, comparison, unit, duration] = form.watch(['kind', 'comparison', 'unit', 'duration_seconds']);
  const { errors } = form.formState;
  const isHeard = HEARD.has(kind);
  const side = comparison === '>' ? 'above' : 'below';
  const inUnit = unit.trim() === '' ? '' : `, in ${unit.trim()}`;
  return (
    <>
      {isHeard ? (
        <p className="rounded-md border border-line bg-canvas px-3 py-2.5 text-13 text-soft">
          The server judges this kind by what it hears itself; the value is a time of silence, in seconds.
        </p>
      ) : (
        <Field
          label="Expression"
          help="PromQL. One series for each node and instance; it needs the label node_id."
          error={errors.expr?.message}
        >
          {(control) => (
            <Controller
              control={form.control}
              name="expr"
              render={({ field }) => (
                <Suspense fallback={<Skeleton className="h-24" />}>
                  <ExpressionEditor
                    id={control.id}
                    describedBy={control['aria-describedby']}
                    isInvalid={control['aria-invalid'] === true}
                    label="Expression"
                    value={field.value}
                    onChange={field.onChange}
                    onBlur={field.onBlur}
                  />
                </Suspense>
              )}
            />
          )}
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <FormSelect
          form={form}
          name="comparison"
          label="Bad is"
          options={[
            { value: '>', label: 'a value above the limit' },
            { value: '<', label: 'a value below the limit' },
          ]}
        />
        <Field
          label="Unit"
          optional
          help="percent, bytes, seconds, or a word of your own"
          error={errors.unit?.message}
        >
          {(control) => <TextInput {...control} {...form.register('unit')} autoComplete="off" />}
        </Field>
        <NumberField form={form} name="warning" label="Warning" optional help={`Fires ${side} it${inUnit}`} />
        <NumberField
          form={form}
          name="warning_clear"
          label="Warning ends at"
          optional
          help="Empty: at the limit itself"
        />
        <NumberField
          form={form}
          name="critical"
          label="Critical"
          optional
          help={`Fires ${side} it${inUnit}`}
        />
        <NumberField
          form={form}
          name="critical_clear"
          label="Critical ends at"
          optional
          help="Empty: at the limit itself"
        />
        <NumberField
          form={form}
          name="duration_seconds"
          label="Must last, in seconds"
          help={secondsWords(duration, 'Fires once it was bad for')}
        />
        <NumberField
          form={form}
          name="clear_after_seconds"
          label="Ends after, in seconds"
          help="Of confirmed good data"
        />
      </div>
    </>
  );
}

/** The words of the alert. */
export function TextFields({ form }: { readonly form: Form }) {
  const { errors } = form.formState;
  const [summary, warning, critical, unit] = form.watch(['summary', 'warning', 'critical', 'unit']);
  const level = [critical, warning].find((text) => text.trim() !== '' && isNumberText(text)) ?? '42';
  const threshold = Number(level.trim().replace(',', '.'));
  const preview = previewSummary(summary, { value: threshold, threshold, node: 'node-01' });
  return (
    <>
      <Field
        label="Summary"
        optional
        help="The text of the alert. {{ $value | percent }}, {{ $threshold }}, {{ $node }}, {{ $instance }} and {{ $labels.NAME }} stand for its values; empty: one is made of the name and the value."
        error={errors.summary?.message}
      >
        {(control) => <TextArea {...control} {...form.register('summary')} rows={2} />}
      </Field>
      {summary.trim() !== '' && (
        <div className="-mt-2 rounded-md border border-line bg-canvas px-3 py-2 text-13">
          <div className="text-12 text-faint">
            Reads like this, with a value of {formatMeasure(threshold, unit.trim() === '' ? null : unit)}
          </div>
          <div className="break-words">{preview}</div>
        </div>
      )}
      <Field
        label="Runbook"
        optional
        help="What to do about it: the address of a page"
        error={errors.runbook_url?.message}
      >
        {(control) => <TextInput {...control} {...form.register('runbook_url')} autoComplete="off" />}
      </Field>
    </>
  );
}

/** What most definitions leave as it is. */
export function MoreFields({ form }: { readonly form: Form }) {
  const { errors } = form.formState;
  const [instances, kind] = form.watch(['instances', 'kind']);
  if (HEARD.has(kind)) return null;
  return (
    <details className="rounded-md border border-line px-4 py-3">
      <summary className="text-13 font-medium">Missing data, instances and times</summary>
      <div className="mt-4 flex flex-col gap-5">
        <FormSelect
          form={form}
          name="no_data"
          label="While data is missing"
          options={[
            { value: 'hold', label: 'What is stays', note: 'An alert goes on, and none begins' },
            { value: 'unknown', label: 'What is stays, and the node reads unknown' },
            { value: 'fire', label: 'It counts as bad', note: 'Once the series was seen good' },
          ]}
        />
        <FormSelect
          form={form}
          name="instances"
          label="An alert of its own has"
          options={[
            {
              value: 'series',
              label: 'each series',
              note: 'Told apart by every label but those of the node',
            },
            { value: 'node', label: 'each node' },
            { value: 'labels', label: 'each value of these labels' },
          ]}
        />
        {instances === 'labels' && (
          <Field
            label="Labels"
            help="Several with a comma between; a|b is the first of both that is not empty"
            error={errors.instance_labels?.message}
          >
            {(control) => (
              <TextInput
                {...control}
                {...form.register('instance_labels')}
                className="font-mono"
                autoComplete="off"
              />
            )}
          </Field>
        )}
        <CheckField
          label="Only what was once seen good"
          help="A port or a power supply that was never there raises no alarm."
          {...form.register('seen_good')}
        />
        <NumberField
          form={form}
          name="look_back_seconds"
          label="A sample counts as present for, in seconds"
          optional
          help="Empty: three intervals of the node, at least 30 s"
        />
        <NumberField
          form={form}
          name="settle_seconds"
          label="A new node or series is not judged for, in seconds"
          optional
          help="Empty: as the product has it"
        />
      </div>
    </details>
  );
}
