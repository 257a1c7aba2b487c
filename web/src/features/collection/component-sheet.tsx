import type { Component } from '@stratora/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { type ComponentAction, useComponentAction } from '../../api/resources.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyBlock } from '../../ui/copy-button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { formatBytes, formatCount, formatDuration, plural } from '../../ui/format/units.ts';
import { Fact, Facts } from '../../ui/page.tsx';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { ComponentBadge } from './component-columns.tsx';
import { CLOCK_SKEW_MAX_SECONDS, CONFIG_WORDS, componentState, shortHash } from './component-words.ts';

interface Question {
  readonly action: ComponentAction;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly done: string;
  readonly type?: string;
}

function questions(
  component: Component,
): Readonly<Record<'reject' | 'revoke' | 'rotate-key' | 'delete', Question>> {
  const { name } = component;
  return {
    reject: {
      action: 'reject',
      title: `Reject ${name}?`,
      text: 'Its key stops working. It can enroll again with a token.',
      label: 'Reject',
      done: `${name} rejected`,
    },
    revoke: {
      action: 'revoke',
      title: `Revoke ${name}?`,
      text: 'Its key stops working within seconds, and what it collects stops arriving. To come back it has to enroll and be approved again.',
      label: 'Revoke',
      done: `${name} revoked`,
      type: name,
    },
    'rotate-key': {
      action: 'rotate-key',
      title: `Give ${name} a new key?`,
      text: 'The new key is shown once, here. The old one is replaced; the component needs the new one to go on sending.',
      label: 'Make a new key',
      done: `New key for ${name}`,
    },
    delete: {
      action: 'delete',
      title: `Delete ${name}?`,
      text: 'It is removed from this list and its key stops working. Nodes that it polled need another collector.',
      label: 'Delete',
      done: `${name} deleted`,
      type: name,
    },
  };
}

interface ComponentSheetProps {
  readonly component: Component | undefined;
  readonly onClose: () => void;
}

/** One collector or agent: how it is, what it runs, what waits in its queue, and what can be done with it. */
export function ComponentSheet({ component, onClose }: ComponentSheetProps) {
  const [asked, setAsked] = useState<Question>();
  const [newKey, setNewKey] = useState<string>();
  const act = useComponentAction();
  const may = useMay();
  const close = () => {
    setNewKey(undefined);
    onClose();
  };
  return (
    <>
      <Dialog
        open={component !== undefined}
        onClose={close}
        side="right"
        title={component?.name ?? ''}
        lead={
          component === undefined
            ? undefined
            : `${component.component_type === 'collector' ? 'Collector' : 'Agent'} on ${component.hostname}`
        }
      >
        {component !== undefined && (
          <>
            <DialogBody className="flex flex-col gap-5">
              {newKey !== undefined && (
                <section aria-label="New key" className="flex flex-col gap-2">
                  <p className="text-13">
                    The new key. It is shown this once: put it into the component’s identity file.
                  </p>
                  <CopyBlock text={newKey} label="the new key" />
                </section>
              )}
              <ComponentFacts component={component} />
            </DialogBody>
            {may('component.manage') && (
              <SheetActions
                component={component}
                onAsk={setAsked}
                onApprove={() => act.mutateAsync({ id: component.id, action: 'approve' })}
              />
            )}
          </>
        )}
      </Dialog>
      <ConfirmDialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked?.title ?? ''}
        confirmLabel={asked?.label ?? ''}
        danger={asked?.action !== 'rotate-key'}
        {...(asked?.type === undefined ? {} : { typeToConfirm: asked.type })}
        onConfirm={async () => {
          if (asked === undefined || component === undefined) return;
          const answer = await act.mutateAsync({ id: component.id, action: asked.action });
          tellDone(asked.done);
          if (asked.action === 'rotate-key') setNewKey(answer?.api_key);
          if (asked.action === 'delete') close();
        }}
      >
        {asked?.text}
      </ConfirmDialog>
    </>
  );
}

function SheetActions({
  component,
  onAsk,
  onApprove,
}: {
  readonly component: Component;
  readonly onAsk: (question: Question) => void;
  readonly onApprove: () => Promise<unknown>;
}) {
  const ask = questions(component);
  const { approval } = component;
  return (
    <DialogFooter>
      {approval !== 'approved' && <Button onClick={() => onAsk(ask.delete)}>Delete</Button>}
      {approval === 'approved' && <Button onClick={() => onAsk(ask['rotate-key'])}>New key</Button>}
      {approval === 'approved' && (
        <Button className="text-critical" onClick={() => onAsk(ask.revoke)}>
          Revoke
        </Button>
      )}
      {approval === 'pending' && <Button onClick={() => onAsk(ask.reject)}>Reject</Button>}
      {(approval === 'pending' || approval === 'rejected') && (
        <Button
          look="primary"
          onClick={() => void onApprove().then(() => tellDone(`${component.name} approved`))}
        >
          Approve
        </Button>
      )}
    </DialogFooter>
  );
}

