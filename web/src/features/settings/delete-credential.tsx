import type { Credential } from '@stratora/contract';
import { useDeleteCredential } from '../../api/resources.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { plural } from '../../ui/format/units.ts';
import { tellDone } from '../../ui/toast.tsx';

interface DeleteCredentialProps {
  /** The one to delete; undefined: none. */
  readonly credential: Credential | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks whether a credential is to be deleted. */
export function DeleteCredential({ credential, onClose, onDeleted }: DeleteCredentialProps) {
  const remove = useDeleteCredential();
  return (
    <ConfirmDialog
      open={credential !== undefined}
      onClose={onClose}
      title={`Delete ${credential?.name ?? ''}?`}
      confirmLabel="Delete credential"
      danger
      typeToConfirm={credential?.name ?? ''}
      onConfirm={async () => {
        if (credential === undefined) return;
        await remove.mutateAsync(credential.id);
        tellDone(`${credential.name} deleted`);
        onDeleted?.();
      }}
    >
      {credential !== undefined && credential.node_count > 0
        ? `${plural(credential.node_count, 'node')} ${credential.node_count === 1 ? 'uses' : 'use'} it: detach it there first, or switch it off.`
        : 'No node uses it.'}
    </ConfirmDialog>
  );
}
