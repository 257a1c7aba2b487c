import type { CreateCredential, Credential } from '@stratora/contract';
import { useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { useCreateCredential } from '../../api/resources.ts';
import type { CredentialValues } from '../../domain/credential-secret-fields.tsx';
import { credentialTypeName } from '../../domain/credential-types.ts';
import { EMPTY_SECRET, toSecret } from '../../domain/credential-words.ts';
import { fieldFaults } from '../../ui/error-text.ts';

const START: CredentialValues = {
  name: '',
  type: 'snmp_v2c',
  description: '',
  enabled: true,
  secret: EMPTY_SECRET,
};

/** A credential that is made on the spot, with the job that is the first to try it. */
export interface NewCredential {
  readonly form: UseFormReturn<CredentialValues>;
  readonly isOpen: boolean;
  readonly open: (isOpen: boolean) => void;
  /**
   * Makes it, and closes its fields.
   * @param place what it is for, where it was given no name
   * @returns undefined where none is wanted
   * @throws Error where it is not complete, or refused
   */
  readonly save: (place: string) => Promise<Credential | undefined>;
}

export function useNewCredential(isOpenAtFirst: boolean): NewCredential {
  const create = useCreateCredential();
  const form = useForm<CredentialValues>({ defaultValues: START });
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? isOpenAtFirst;
  const save = async (place: string): Promise<Credential | undefined> => {
    if (!isOpen) return undefined;
    if (!(await form.trigger(undefined, { shouldFocus: true })))
      throw new Error('Complete the new credential, or go on without it.');
    const { name, type, secret } = form.getValues();
    const body = {
      name: name.trim() === '' ? `${credentialTypeName(type)}, ${place}`.slice(0, 200) : name.trim(),
      type,
      enabled: true,
      secret: toSecret(type, secret),
    } as unknown as CreateCredential;
    try {
      const created = await create.mutateAsync(body);
      setChosen(false);
      form.reset(START);
      return created;
    } catch (error) {
      for (const { path, message } of fieldFaults(error)) {
        if (path === 'name' || path.startsWith('secret.'))
          form.setError(path as 'name', { type: 'server', message });
      }
      throw error;
    }
  };
  return { form, isOpen, open: setChosen, save };
}
