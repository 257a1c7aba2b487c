import type { Weekday } from '@stratora/contract';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { DayPicker } from '../../domain/day-picker.tsx';
import { type Recurrence, type Repeat, type RepeatEnd, writeRule } from '../../domain/recurrence.ts';
import { POSITION_NAMES, recurrenceWords } from '../../domain/recurrence-words.ts';
import { WEEKDAY_NAMES, WEEKDAY_ORDER } from '../../domain/weekdays.ts';
import { Field, TextArea, TextInput } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import type { WindowFormValues } from './window-form-values.ts';

type Form = UseFormReturn<WindowFormValues>;

const REPEATS: readonly { readonly value: Repeat; readonly label: string; readonly note?: string }[] = [
  { value: 'once', label: 'once' },
  { value: 'daily', label: 'by days' },
  { value: 'weekly', label: 'by weeks, on some days' },
  { value: 'monthly_day', label: 'by months, on a day of the month' },
  { value: 'monthly_position', label: 'by months, on a weekday', note: 'Such as the second Tuesday' },
  { value: 'rule', label: 'by a rule of your own', note: 'RRULE of RFC 5545' },
];
const UNITS: Readonly<Record<Exclude<Repeat, 'once' | 'rule'>, string>> = {
  daily: 'days',
  weekly: 'weeks',
  monthly_day: 'months',
  monthly_position: 'months',
};
const ENDS: readonly { readonly value: RepeatEnd; readonly label: string }[] = [
  { value: 'never', label: 'goes on until somebody ends it' },
  { value: 'until', label: 'ends on a day' },
  { value: 'count', label: 'ends after so many times' },
];

/** The weekday and the day of the month of a field of the type `datetime-local`. */
function dayOfField(text: string): { readonly weekday: Weekday; readonly monthDay: number } | undefined {
  const time = Date.parse(`${text}Z`);
  if (Number.isNaN(time)) return undefined;
  const date = new Date(time);
  return { weekday: WEEKDAY_ORDER[(date.getUTCDay() + 6) % 7] ?? 'mo', monthDay: date.getUTCDate() };
}

/** What a way of recurring begins with: as the first window is, and with the rule that stood there as one's own. */
function startOf(repeat: Repeat, before: Recurrence, firstBegin: string): Recurrence {
  const day = dayOfField(firstBegin);
  const rule = writeRule(before);
  switch (repeat) {
    case 'weekly':
      return { ...before, repeat, days: day === undefined ? before.days : [day.weekday] };
    case 'monthly_day':
      return { ...before, repeat, month_day: String(day?.monthDay ?? 1) };
    case 'monthly_position':
      return day === undefined
        ? { ...before, repeat }
        : {
            ...before,
            repeat,
            position: day.monthDay > 28 ? '-1' : String(Math.ceil(day.monthDay / 7)),
            position_day: day.weekday,
          };
    case 'rule':
      return { ...before, repeat, rule: rule ?? 'FREQ=WEEKLY;BYDAY=SU' };
    default:
      return { ...before, repeat };
  }
}

