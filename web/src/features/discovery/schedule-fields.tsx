import { Controller, type UseFormReturn } from 'react-hook-form';
import { DayPicker } from '../../domain/day-picker.tsx';
import { type Repeat, writeRule } from '../../domain/recurrence.ts';
import { recurrenceWords } from '../../domain/recurrence-words.ts';
import { WEEKDAY_ORDER } from '../../domain/weekdays.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { isZoneName, readZoneField } from '../../ui/format/zone-time.ts';
import { Select } from '../../ui/select.tsx';
import { ZoneInput } from '../../ui/zone-input.tsx';
import type { JobFormValues } from './job-form-values.ts';

type Form = UseFormReturn<JobFormValues>;

const REPEATS: readonly { readonly value: Repeat; readonly label: string; readonly note?: string }[] = [
  { value: 'once', label: 'Only when asked' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly_day', label: 'Every month' },
  { value: 'rule', label: 'By a rule of your own', note: 'RRULE of RFC 5545' },
];

/** When the job runs by itself. */
export function ScheduleFields({ form }: { readonly form: Form }) {
  const [recurrence, begin] = form.watch(['rrule', 'starts_at']);
  const { repeat } = recurrence;
  const error = form.formState.errors.rrule;
  // A way that this form does not offer is shown as the rule that it is.
  const isOffered = REPEATS.some(({ value }) => value === repeat);
  const change = (next: Repeat) => {
    const day = new Date(`${begin}Z`);
    const known = !Number.isNaN(day.getTime());
    form.setValue(
      'rrule',
      {
        ...recurrence,
        repeat: next,
        days: [WEEKDAY_ORDER[known ? (day.getUTCDay() + 6) % 7 : 0] ?? 'mo'],
        month_day: String(known ? day.getUTCDate() : 1),
        rule: next === 'rule' ? (writeRule(recurrence) ?? 'FREQ=WEEKLY;BYDAY=SU') : recurrence.rule,
      },
      { shouldDirty: true },
    );
    form.clearErrors('rrule');
  };
  return (
    <>
      <Field label="It runs" error={repeat === 'rule' ? undefined : error?.message}>
        {(control) => (
          <Select {...control} value={isOffered ? repeat : 'rule'} options={REPEATS} onChange={change} />
        )}
      </Field>
      {repeat === 'weekly' && (
        <Controller
          control={form.control}
          name="rrule.days"
          render={({ field }) => <DayPicker days={field.value} onChange={field.onChange} />}
        />
      )}
      {repeat === 'rule' && (
        <Field
          label="Rule"
          help="Without DTSTART: the first time says when it begins."
          error={error?.message ?? error?.rule?.message}
        >
          {(control) => (
            <TextInput
              {...control}
              {...form.register('rrule.rule')}
              className="font-mono text-13"
              placeholder="FREQ=MONTHLY;BYDAY=2TU"
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      )}
      {repeat !== 'once' && <FirstTimeFields form={form} words={recurrenceWords(writeRule(recurrence))} />}
    </>
  );
}

function FirstTimeFields({ form, words }: { readonly form: Form; readonly words: string }) {
  const { errors } = form.formState;
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="First time" error={errors.starts_at?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('starts_at', {
                validate: (text, { rrule, timezone }) =>
                  rrule.repeat === 'once' ||
                  readZoneField(text, timezone.trim()) !== undefined ||
                  'Enter a day and a time',
              })}
              type="datetime-local"
              className="tabular"
            />
          )}
        </Field>
        <Field label="Time zone" error={errors.timezone?.message}>
          {(control) => (
            <ZoneInput
              {...control}
              {...form.register('timezone', {
                validate: (text) => isZoneName(text.trim()) || 'Enter the name of a time zone',
              })}
            />
          )}
        </Field>
      </div>
      <p role="status" className="text-13 text-soft">
        It runs {words}, on the clocks of that zone.
      </p>
    </>
  );
}
