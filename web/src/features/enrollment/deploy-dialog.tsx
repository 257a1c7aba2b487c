import type { ComponentType, CreatedEnrollmentToken } from '@stratora/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { componentsQuery } from '../../api/components.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { DeployCommands } from './deploy-commands.tsx';
import { DeployForm } from './deploy-form.tsx';

interface Made {
  readonly token: CreatedEnrollmentToken;
  readonly type: ComponentType;
  /** Who was there before, so that whoever comes can be told. */
  readonly known: ReadonlySet<string>;
}

/** Adds a collector or an agent: a token first, then the command for its host and a wait until it appears. */
export function DeployDialog({
  type,
  onClose,
}: {
  readonly type: ComponentType;
  readonly onClose: () => void;
}) {
  const [made, setMade] = useState<Made>();
  const client = useQueryClient();
  return (
    <FormDialog
      open
      wide
      onClose={onClose}
      title={
        made === undefined
          ? 'Add a collector or agent'
          : `Run this on the host of the ${made.type === 'collector' ? 'collector' : 'agent'}`
      }
      lead={made === undefined ? undefined : 'The token in it is shown this once.'}
    >
      {(close) =>
        made === undefined ? (
          <DeployForm
            type={type}
            close={close}
            onCreated={(token, chosen) => {
              const components = client.getQueryData(componentsQuery.queryKey) ?? [];
              setMade({ token, type: chosen, known: new Set(components.map(({ id }) => id)) });
            }}
          />
        ) : (
          <DeployCommands token={made.token} type={made.type} known={made.known} onClose={close.done} />
        )
      }
    </FormDialog>
  );
}
