import type { Credential } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowUp, Plus } from 'lucide-react';
import type { UseFormReturn } from 'react-hook-form';
import { useMay } from '../../api/permission.ts';
import { credentialsQuery } from '../../api/resources.ts';
import { SecretFields } from '../../domain/credential-secret-fields.tsx';
import { CREDENTIAL_TYPE_OPTIONS, credentialTypeName, purposeOf } from '../../domain/credential-types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import type { JobFormValues } from './job-form-values.ts';
import type { NewCredential } from './new-credential.ts';

const SNMP_TYPES = CREDENTIAL_TYPE_OPTIONS.filter(({ value }) => purposeOf(value) === 'snmp');

/** The credentials by which a scan can ask: those of SNMP that are switched on. */
export function usableCredentials(all: readonly Credential[]): readonly Credential[] {
  return all.filter(({ type, enabled }) => enabled && purposeOf(type) === 'snmp');
}

interface CredentialFieldsProps {
  readonly form: UseFormReturn<JobFormValues>;
  readonly fresh: NewCredential;
}

/** With which credentials devices are asked, in which order. */
export function CredentialFields({ form, fresh }: CredentialFieldsProps) {
  const credentials = useQuery(credentialsQuery).data;
  const mayManage = useMay()('credential.manage');
  const ids = form.watch('credential_ids');
  const usable = usableCredentials(credentials ?? []);
  // One that was switched off meanwhile is shown as long as it is chosen.
  const gone = (credentials ?? []).filter(
    ({ id }) => ids.includes(id) && !usable.some((one) => one.id === id),
  );
  const chosen = ids.flatMap((id) => [...usable, ...gone].find((one) => one.id === id) ?? []);
  const others = usable.filter(({ id }) => !ids.includes(id));
  const choose = (next: readonly string[]) => form.setValue('credential_ids', next, { shouldDirty: true });
  const error = form.formState.errors.credential_ids?.message;
  return (
    <>
      {usable.length === 0 && !fresh.isOpen && (
        <p className="text-13 text-soft">
          {mayManage
            ? 'There are none yet. Without one, devices are found and not read.'
            : 'There are none yet; an administrator adds them. Without one, devices are found and not read.'}
        </p>
      )}
      {chosen.length + others.length > 0 && (
        <ul
          aria-label="Credentials"
          className="flex max-h-72 flex-col overflow-y-auto rounded-md border border-line bg-canvas"
        >
          {[...chosen, ...others].map((credential) => (
            <CredentialLine
              key={credential.id}
              credential={credential}
              place={ids.indexOf(credential.id)}
              onToggle={(on) =>
                choose(on ? [...ids, credential.id] : ids.filter((id) => id !== credential.id))
              }
              onRaise={() => choose(raised(ids, credential.id))}
            />
          ))}
        </ul>
      )}
      {error !== undefined && <p className="text-12 text-critical">{error}</p>}
      {fresh.isOpen && mayManage && <FreshFields fresh={fresh} />}
      {!fresh.isOpen && mayManage && (
        <div>
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => fresh.open(true)}>
            New credential
          </Button>
        </div>
      )}
    </>
  );
}

/** The order with one of them a place earlier. */
function raised(ids: readonly string[], id: string): readonly string[] {
  const at = ids.indexOf(id);
  return at < 1 ? ids : ids.toSpliced(at - 1, 2, id, ids[at - 1] ?? id);
}

interface CredentialLineProps {
  readonly credential: Credential;
  /** In the order in which they are tried; -1: it is not chosen. */
  readonly place: number;
  readonly onToggle: (on: boolean) => void;
  readonly onRaise: () => void;
}

function CredentialLine({ credential, place, onToggle, onRaise }: CredentialLineProps) {
  return (
    <li className="flex items-center gap-1 border-b border-line pr-1 last:border-b-0">
      <label className="flex min-h-10 min-w-0 flex-1 cursor-pointer items-center gap-2.5 px-3 text-13">
        <input
          type="checkbox"
          checked={place >= 0}
          onChange={({ target }) => onToggle(target.checked)}
          className="size-4 shrink-0 accent-accent max-md:size-5"
        />
        <span className="min-w-0 truncate font-medium">{credential.name}</span>
        <span className="shrink-0 text-faint">{credentialTypeName(credential.type)}</span>
        {place >= 0 && (
          <span className="tabular ml-auto shrink-0 text-12 text-soft">tried {ordinal(place)}</span>
        )}
      </label>
      {place > 0 && (
        <IconButton label={`Try ${credential.name} earlier`} onClick={onRaise}>
          <ArrowUp size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

const ORDINALS = ['first', 'second', 'third'];
function ordinal(place: number): string {
  return ORDINALS[place] ?? `as no. ${place + 1}`;
}

function FreshFields({ fresh }: { readonly fresh: NewCredential }) {
  const { form } = fresh;
  return (
    <div
      role="group"
      aria-label="New credential"
      className="flex flex-col gap-4 rounded-md border border-line bg-canvas p-3"
    >
      <FormSelect form={form} name="type" label="Type" options={SNMP_TYPES} />
      <SecretFields form={form} />
      <Field
        label="Name of the credential"
        optional
        help="Without one it is named after what is scanned"
        error={form.formState.errors.name?.message}
      >
        {(control) => <TextInput {...control} {...form.register('name')} autoComplete="off" />}
      </Field>
      <div>
        <Button look="ghost" onClick={() => fresh.open(false)}>
          Go on without it
        </Button>
      </div>
    </div>
  );
}
