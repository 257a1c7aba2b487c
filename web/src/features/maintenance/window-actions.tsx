import type { MaintenanceWindow } from '@stratora/contract';
import { useState } from 'react';
import { useDeleteWindow, useEndWindow } from '../../api/maintenance-windows.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { tellDone } from '../../ui/toast.tsx';

/** Ends what runs, and deletes windows; each asks first. */
export function useWindowActions(onDeleted?: () => void) {
  const endNow = useEndWindow();
  const remove = useDeleteWindow();
  const [ending, setEnding] = useState<MaintenanceWindow>();
  const [deleting, setDeleting] = useState<MaintenanceWindow>();
  return {
    end: setEnding,
    remove: setDeleting,
    dialogs: (
      <>
        <ConfirmDialog
          open={ending !== undefined}
          onClose={() => setEnding(undefined)}
          title={`End ${ending?.name ?? ''} now?`}
          confirmLabel="End it now"
          onConfirm={async () => {
            if (ending === undefined) return;
            await endNow.mutateAsync(ending.id);
            tellDone(`${ending.name} has ended`);
          }}
        >
          From now on people are told again of what is wrong there, also of alerts that were held back and are
          still active.
          {ending?.rrule !== null && ' It goes on with its next time.'}
        </ConfirmDialog>
        <ConfirmDialog
          open={deleting !== undefined}
          onClose={() => setDeleting(undefined)}
          title={`Delete ${deleting?.name ?? ''}?`}
          confirmLabel="Delete"
          danger
          onConfirm={async () => {
            if (deleting === undefined) return;
            await remove.mutateAsync(deleting.id);
            tellDone(`${deleting.name} deleted`);
            onDeleted?.();
          }}
        >
          {deleting?.active ? 'It is running and ends at once. ' : ''}
          {deleting?.rrule === null
            ? 'It does not take place any more.'
            : 'None of its times take place any more.'}
        </ConfirmDialog>
      </>
    ),
  };
}
