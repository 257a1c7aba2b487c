import type { CredentialType } from '@stratora/contract';
import type { UseFormReturn } from 'react-hook-form';
import { Field, TextArea, TextInput } from '../ui/field.tsx';
import { FormSelect } from '../ui/form-select.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import {
  AUTH_PROTOCOL_OPTIONS,
  HTTP_SCHEME_OPTIONS,
  PRIV_PROTOCOL_OPTIONS,
  SEC_LEVEL_OPTIONS,
  type SecretValues,
} from './credential-words.ts';

export interface CredentialValues {
  readonly name: string;
  readonly type: CredentialType;
  readonly description: string;
  readonly enabled: boolean;
  readonly secret: SecretValues;
}

interface PartProps {
  readonly form: UseFormReturn<CredentialValues>;
}

/** The fields of a secret, by the type of the credential. */
export function SecretFields({ form }: PartProps) {
  switch (form.watch('type')) {
    case 'snmp_v1':
    case 'snmp_v2c':
      return <HiddenField form={form} name="community" label="Community" required="Enter the community" />;
    case 'snmp_v3':
      return <UserFields form={form} />;
    case 'wmi':
      return (
        <>
          <PlainField form={form} name="username" label="User name" required="Enter the user name" />
          <PasswordField form={form} />
          <PlainField
            form={form}
            name="domain"
            label="Domain"
            help="Without one it is an account of the host"
          />
        </>
      );
    case 'vsphere':
      return (
        <>
          <PlainField form={form} name="username" label="User name" required="Enter the user name" />
          <PasswordField form={form} />
        </>
      );
    case 'ssh':
      return <SshFields form={form} />;
    case 'http':
      return <HttpFields form={form} />;
  }
}

function UserFields({ form }: PartProps) {
  const level = form.watch('secret.security_level');
  return (
    <>
      <PlainField form={form} name="username" label="User name" required="Enter the user name" />
      <FormSelect form={form} name="secret.security_level" label="Security" options={SEC_LEVEL_OPTIONS} />
      {level !== 'noAuthNoPriv' && (
        <>
          <FormSelect
            form={form}
            name="secret.auth_protocol"
            label="Authentication"
            options={AUTH_PROTOCOL_OPTIONS}
          />
          <HiddenField
            form={form}
            name="auth_password"
            label="Authentication password"
            required="Enter the password"
            minLength={8}
          />
        </>
      )}
      {level === 'authPriv' && (
        <>
          <FormSelect
            form={form}
            name="secret.priv_protocol"
            label="Encryption"
            options={PRIV_PROTOCOL_OPTIONS}
          />
          <HiddenField
            form={form}
            name="priv_password"
            label="Encryption password"
            required="Enter the password"
            minLength={8}
          />
        </>
      )}
      <PlainField form={form} name="context_name" label="Context" />
    </>
  );
}

function SshFields({ form }: PartProps) {
  const hasKey = form.watch('secret.private_key') !== '';
  const error = form.formState.errors.secret?.private_key?.message;
  return (
    <>
      <PlainField form={form} name="username" label="User name" required="Enter the user name" />
      <HiddenField form={form} name="password" label="Password" help="Or a private key" />
      <Field label="Private key" optional help="PEM, with its first and last line" error={error}>
        {(control) => (
          <TextArea
            {...control}
            {...form.register('secret.private_key')}
            rows={5}
            className="font-mono text-12"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      {hasKey && <HiddenField form={form} name="passphrase" label="Pass phrase of the key" />}
    </>
  );
}

function HttpFields({ form }: PartProps) {
  const scheme = form.watch('secret.scheme');
  return (
    <>
      <FormSelect form={form} name="secret.scheme" label="Kind of login" options={HTTP_SCHEME_OPTIONS} />
      {scheme === 'bearer' ? (
        <HiddenField form={form} name="token" label="Token" required="Enter the token" />
      ) : (
        <>
          <PlainField form={form} name="username" label="User name" required="Enter the user name" />
          <PasswordField form={form} />
        </>
      )}
    </>
  );
}

function PasswordField({ form }: PartProps) {
  return <HiddenField form={form} name="password" label="Password" required="Enter the password" />;
}

interface TextProps extends PartProps {
  readonly name: keyof SecretValues;
  readonly label: string;
  readonly help?: string;
  /** What to say where it is empty; without it the field may be. */
  readonly required?: string;
  /** By RFC 3414, in characters. */
  readonly minLength?: number;
}

function PlainField({ form, name, label, help, required }: TextProps) {
  const error = form.formState.errors.secret?.[name]?.message;
  return (
    <Field label={label} help={help} optional={required === undefined} error={error}>
      {(control) => (
        <TextInput
          {...control}
          {...form.register(`secret.${name}`, required === undefined ? {} : { required })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

/** A text that is not shown while it is written. */
function HiddenField({ form, name, label, help, required, minLength }: TextProps) {
  const error = form.formState.errors.secret?.[name]?.message;
  const rules = {
    ...(required === undefined ? {} : { required }),
    ...(minLength === undefined
      ? {}
      : {
          minLength: { value: minLength, message: `Must have at least ${minLength} characters (RFC 3414)` },
        }),
  };
  return (
    <Field label={label} help={help} optional={required === undefined} error={error}>
      {(control) => (
        <PasswordInput {...control} {...form.register(`secret.${name}`, rules)} autoComplete="off" />
      )}
    </Field>
  );
}
