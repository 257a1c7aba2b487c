import { ScanSearch } from 'lucide-react';
import { useNavigate } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { EmptyState } from '../../ui/view-state.tsx';
import { JobForm } from './job-form.tsx';

/** The form of a new job. */
export function NewJobPage() {
  const navigate = useNavigate();
  if (!useMay()('discovery.write')) return <NotAllowed />;
  return (
    <Page title="New discovery" lead="Finds the devices of a network, and says what each of them is.">
      <JobForm
        edited={undefined}
        back="/discovery"
        onSaved={(job) => {
          if (job.run === null) tellDone(`${job.name} saved`);
          void navigate(`/discovery/${job.id}`);
        }}
      />
    </Page>
  );
}

/** What a page that changes things is for somebody who may only look. */
export function NotAllowed() {
  return (
    <EmptyState
      alone
      icon={ScanSearch}
      title="You may look, and not scan"
      action={<ButtonLink to="/discovery">To the jobs</ButtonLink>}
    >
      An operator or an administrator begins a discovery.
    </EmptyState>
  );
}