/** Whether the window recurs, and how; simple choices write a rule. */
export function RecurrenceFields({ form }: { readonly form: Form }) {
  const [recurrence, begin] = form.watch(['rrule', 'starts_at']);
  const { repeat } = recurrence;
  const errors = form.formState.errors;
  return (
    <>
      <Field label="It takes place" error={repeat === 'rule' ? undefined : errors.rrule?.message}>
        {(control) => (
          <Select
            {...control}
            value={repeat}
            options={REPEATS}
            onChange={(next) => {
              form.setValue('rrule', startOf(next, recurrence, begin), { shouldDirty: true });
              form.clearErrors('rrule');
            }}
          />
        )}
      </Field>
      {repeat === 'rule' && (
        <Field
          label="Rule"
          help="Without DTSTART: the first window says when it begins."
          error={errors.rrule?.message ?? errors.rrule?.rule?.message}
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
      {repeat !== 'once' && repeat !== 'rule' && <SimpleFields form={form} repeat={repeat} />}
      {repeat !== 'once' && <ExceptionField form={form} />}
    </>
  );
}

function SimpleFields({ form, repeat }: { readonly form: Form; readonly repeat: keyof typeof UNITS }) {
  const recurrence = form.watch('rrule');
  return (
    <div className="flex flex-col gap-4 rounded-md border border-line p-3">
      <label className="flex flex-wrap items-center gap-2 text-13">
        every
        <TextInput
          {...form.register('rrule.interval', {
            validate: (text) => /^\s*[1-9]\d*\s*$/.test(text) || 'Enter a whole number',
          })}
          inputMode="numeric"
          autoComplete="off"
          className="tabular w-16!"
          aria-label={`Every so many ${UNITS[repeat]}`}
        />
        {recurrence.interval.trim() === '1' ? UNITS[repeat].replace(/s$/, '') : UNITS[repeat]}
      </label>
      {repeat === 'weekly' && (
        <Controller
          control={form.control}
          name="rrule.days"
          render={({ field }) => <DayPicker days={field.value} onChange={field.onChange} />}
        />
      )}
      {repeat === 'monthly_day' && <MonthDayField form={form} />}
      {repeat === 'monthly_position' && <PositionFields form={form} />}
      <EndFields form={form} />
      <p role="status" className="text-13 text-soft">
        It takes place {recurrenceWords(writeRule(recurrence))}.
      </p>
    </div>
  );
}

function MonthDayField({ form }: { readonly form: Form }) {
  const day = form.watch('rrule.month_day');
  const options = [
    ...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: `day ${index + 1}` })),
    { value: '-1', label: 'the last day' },
  ];
  return (
    <Field label="On" help={Number(day) > 28 ? 'Months that have no such day are left out.' : undefined}>
      {(control) => (
        <Select
          {...control}
          value={day}
          options={options}
          onChange={(next) => form.setValue('rrule.month_day', next, { shouldDirty: true })}
        />
      )}
    </Field>
  );
}

function PositionFields({ form }: { readonly form: Form }) {
  const [position, day] = form.watch(['rrule.position', 'rrule.position_day']);
  return (
    <div className="grid grid-cols-2 gap-2">
      <Select
        label="Which one of the month"
        value={position}
        options={['1', '2', '3', '4', '-1'].map((value) => ({
          value,
          label: `on the ${POSITION_NAMES[value] ?? ''}`,
        }))}
        onChange={(next) => form.setValue('rrule.position', next, { shouldDirty: true })}
      />
      <Select
        label="Weekday"
        value={day}
        options={WEEKDAY_ORDER.map((value) => ({ value, label: WEEKDAY_NAMES[value].long }))}
        onChange={(next) => form.setValue('rrule.position_day', next, { shouldDirty: true })}
      />
    </div>
  );
}

function EndFields({ form }: { readonly form: Form }) {
  const end = form.watch('rrule.end');
  const errors = form.formState.errors.rrule;
  return (
    <div className="grid items-start gap-2 sm:grid-cols-2">
      <Select
        label="Until when it recurs"
        value={end}
        options={ENDS}
        onChange={(next) => form.setValue('rrule.end', next, { shouldDirty: true })}
      />
      {end === 'until' && (
        <div>
          <TextInput
            {...form.register('rrule.until', { required: 'Enter a day' })}
            type="date"
            aria-label="Last day on which it begins"
            aria-invalid={errors?.until === undefined ? undefined : true}
          />
          {errors?.until !== undefined && (
            <p className="mt-1 text-12 text-critical">{errors.until.message}</p>
          )}
        </div>
      )}
      {end === 'count' && (
        <div>
          <TextInput
            {...form.register('rrule.count', {
              validate: (text) => /^\s*[1-9]\d*\s*$/.test(text) || 'Enter a whole number',
            })}
            inputMode="numeric"
            autoComplete="off"
            aria-label="How many times"
            aria-invalid={errors?.count === undefined ? undefined : true}
            className="tabular"
          />
          {errors?.count !== undefined && (
            <p className="mt-1 text-12 text-critical">{errors.count.message}</p>
          )}
        </div>
      )}
    </div>
  );
}

function ExceptionField({ form }: { readonly form: Form }) {
  return (
    <Field
      label="But not on"
      optional
      help="Days such as 2026-12-24, one a line"
      error={form.formState.errors.exdates?.message}
    >
      {(control) => (
        <TextArea
          {...control}
          {...form.register('exdates')}
          rows={2}
          className="tabular"
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
