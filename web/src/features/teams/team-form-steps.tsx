import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Controller, type UseFormReturn, useFieldArray } from 'react-hook-form';
import { channelsQuery } from '../../api/notification-channels.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { MultiPick } from '../../ui/multi-pick.tsx';
import {
  movedSteps,
  readMinutes,
  type StepTells,
  stepAfter,
  type TeamFormValues,
} from './team-form-values.ts';

type Form = UseFormReturn<TeamFormValues>;

const STEPS_MAX = 20;

/** Whom a team tells, in which order, and how often the last step is repeated. */
export function StepFields({ form }: { readonly form: Form }) {
  const { fields, append, remove, replace } = useFieldArray({ control: form.control, name: 'steps' });
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    // The focus goes along with the step that moved.
    if (wanted.current === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-move="${wanted.current}"]:not(:disabled)`)?.focus();
    wanted.current = undefined;
  });
  const move = (index: number, by: 1 | -1) => {
    replace([...movedSteps(form.getValues('steps'), index, by)]);
    const to = index + by;
    const isAtEnd = to === 0 || to === fields.length - 1;
    wanted.current = `${to} ${isAtEnd ? -by : by}`;
    setSaid(`Step ${index + 1} is step ${to + 1} now`);
  };
  const error = form.formState.errors.steps;
  const message = error?.message ?? error?.root?.message;
  return (
    <FormSection
      title="Steps"
      lead="They run until somebody acknowledges the alert, or until it resolves. Times count from its begin."
    >
      <ol ref={list} className="flex flex-col gap-3">
        {fields.map((field, index) => (
          <li key={field.id}>
            <StepField
              form={form}
              index={index}
              count={fields.length}
              onMove={(by) => move(index, by)}
              onRemove={() => remove(index)}
            />
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
      {message !== undefined && <p className="text-12 text-critical">{message}</p>}
      {fields.length < STEPS_MAX && (
        <div>
          <Button
            icon={<Plus size={14} aria-hidden />}
            onClick={() => append(stepAfter(form.getValues('steps')))}
          >
            Add a step
          </Button>
        </div>
      )}
      <RepeatFields form={form} />
    </FormSection>
  );
}

const TELLS: readonly { readonly value: StepTells; readonly label: string; readonly note?: string }[] = [
  { value: 'all', label: 'every channel that is on' },
  { value: 'some', label: 'some channels' },
  { value: 'current', label: 'who is on call', note: 'By mail, and by channels if you choose any' },
  { value: 'next', label: 'who is on call next', note: 'By mail, and by channels if you choose any' },
];

interface StepFieldProps {
  readonly form: Form;
  readonly index: number;
  readonly count: number;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

function StepField({ form, index, count, onMove, onRemove }: StepFieldProps) {
  const channels = useQuery(channelsQuery).data ?? [];
  const [after, tells, hasRotation] = form.watch([
    `steps.${index}.after_seconds`,
    `steps.${index}.tells`,
    'has_rotation',
  ]);
  const errorOf = (name: 'after_seconds' | 'channel_ids') =>
    form.getFieldState(`steps.${index}.${name}`, form.formState).error?.message;
  const seconds = readMinutes(after);
  return (
    <div
      role="group"
      aria-label={`Step ${index + 1}`}
      className="flex flex-col gap-3 rounded-md border border-line p-3"
    >
      <StepHead index={index} count={count} onMove={onMove} onRemove={onRemove} />
      <div className="grid gap-3 sm:grid-cols-[132px_minmax(0,1fr)]">
        <Field
          label="After, in minutes"
          help={
            seconds === undefined ? undefined : seconds === 0 ? 'At once' : `After ${formatDuration(seconds)}`
          }
          error={errorOf('after_seconds')}
        >
          {(control) => (
            <TextInput
              {...control}
              {...form.register(`steps.${index}.after_seconds`)}
              inputMode="decimal"
              autoComplete="off"
              className="tabular"
            />
          )}
        </Field>
        <FormSelect
          form={form}
          name={`steps.${index}.tells`}
          label="Tell"
          options={TELLS}
          help={
            !hasRotation && (tells === 'current' || tells === 'next')
              ? 'There is no rotation below yet: nobody would be told.'
              : undefined
          }
        />
      </div>
      {tells !== 'all' && (
        <Controller
          control={form.control}
          name={`steps.${index}.channel_ids`}
          render={({ field }) => (
            <MultiPick
              label={tells === 'some' ? 'Channels' : 'And these channels'}
              none={tells === 'some' ? 'none yet' : 'none'}
              empty="There are no channels yet."
              options={channels.map(({ id, name, enabled }) => ({
                value: id,
                label: enabled ? name : `${name} (off)`,
              }))}
              values={field.value}
              onChange={field.onChange}
              error={errorOf('channel_ids')}
            />
          )}
        />
      )}
    </div>
  );
}

function StepHead({ index, count, onMove, onRemove }: Omit<StepFieldProps, 'form'>) {
  return (
    <div className="flex items-center gap-1">
      <span className="flex-1 text-13 font-semibold">Step {index + 1}</span>
      <IconButton
        label={`Move step ${index + 1} up`}
        data-move={`${index} -1`}
        disabled={index === 0}
        onClick={() => onMove(-1)}
      >
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move step ${index + 1} down`}
        data-move={`${index} 1`}
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      >
        <ArrowDown size={16} aria-hidden />
      </IconButton>
      <IconButton label={`Remove step ${index + 1}`} disabled={count === 1} onClick={onRemove}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

function RepeatFields({ form }: { readonly form: Form }) {
  const isRepeated = form.watch('is_repeated');
  const errors = form.formState.errors.repeat;
  return (
    <>
      <CheckField
        label="Repeat the last step"
        help="As long as nobody acknowledges."
        {...form.register('is_repeated')}
      />
      {isRepeated && (
        <div className="grid gap-4 pl-6 sm:grid-cols-2">
          <Field label="Every, in minutes" error={errors?.every_seconds?.message}>
            {(control) => (
              <TextInput
                {...control}
                {...form.register('repeat.every_seconds')}
                inputMode="decimal"
                autoComplete="off"
                className="tabular"
              />
            )}
          </Field>
          <Field label="So many times at most" error={errors?.times?.message}>
            {(control) => (
              <TextInput
                {...control}
                {...form.register('repeat.times')}
                inputMode="numeric"
                autoComplete="off"
                className="tabular"
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}
