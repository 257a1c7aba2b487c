import type { DiscoveryJob } from '@stratora/contract';
import { useDeleteDiscoveryJob } from '../../api/discovery.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { tellDone } from '../../ui/toast.tsx';

interface DeleteJobProps {
  /** The job in question; none: nobody asks. */
  readonly job: Pick<DiscoveryJob, 'id' | 'name'> | undefined;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Asks before a job goes with what it has found. */
export function DeleteJob({ job, onClose, onDone }: DeleteJobProps) {
  const remove = useDeleteDiscoveryJob();
  return (
    <ConfirmDialog
      open={job !== undefined}
      onClose={onClose}
      title={`Delete ${job?.name ?? ''}?`}
      confirmLabel="Delete the job"
      danger
      onConfirm={async () => {
        if (job === undefined) return;
        await remove.mutateAsync(job.id);
        tellDone(`${job.name} deleted`);
        onDone?.();
      }}
    >
      Its runs, what it has found and the ledger of its packets go with it. Nodes that came of it stay.
    </ConfirmDialog>
  );
}
