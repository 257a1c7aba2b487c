import type { ComponentType, CreatedEnrollmentToken, Deployment } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { deploymentQuery } from '../../api/components.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { CopyBlock } from '../../ui/copy-button.tsx';
import { DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Moment } from '../../ui/time-text.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import {
  DEPLOY_SYSTEMS,
  type DeploySystem,
  deployCommand,
  isOnlyLocal,
  manualCommand,
} from './deploy-command.ts';
import { DeployWaiting } from './deploy-waiting.tsx';

const SYSTEMS: Readonly<Record<DeploySystem, { readonly label: string; readonly where: string }>> = {
  linux: { label: 'Linux', where: 'In a shell on the host, as a user who may use sudo.' },
  windows: {
    label: 'Windows',
    where: 'In PowerShell on the host, as an administrator. Node.js 24 has to be there.',
  },
  container: { label: 'Container', where: 'In a shell on a host with podman or docker.' },
};

interface DeployCommandsProps {
  readonly token: CreatedEnrollmentToken;
  readonly type: ComponentType;
  readonly known: ReadonlySet<string>;
  readonly onClose: () => void;
}

/** The command for the new host, in full, and whoever comes by it. */
export function DeployCommands({ token, type, known, onClose }: DeployCommandsProps) {
  const deployment = useQuery(deploymentQuery);
  return (
    <>
      <DialogBody className="flex flex-col gap-5">
        {deployment.data === undefined && !deployment.isError && <SkeletonRows />}
        {deployment.data === undefined && deployment.isError && (
          <ErrorState
            title="The command could not be made"
            error={deployment.error}
            stillWorks="The token below is good."
            onRetry={() => void deployment.refetch()}
          />
        )}
        {deployment.data !== undefined && (
          <Commands deployment={deployment.data} token={token.token} type={type} />
        )}
        <DeployWaiting token={token} type={type} known={known} />
        <details className="text-13">
          <summary className="w-fit rounded-sm text-soft hover:text-text max-md:py-2">
            The token alone
          </summary>
          <div className="mt-2">
            <CopyBlock label="the token" text={token.token} />
          </div>
        </details>
        <p className="text-12 text-faint">
          {usesText(token)}
          {token.expires_at === null ? '. It does not expire' : ', until '}
          {token.expires_at !== null && <Moment time={token.expires_at} />}. It can be revoked under
          Enrollment tokens.
        </p>
      </DialogBody>
      <DialogFooter>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

function usesText({ multi_use: many, max_uses: most }: CreatedEnrollmentToken): string {
  if (!many || most === 1) return 'It works for one host';
  return most === null ? 'It works for any number of hosts' : `It works for ${most} hosts`;
}

function Commands({
  deployment,
  token,
  type,
}: {
  readonly deployment: Deployment;
  readonly token: string;
  readonly type: ComponentType;
}) {
  const [system, setSystem] = useState<DeploySystem>('linux');
  const options = { deployment, type, token };
  const command = deployCommand(system, options);
  return (
    <section aria-label="Command" className="flex flex-col gap-3">
      <div
        role="radiogroup"
        aria-label="System of the host"
        className="flex w-fit max-w-full rounded-md border border-line-strong p-0.5"
      >
        {DEPLOY_SYSTEMS.map((id) => (
          <label
            key={id}
            className={classNames(
              'flex h-7 cursor-pointer items-center rounded-sm px-3 text-13 font-medium has-focus-visible:outline-2 has-focus-visible:outline-focus max-md:h-10',
              id === system ? 'bg-active text-text' : 'text-soft hover:text-text',
            )}
          >
            <input
              type="radio"
              name="deploy-system"
              className="sr-only"
              checked={id === system}
              onChange={() => setSystem(id)}
            />
            {SYSTEMS[id].label}
          </label>
        ))}
      </div>
      {isOnlyLocal(deployment) && (
        <p className="flex gap-2 rounded-md border border-warning bg-warning-soft px-3 py-2 text-13">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
          <span>
            This server is reached from its own machine only. Start it with{' '}
            <span className="font-mono text-12">--host 0.0.0.0</span> and open this page by its address for a
            command that works elsewhere.
          </span>
        </p>
      )}
      {command === undefined ? (
        <>
          <p className="text-13">
            This server has no {SYSTEMS[system].label} program to give out.{' '}
            <span className="text-soft">
              {system === 'linux'
                ? 'It was started from a build without install archives.'
                : 'Its release does not bring one for that system yet.'}{' '}
              On a host that has the program already, run:
            </span>
          </p>
          <CopyBlock label="the manual command" text={manualCommand(options)} />
        </>
      ) : (
        <>
          <p className="text-13 text-soft">{SYSTEMS[system].where}</p>
          <CopyBlock label={`the ${SYSTEMS[system].label} command`} text={command} />
          <p className="text-12 text-faint">
            It fetches the script from this server and runs it only if it is the one named by its hash
            {deployment.ca_sha256 === null ? '' : '; the server’s certificate is pinned in the same way'}. The
            host needs to reach {new URL(deployment.server_url).host} over HTTPS and nothing else.
          </p>
        </>
      )}
    </section>
  );
}
