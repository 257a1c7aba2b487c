import type { ReactNode } from 'react';
import { Controller, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { Field } from './field.tsx';
import { Select, type SelectOption } from './select.tsx';

interface FormSelectProps<T extends FieldValues> {
  readonly form: UseFormReturn<T>;
  readonly name: FieldPath<T>;
  readonly label: string;
  readonly help?: ReactNode;
  readonly options: readonly SelectOption<string>[];
  readonly disabled?: boolean;
}

/** A choice as a field of a form. */
export function FormSelect<T extends FieldValues>({
  form,
  name,
  label,
  help,
  options,
  disabled = false,
}: FormSelectProps<T>) {
  const error = form.getFieldState(name, form.formState).error?.message;
  return (
    <Field label={label} help={help} error={error}>
      {(aria) => (
        <Controller
          control={form.control}
          name={name}
          render={({ field }) => (
            <Select
              {...aria}
              value={field.value}
              onChange={field.onChange}
              options={options}
              disabled={disabled}
            />
          )}
        />
      )}
    </Field>
  );
}
