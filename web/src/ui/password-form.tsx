import { useForm } from 'react-hook-form';
import { Button } from './button.tsx';
import { Field, FormError } from './field.tsx';
import { useSubmit } from './form-state.ts';
import { PasswordInput } from './password-input.tsx';

export const PASSWORD_MIN_LENGTH = 12;

interface Values {
  readonly current_password: string;
  readonly new_password: string;
  readonly repeated: string;
}

interface PasswordFormProps {
  readonly save: (body: { current_password: string; new_password: string }) => Promise<unknown>;
  readonly saveLabel: string;
  /** True on a page that has this one purpose. */
  readonly takesFocus?: boolean;
}

export function PasswordForm({ save, saveLabel, takesFocus = false }: PasswordFormProps) {
  const form = useForm<Values>({ defaultValues: { current_password: '', new_password: '', repeated: '' } });
  const { message, submit, saving } = useSubmit(
    form,
    ['current_password', 'new_password'],
    async ({ current_password, new_password }) => {
      await save({ current_password, new_password });
      form.reset();
    },
  );
  const { errors } = form.formState;
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <FormError>{message}</FormError>
      <Field label="Current password" error={errors.current_password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register('current_password', { required: 'Enter the password you have now' })}
            autoComplete="current-password"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where the page has this one purpose
            autoFocus={takesFocus}
          />
        )}
      </Field>
      <Field
        label="New password"
        help={`At least ${PASSWORD_MIN_LENGTH} characters. Several words in a row are easy to remember and hard to guess.`}
        error={errors.new_password?.message}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register('new_password', {
              required: 'Enter a new password',
              minLength: {
                value: PASSWORD_MIN_LENGTH,
                message: `Must have at least ${PASSWORD_MIN_LENGTH} characters`,
              },
              validate: (value, values) =>
                value !== values.current_password || 'Must differ from the current password',
            })}
            autoComplete="new-password"
          />
        )}
      </Field>
      <Field label="New password again" error={errors.repeated?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register('repeated', {
              validate: (value, values) => value === values.new_password || 'Does not match the new password',
            })}
            autoComplete="new-password"
          />
        )}
      </Field>
      <div>
        <Button type="submit" look="primary" disabled={saving}>
          {saving ? 'Saving…' : saveLabel}
        </Button>
      </div>
    </form>
  );
}
