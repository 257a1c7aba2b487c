import type { DiscoveryJob } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FieldPath, type UseFormReturn, useForm } from 'react-hook-form';
import { useCreateDiscoveryJob, useUpdateDiscoveryJob } from '../../api/discovery.ts';
import { useMay } from '../../api/permission.ts';
import { credentialsQuery } from '../../api/resources.ts';
import type { Edited } from '../../domain/edited-entity.tsx';
import { type FormSubmit, useSubmit, useUnloadGuard } from '../../ui/form-state.ts';
import { serverNow } from '../../ui/state/clock.ts';
import { usableCredentials } from './credential-fields.tsx';
import { toFormPaths } from './form-paths.ts';
import { emptyJobForm, type JobFormValues, suggestName, toJobBody, toJobForm } from './job-form-values.ts';
import { type NewCredential, useNewCredential } from './new-credential.ts';

const NAMES = [
  'name',
  'targets',
  'crawl.seed',
  'crawl.fence',
  'crawl.depth',
  'crawl.devices_max',
  'credential_ids',
  'collector_id',
  'site_id',
  'options.packets_per_second',
  'options.host_packets_per_second',
  'options.exclude',
  'options.tcp_ports',
  'options.snmp_port',
  'hours.from',
  'hours.to',
  'hours.timezone',
  'rrule',
  'starts_at',
  'timezone',
] as const satisfies readonly FieldPath<JobFormValues>[];

interface JobFormOptions {
  /** The job that is changed; a new one where there is none. */
  readonly edited?: Edited<DiscoveryJob> | undefined;
  /** What a new one begins with. */
  readonly start?: Partial<JobFormValues>;
  /** What else is done, before the job is made; it is not made where this throws. */
  readonly before?: () => Promise<unknown>;
  readonly onSaved: (job: DiscoveryJob) => void;
}

export interface JobFormState {
  readonly form: UseFormReturn<JobFormValues>;
  readonly state: FormSubmit;
  readonly fresh: NewCredential;
}

/** The form of a job: it makes the job, and the credential that is made on the spot. */
export function useJobForm({ edited, start, before, onSaved }: JobFormOptions): JobFormState {
  const mayManage = useMay()('credential.manage');
  const credentials = useQuery(credentialsQuery).data;
  const create = useCreateDiscoveryJob();
  const update = useUpdateDiscoveryJob();
  const hasNone = credentials !== undefined && usableCredentials(credentials).length === 0;
  const fresh = useNewCredential(mayManage && edited === undefined && hasNone);
  const [defaultValues] = useState(() =>
    edited === undefined ? { ...emptyJobForm(serverNow()), ...start } : toJobForm(edited.value, serverNow()),
  );
  const form = useForm<JobFormValues>({ defaultValues });
  const save = async (values: JobFormValues): Promise<void> => {
    await before?.();
    const made = await fresh.save(suggestName(values));
    const ids = made === undefined ? values.credential_ids : [...values.credential_ids, made.id];
    // The credential is there now, whatever becomes of the job.
    if (made !== undefined) form.setValue('credential_ids', ids);
    const body = toJobBody({ ...values, credential_ids: ids });
    const job =
      edited === undefined
        ? await create.mutateAsync({ ...body, start: values.start })
        : await update.mutateAsync({ id: edited.value.id, body, ifMatch: edited.etag });
    form.reset(values);
    onSaved(job);
  };
  const state = useSubmit(form, NAMES, (values) =>
    save(values).catch((error: unknown) => {
      throw toFormPaths(error);
    }),
  );
  useUnloadGuard(form.formState.isDirty && !state.saving);
  return { form, state, fresh };
}