function ComponentFacts({ component }: { readonly component: Component }) {
  const { queue, ingest, engine, clock_skew_seconds: skew } = component;
  const differs =
    component.desired_config_hash !== null && component.running_config_hash !== component.desired_config_hash;
  const rejected = Object.entries(ingest.rejected_by_reason).filter(([, count]) => count > 0);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <ComponentBadge component={component} />
        <span className="text-13 text-soft">
          heard <Ago time={component.last_seen_at} />
        </span>
        {component.node_id !== null && (
          <Link to={`/nodes/${component.node_id}`} className="text-13 text-accent-text hover:underline">
            Its node
          </Link>
        )}
        {component.component_type === 'collector' && component.node_count > 0 && (
          <Link to={`/nodes?collector=${component.id}`} className="text-13 text-accent-text hover:underline">
            Polls {plural(component.node_count, 'node')}
          </Link>
        )}
      </div>
      {component.config_message !== null &&
        component.config_message !== '' &&
        componentState(component).tone !== 'good' && (
          <p className="rounded-md border border-warning bg-warning-soft px-3 py-2 text-13 break-words">
            {component.config_message}
          </p>
        )}
      <Facts>
        <Fact label="Engine">
          {engine === null
            ? '–'
            : `${engine.kind} ${engine.version}, ${engine.running ? 'running' : 'not running'}`}
        </Fact>
        <Fact label="Configuration">
          {component.config_status === null ? '–' : CONFIG_WORDS[component.config_status]}
        </Fact>
        <Fact label="Runs configuration">
          <span className="font-mono text-12">{shortHash(component.running_config_hash)}</span>
        </Fact>
        <Fact label="Should run">
          <span className="font-mono text-12">{shortHash(component.desired_config_hash)}</span>
          {differs && <span className="ml-2 text-12 text-warning">not there yet</span>}
        </Fact>
        <Fact label="Waiting in its queue">
          {queue === null ? '–' : formatBytes(queue.bytes)}
          {queue?.oldest !== undefined && queue.oldest !== null && queue.bytes > 0 && (
            <span className="text-faint">
              , oldest <Ago time={queue.oldest} />
            </span>
          )}
        </Fact>
        <Fact label="Dropped at the queue's bound">
          {queue === null ? '–' : `${formatCount(queue.dropped)} lines`}
        </Fact>
        <Fact label="Last data received">
          <Ago time={ingest.last_ingest_at} />
        </Fact>
        <Fact label="Lines accepted">{formatCount(ingest.lines_accepted)}</Fact>
        <Fact label="Lines rejected">
          {formatCount(ingest.lines_rejected)}
          {rejected.length > 0 && (
            <span className="text-faint">
              {' '}
              ({rejected.map(([reason, count]) => `${formatCount(count)} ${reason}`).join(', ')})
            </span>
          )}
        </Fact>
        <Fact label="Its clock">
          {skew === null
            ? '–'
            : Math.abs(skew) < 1
              ? 'in step'
              : `${formatDuration(Math.abs(skew))} ${skew > 0 ? 'ahead' : 'behind'}`}
          {skew !== null && Math.abs(skew) > CLOCK_SKEW_MAX_SECONDS && (
            <span className="ml-2 text-12 text-warning">set the time</span>
          )}
        </Fact>
        <Fact label="Version">{component.version}</Fact>
        <Fact label="System">{`${component.os} ${component.os_version ?? ''} ${component.arch}`}</Fact>
        <Fact label="Addresses">
          <span className="font-mono text-12">
            {component.ip_addresses.length === 0 ? '–' : component.ip_addresses.join(', ')}
          </span>
        </Fact>
        <Fact label="Enrolled">
          <Moment time={component.registered_at} />
        </Fact>
        {component.approved_at !== null && (
          <Fact label="Approved">
            <Moment time={component.approved_at} />
          </Fact>
        )}
        <Fact label="Id">
          <span className="font-mono text-12 break-all">{component.id}</span>
        </Fact>
      </Facts>
      {ingest.last_rejection !== null && (
        <p className="text-13 break-words text-soft">Last rejected line: {ingest.last_rejection}</p>
      )}
    </>
  );
}
