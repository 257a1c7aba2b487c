import type { CredentialTest } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { credentialTestQuery, useStartCredentialTest } from '../api/credential-tests.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../ui/dialog.tsx';
import { Fact, Facts } from '../ui/page.tsx';
import { tellFailure } from '../ui/toast.tsx';
import { TONE_LOOKS } from '../ui/tone.tsx';
import { ErrorState } from '../ui/view-state.tsx';
import { testWords } from './credential-test-words.ts';

interface Tried {
  readonly credentialId: string;
  readonly credentialName: string;
  readonly nodeId: string;
}

/** Has the collector of a node log in with a credential, and follows that until it is done. */
export function useCredentialTest() {
  const start = useStartCredentialTest();
  const [running, setRunning] = useState<Tried & { readonly testId: string }>();
  const run = (tried: Tried) => {
    start
      .mutateAsync(tried)
      .then(({ id }) => setRunning({ ...tried, testId: id }))
      .catch((error: unknown) => tellFailure(`${tried.credentialName} was not tested`, error));
  };
  const close = () => setRunning(undefined);
  return {
    run,
    isStarting: start.isPending,
    dialog: (
      <Dialog
        open={running !== undefined}
        onClose={close}
        title={`Test of ${running?.credentialName ?? ''}`}
        lead="The node's own collector logs in once. Nothing is written to the device."
      >
        {running !== undefined && (
          <TestProgress
            key={running.testId}
            id={running.testId}
            isStarting={start.isPending}
            onAgain={() => run(running)}
            onClose={close}
          />
        )}
      </Dialog>
    ),
  };
}

interface TestProgressProps {
  readonly id: string;
  readonly isStarting: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

function TestProgress({ id, isStarting, onAgain, onClose }: TestProgressProps) {
  const test = useQuery(credentialTestQuery(id));
  const isDone = test.data?.state === 'done';
  return (
    <>
      <DialogBody className="flex flex-col gap-3">
        {test.isError && test.data === undefined ? (
          <ErrorState
            title="The test could not be read"
            error={test.error}
            onRetry={() => void test.refetch()}
          />
        ) : (
          <div aria-live="polite">
            <TestOutcome test={test.data} />
          </div>
        )}
      </DialogBody>
      <DialogFooter>
        {isDone && (
          <Button onClick={onAgain} disabled={isStarting}>
            Test again
          </Button>
        )}
        <Button look={isDone ? 'primary' : 'secondary'} onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}

function TestOutcome({ test }: { readonly test: CredentialTest | undefined }) {
  const isWaiting = test === undefined || test.outcome === null;
  const { tone, title } = testWords(test ?? { outcome: null, state: 'waiting' });
  const { icon, text } = TONE_LOOKS[tone];
  const Icon = isWaiting ? LoaderCircle : icon;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        <Icon
          size={16}
          strokeWidth={2.25}
          aria-hidden
          className={classNames('mt-0.5 shrink-0', text, isWaiting && 'animate-spin')}
        />
        <div className="min-w-0">
          <p className="font-medium">{title}</p>
          <p className="break-words text-soft">{test?.message ?? 'On its way…'}</p>
          {test?.detail != null && <p className="font-mono text-12 break-words text-faint">{test.detail}</p>}
        </div>
      </div>
      {test !== undefined && !isWaiting && <TestFacts test={test} />}
    </div>
  );
}

function TestFacts({ test }: { readonly test: CredentialTest }) {
  const { device } = test;
  return (
    <Facts>
      <Fact label="Node">{test.node_name}</Fact>
      <Fact label="Collector">{test.collector_name ?? '–'}</Fact>
      {device !== null && (
        <>
          {device.name !== null && <Fact label="Calls itself">{device.name}</Fact>}
          {device.object_id !== null && (
            <Fact label="Object id">
              <span className="font-mono text-12 break-all">{device.object_id}</span>
            </Fact>
          )}
          {device.description !== null && (
            <Fact label="Says of itself" wide>
              <span className="break-words">{device.description}</span>
            </Fact>
          )}
        </>
      )}
    </Facts>
  );
}
