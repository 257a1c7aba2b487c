import { useQuery } from '@tanstack/react-query';
import type { UseFormReturn } from 'react-hook-form';
import { collectorChoices } from '../../api/collector-choice.ts';
import { componentsQuery } from '../../api/components.ts';
import { sitesQuery } from '../../api/resources.ts';
import { FormSelect } from '../../ui/form-select.tsx';
import type { JobFormValues } from './job-form-values.ts';

/** Who scans, and whose network it is. */
export function ScannerFields({ form }: { readonly form: UseFormReturn<JobFormValues> }) {
  const components = useQuery(componentsQuery).data ?? [];
  const sites = useQuery(sitesQuery).data ?? [];
  return (
    <>
      <FormSelect
        form={form}
        name="collector_id"
        label="Scanned by"
        help="Whoever stands in the network: a collector gets the job by its own outbound connection."
        options={[
          { value: '', label: 'The server', note: 'What it reaches itself' },
          ...collectorChoices(components, form.formState.defaultValues?.collector_id),
        ]}
      />
      <FormSelect
        form={form}
        name="site_id"
        label="Site"
        help="Equal addresses at two sites are two devices."
        options={[
          { value: '', label: 'That of who scans' },
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  );
}
