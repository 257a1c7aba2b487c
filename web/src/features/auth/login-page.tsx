import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Navigate, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { healthQuery } from '../../api/resources.ts';
import { useLogin, useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormError, TextInput } from '../../ui/field.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { PasswordInput } from '../../ui/password-input.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { safeNext } from './next-address.ts';

interface Values {
  readonly username: string;
  readonly password: string;
}

/** Turns a refusal of the login into words that people understand. */
function loginFailure(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.code === 'invalid_credentials' || error.code === 'not_authenticated') {
    return new Error('User name or password is wrong.');
  }
  if (error.code === 'too_many_attempts')
    return new Error('Too many attempts. Wait a minute, then try again.');
  return error;
}

export function LoginPage() {
  const [parameters] = useSearchParams();
  const session = useSession();
  const health = useQuery(healthQuery);
  const login = useLogin();
  const form = useForm<Values>({ defaultValues: { username: '', password: '' } });
  const { message, submit, saving } = useSubmit(form, ['username', 'password'], async (values) => {
    try {
      await login.mutateAsync(values);
    } catch (error) {
      form.resetField('password');
      throw loginFailure(error);
    }
  });
  if (session.data !== undefined && session.data.kind !== 'anonymous') {
    return <Navigate to={safeNext(parameters.get('next'))} replace />;
  }
  const { errors } = form.formState;
  return (
    <AuthFrame title="Log in">
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <FormError>{message}</FormError>
        <Field label="User name" error={errors.username?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('username', { required: 'Enter your user name' })}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has this one purpose
              autoFocus
            />
          )}
        </Field>
        <Field label="Password" error={errors.password?.message}>
          {(control) => (
            <PasswordInput
              {...control}
              {...form.register('password', { required: 'Enter your password' })}
              autoComplete="current-password"
            />
          )}
        </Field>
        <Button type="submit" look="primary" disabled={saving} className="mt-1 w-full">
          {saving ? 'Logging in…' : 'Log in'}
        </Button>
      </form>
      {health.data?.status === 'degraded' && (
        <p role="status" className="mt-6 text-13 text-warning">
          {health.data.checks.database === 'ok'
            ? 'The metric store does not answer; charts will be empty for now.'
            : 'The database does not answer; logging in will not work for now.'}
        </p>
      )}
      {health.data !== undefined && <p className="mt-8 text-12 text-faint">Version {health.data.version}</p>}
    </AuthFrame>
  );
}
