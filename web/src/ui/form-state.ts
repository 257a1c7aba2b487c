import { type BaseSyntheticEvent, useEffect, useState } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { describeError, errorCode, type FieldFault, fieldFaults } from './error-text.ts';

/**
 * Puts what the server says about single fields beside them. Returns the text for the head of the form: the whole
 * message where no field of the form is named, and the faults of fields that the form does not show.
 */
function applyServerErrors<T extends FieldValues>(
  form: Pick<UseFormReturn<T>, 'setError'>,
  error: unknown,
  names: readonly FieldPath<T>[],
): string | undefined {
  const faults = fieldFaults(error);
  if (faults.length === 0) return describeError(error);
  const { shown, hidden } = splitServerErrors(faults, names);
  shown.forEach(({ name, message }, index) => {
    form.setError(name, { type: 'server', message }, { shouldFocus: index === 0 });
  });
  return hidden.length === 0 ? undefined : hidden.join(' ');
}

/**
 * Which faults belong to fields of a form, and the rest in words. A fault inside of what one field holds, as of the second
 * of a list of addresses, stands beside that field.
 */
export function splitServerErrors<Name extends string>(
  fields: readonly FieldFault[],
  names: readonly Name[],
): { readonly shown: { name: Name; message: string }[]; readonly hidden: string[] } {
  const shown: { name: Name; message: string }[] = [];
  const hidden: string[] = [];
  for (const { path, message } of fields) {
    const name = nearestField(path, names);
    if (name === undefined) hidden.push(path === '' ? message : `${path}: ${message}`);
    else if (!shown.some((fault) => fault.name === name)) {
      shown.push({ name, message: sentence(insideWords(path.slice(name.length + 1)) + message) });
    }
  }
  return { shown, hidden };
}

function nearestField<Name extends string>(path: string, names: readonly Name[]): Name | undefined {
  return names
    .filter((name) => path === name || path.startsWith(`${name}.`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Names what of a field's value is meant: "no. 2 ", "X-Token "; nothing where it is all of it. */
function insideWords(rest: string): string {
  if (rest === '') return '';
  return /^\d+$/.test(rest) ? `no. ${Number(rest) + 1} ` : `${rest} `;
}

/** "must be a DNS name" reads better beside a field as "Must be a DNS name". */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What came of saving a form, and a way to do it. */
export interface FormSubmit {
  /** For the head of the form. */
  readonly message: string | undefined;
  /** The stable code of a refusal. */
  readonly code: string | undefined;
  readonly submit: (event?: BaseSyntheticEvent) => Promise<void>;
  readonly saving: boolean;
}

/** The message for the head of a form with its stable code, and a submit that fills them. */
export function useSubmit<T extends FieldValues>(
  form: UseFormReturn<T>,
  names: readonly FieldPath<T>[],
  save: (values: T) => Promise<unknown>,
): FormSubmit {
  const [message, setMessage] = useState<string>();
  const [code, setCode] = useState<string>();
  const submit = form.handleSubmit(async (values) => {
    setMessage(undefined);
    setCode(undefined);
    try {
      await save(values);
    } catch (error) {
      setMessage(applyServerErrors(form, error, names));
      setCode(errorCode(error));
    }
  });
  return { message, code, submit, saving: form.formState.isSubmitting };
}

/** Asks before the window is closed or reloaded with changes that are not saved. */
export function useUnloadGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, [dirty]);
}
