import { Plus, Trash2 } from 'lucide-react';
import { Controller, type UseFormReturn, useFieldArray } from 'react-hook-form';
import { DayPicker } from '../../domain/day-picker.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { isZoneName } from '../../ui/format/zone-time.ts';
import { ZoneInput } from '../../ui/zone-input.tsx';
import { NEW_WINDOW, type TeamFormValues } from './team-form-values.ts';

type Form = UseFormReturn<TeamFormValues>;

/** When a team hears of alerts. */
export function HoursFields({ form }: { readonly form: Form }) {
  const type = form.watch('active.type');
  return (
    <FormSection title="When">
      <FormSelect
        form={form}
        name="active.type"
        label="It hears of alerts"
        options={[
          { value: 'always', label: 'at any time' },
          { value: 'hours', label: 'at some hours of the week' },
        ]}
      />
      {type === 'hours' && <WindowFields form={form} />}
    </FormSection>
  );
}

function WindowFields({ form }: { readonly form: Form }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'active.windows' });
  const errors = form.formState.errors.active;
  return (
    <>
      <Field
        label="Time zone"
        help="The hours follow its clocks, daylight saving too."
        error={errors?.timezone?.message}
      >
        {(control) => (
          <ZoneInput
            {...control}
            {...form.register('active.timezone', {
              validate: (name) => isZoneName(name.trim()) || 'Enter a time zone such as Europe/Berlin',
            })}
          />
        )}
      </Field>
      {fields.map((field, index) => (
        <HoursWindowField
          key={field.id}
          form={form}
          index={index}
          onRemove={fields.length > 1 ? () => remove(index) : undefined}
        />
      ))}
      <div>
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => append(NEW_WINDOW)}>
          Add hours
        </Button>
      </div>
    </>
  );
}

interface HoursWindowFieldProps {
  readonly form: Form;
  readonly index: number;
  readonly onRemove: (() => void) | undefined;
}

function HoursWindowField({ form, index, onRemove }: HoursWindowFieldProps) {
  const error = form.getFieldState(`active.windows.${index}`, form.formState).error;
  const message = error?.message ?? error?.root?.message;
  const [from, to] = form.watch([`active.windows.${index}.from`, `active.windows.${index}.to`]);
  return (
    <div
      role="group"
      aria-label={`Hours ${index + 1}`}
      className="flex flex-col gap-3 rounded-md border border-line p-3"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Controller
            control={form.control}
            name={`active.windows.${index}.days`}
            render={({ field }) => <DayPicker days={field.value} onChange={field.onChange} />}
          />
        </div>
        {onRemove !== undefined && (
          <IconButton label={`Remove hours ${index + 1}`} onClick={onRemove}>
            <Trash2 size={16} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 text-13">
        from
        <TextInput
          {...form.register(`active.windows.${index}.from`)}
          type="time"
          aria-label="From"
          className="tabular w-32!"
        />
        to
        <ClockEnd form={form} index={index} />
        {to !== '24:00' && from !== '' && to !== '' && to <= from && (
          <span className="text-faint">on the next day</span>
        )}
      </div>
      {message !== undefined && <p className="text-12 text-critical">{message}</p>}
    </div>
  );
}

/** The end of a window; midnight is the end of the day, which a field for times cannot hold. */
function ClockEnd({ form, index }: { readonly form: Form; readonly index: number }) {
  return (
    <Controller
      control={form.control}
      name={`active.windows.${index}.to`}
      render={({ field }) => (
        <TextInput
          type="time"
          aria-label="To"
          className="tabular w-32!"
          value={field.value === '24:00' ? '00:00' : field.value}
          onBlur={field.onBlur}
          onChange={(event) => field.onChange(event.target.value === '00:00' ? '24:00' : event.target.value)}
        />
      )}
    />
  );
}
