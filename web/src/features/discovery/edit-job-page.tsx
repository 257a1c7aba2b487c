import type { DiscoveryJob } from '@stratora/contract';
import { useNavigate, useParams } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { EditedEntity } from '../../domain/edited-entity.tsx';
import { Page } from '../../ui/page.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { JobForm } from './job-form.tsx';
import { NotAllowed } from './new-job-page.tsx';

/** The form of a job that is there. What is under way goes on as it began. */
export function EditJobPage() {
  const { jobId = '' } = useParams();
  const navigate = useNavigate();
  if (!useMay()('discovery.write')) return <NotAllowed />;
  const back = `/discovery/${jobId}`;
  return (
    <Page
      title="Change a discovery"
      lead="A run that is under way goes on as it began; the next one is by this."
    >
      <EditedEntity<DiscoveryJob> path={`/discovery/jobs/${jobId}`}>
        {(edited) => (
          <JobForm
            edited={edited}
            back={back}
            onSaved={(job) => {
              tellDone(`${job.name} saved`);
              void navigate(back);
            }}
          />
        )}
      </EditedEntity>
    </Page>
  );
}
