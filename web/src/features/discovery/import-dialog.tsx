import type { DiscoveredDevice, DiscoveryJob, ImportedDevices } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { collectorChoices } from '../../api/collector-choice.ts';
import { componentsQuery } from '../../api/components.ts';
import { useImportDevices } from '../../api/discovery.ts';
import { sitesQuery } from '../../api/resources.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { plural } from '../../ui/format/units.ts';
import { Skeleton } from '../../ui/view-state.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportRows } from './import-rows.tsx';
import { type ImportOverrides, type ImportValues, toImportBody } from './import-values.ts';

interface ImportDialogProps {
  readonly job: DiscoveryJob;
  /** What is to be imported; none: the dialog is closed. */
  readonly devices: readonly DiscoveredDevice[] | undefined;
  readonly onClose: () => void;
  /** Something was imported. */
  readonly onDone: () => void;
}

/** Takes devices up as nodes, after a look at what each of them becomes. */
export function ImportDialog({ job, devices, onClose, onDone }: ImportDialogProps) {
  return (
    <Dialog
      open={devices !== undefined}
      onClose={onClose}
      side="right"
      wide
      title={devices === undefined ? '' : `Import ${plural(devices.length, 'device')}`}
      lead="Each becomes a node with the template and the credential that were found."
    >
      {devices !== undefined && <ImportSteps job={job} devices={devices} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

type StepsProps = ImportDialogProps & { readonly devices: readonly DiscoveredDevice[] };

function ImportSteps({ job, devices, onClose, onDone }: StepsProps) {
  const sites = useQuery(sitesQuery).data;
  const [done, setDone] = useState<{ readonly outcome: ImportedDevices; readonly siteId: string }>();
  // What is imported now is what was chosen: the list behind it moves on.
  const [chosen] = useState(devices);
  if (done !== undefined) return <ImportOutcome {...done} devices={chosen} onClose={onClose} />;
  if (sites === undefined) return <Skeleton className="m-5 h-40" />;
  const siteId = job.site_id ?? sites.find(({ is_default: isDefault }) => isDefault)?.id ?? '';
  return (
    <ImportForm
      job={job}
      devices={chosen}
      siteId={siteId}
      onClose={onClose}
      onImported={(outcome, place) => {
        setDone({ outcome, siteId: place });
        onDone();
      }}
    />
  );
}

interface ImportFormProps {
  readonly job: DiscoveryJob;
  readonly devices: readonly DiscoveredDevice[];
  readonly siteId: string;
  readonly onClose: () => void;
  readonly onImported: (outcome: ImportedDevices, siteId: string) => void;
}

function ImportForm({ job, devices, siteId, onClose, onImported }: ImportFormProps) {
  const sites = useQuery(sitesQuery).data ?? [];
  const components = useQuery(componentsQuery).data ?? [];
  const importing = useImportDevices(job.id);
  const [overrides, setOverrides] = useState<ImportOverrides>({});
  const form = useForm<ImportValues>({ defaultValues: { site_id: siteId, collector_id: '' } });
  const { message, submit, saving } = useSubmit(form, ['site_id', 'collector_id'], async (values) => {
    onImported(await importing.mutateAsync(toImportBody(devices, values, overrides)), values.site_id);
  });
  const finder =
    job.collector_id === null ? "The site's collector" : (job.collector_name ?? 'Who found them');
  return (
    <FormBody
      message={message}
      saving={saving}
      saveLabel={`Import ${plural(devices.length, 'device')}`}
      onSubmit={submit}
      onCancel={onClose}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <FormSelect
          form={form}
          name="site_id"
          label="Site"
          options={sites.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <FormSelect
          form={form}
          name="collector_id"
          label="Polled by"
          options={[
            { value: '', label: finder, ...(job.collector_id === null ? {} : { note: 'Who found them' }) },
            ...collectorChoices(components).filter(({ value }) => value !== job.collector_id),
          ]}
        />
      </div>
      <ImportRows devices={devices} overrides={overrides} onChange={setOverrides} />
    </FormBody>
  );
}
