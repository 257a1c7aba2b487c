import type { DiscoveryJob } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { componentsQuery } from '../../api/components.ts';
import type { Edited } from '../../domain/edited-entity.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { HowSection } from './how-section.tsx';
import { JobFormFrame } from './job-form-frame.tsx';
import { suggestName } from './job-form-values.ts';
import { suggestNetworks } from './network-suggestions.ts';
import { ScannerFields } from './scanner-fields.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { TargetFields } from './target-fields.tsx';
import { type JobFormState, useJobForm } from './use-job-form.ts';

interface JobFormProps {
  readonly edited: Edited<DiscoveryJob> | undefined;
  readonly back: string;
  readonly onSaved: (job: DiscoveryJob) => void;
}

/** All that a job has: what, with which credentials, from where, how, and when. */
export function JobForm({ edited, back, onSaved }: JobFormProps) {
  const { form, state, fresh } = useJobForm({ edited, onSaved });
  const components = useQuery(componentsQuery).data ?? [];
  const [collectorId, start] = form.watch(['collector_id', 'start']);
  const saveLabel = edited !== undefined ? 'Save' : start ? 'Start the scan' : 'Save the job';
  return (
    <JobFormFrame state={state} edited={edited} saveLabel={saveLabel} back={{ to: back, label: 'Cancel' }}>
      <FormSection title="What">
        <TargetFields form={form} suggestions={suggestNetworks(components, collectorId)} />
      </FormSection>
      <FormSection
        title="Credentials"
        lead="By these a device says what it is. Each is tried once at a host; communities are never guessed."
      >
        <CredentialFields form={form} fresh={fresh} />
      </FormSection>
      <FormSection title="Where from">
        <ScannerFields form={form} />
      </FormSection>
      <HowSection title="How" form={form} fresh={fresh} />
      <FormSection title="When">
        <ScheduleFields form={form} />
        {edited === undefined && (
          <CheckField
            label="Begin now"
            help="Otherwise it waits for its schedule, or for you."
            {...form.register('start')}
          />
        )}
        <NameField form={form} isNew={edited === undefined} />
      </FormSection>
    </JobFormFrame>
  );
}

function NameField({ form, isNew }: { readonly form: JobFormState['form']; readonly isNew: boolean }) {
  return (
    <Field
      label="Name of the job"
      optional={isNew}
      help={isNew ? 'Without one it is named after what it scans' : undefined}
      error={form.formState.errors.name?.message}
    >
      {(control) => (
        <TextInput
          {...control}
          {...form.register('name', isNew ? {} : { required: 'Give it a name' })}
          placeholder={suggestName(form.watch())}
          autoComplete="off"
        />
      )}
    </Field>
  );
}
