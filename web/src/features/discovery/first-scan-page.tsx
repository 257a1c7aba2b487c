import type { Site } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { useMay } from '../../api/permission.ts';
import { credentialsQuery, sitesQuery, useSaveSite } from '../../api/resources.ts';
import { errorCode } from '../../ui/error-text.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormSection } from '../../ui/form-section.tsx';
import { Page } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { StepList } from './first-steps.tsx';
import { HowSection } from './how-section.tsx';
import { JobFormFrame } from './job-form-frame.tsx';
import { suggestNetworks } from './network-suggestions.ts';
import { NotAllowed } from './new-job-page.tsx';
import { TargetFields } from './target-fields.tsx';
import { useJobForm } from './use-job-form.ts';

/** The way from an empty system to the first scan: where it is, how devices are asked, which network. */
export function FirstScanPage() {
  const mayScan = useMay()('discovery.write');
  const sites = useQuery(sitesQuery);
  // The form begins with a new credential where there is none: it has to be known first.
  const credentials = useQuery(credentialsQuery);
  const site = sites.data?.find(({ is_default: isDefault }) => isDefault) ?? sites.data?.[0];
  if (!mayScan) return <NotAllowed />;
  const failed = [sites, credentials].find(({ isError, data }) => isError && data === undefined);
  return (
    <Page title="Find your network" lead="A few things to say, and Stratora finds what is there.">
      {failed !== undefined ? (
        <ErrorState
          title="The form could not be prepared"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      ) : site === undefined || credentials.data === undefined ? (
        <SkeletonRows />
      ) : (
        <>
          <StepList step={0} />
          <FirstScanForm site={site} />
        </>
      )}
    </Page>
  );
}

/** Gives the site the name that was typed, where that is another one. */
function useSiteName(site: Site) {
  const save = useSaveSite();
  const [name, setName] = useState(site.name);
  const [fault, setFault] = useState<string>();
  const rename = async (): Promise<void> => {
    const wanted = name.trim();
    setFault(wanted === '' ? 'Give it a name' : undefined);
    if (wanted === '') throw new Error('Give the site a name.');
    if (wanted === site.name) return;
    const { id, description, default_collector_id } = site;
    try {
      await save.mutateAsync({
        id,
        body: { name: wanted, description, default_collector_id },
        ifMatch: undefined,
      });
    } catch (error) {
      if (errorCode(error) === 'name_taken') setFault('Another site has this name');
      throw error;
    }
  };
  return { name, setName, fault, rename };
}

function FirstScanForm({ site }: { readonly site: Site }) {
  const navigate = useNavigate();
  const maySite = useMay()('site.write');
  const { name, setName, fault, rename } = useSiteName(site);
  const components = useQuery(componentsQuery).data ?? [];
  const { form, state, fresh } = useJobForm({
    start: { site_id: site.id },
    before: rename,
    onSaved: (job) => void navigate(`/discovery/${job.id}?first=1`),
  });
  return (
    <JobFormFrame state={state} saveLabel="Find devices" back={{ to: '/', label: 'Not now' }}>
      {maySite && (
        <FormSection title="Where is it?">
          <Field label="Name of the place" help="A site: a building, a plant, a customer" error={fault}>
            {(control) => (
              <TextInput
                {...control}
                value={name}
                onChange={({ target }) => setName(target.value)}
                autoComplete="off"
              />
            )}
          </Field>
        </FormSection>
      )}
      <FormSection
        title="How do devices know you?"
        lead="The SNMP community or user of your devices. It is tried once at each, stored encrypted, and never guessed."
      >
        <CredentialFields form={form} fresh={fresh} />
      </FormSection>
      <FormSection title="Which network?">
        <TargetFields form={form} suggestions={suggestNetworks(components, '')} />
      </FormSection>
      <HowSection title="How gentle?" form={form} fresh={fresh} />
    </JobFormFrame>
  );
}
