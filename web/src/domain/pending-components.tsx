import type { Component } from '@stratora/contract';
import { TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { useComponentAction } from '../api/components.ts';
import { useMay } from '../api/permission.ts';
import { Button } from '../ui/button.tsx';
import { plural } from '../ui/format/units.ts';
import { Ago } from '../ui/time-text.tsx';
import { tellDone, tellFailure } from '../ui/toast.tsx';
import { identityNote } from './identity-notes.tsx';

const SHOWN = 5;

/** The buttons Approve and Reject for one component that waits. */
export function ApprovalButtons({ component }: { readonly component: Component }) {
  const act = useComponentAction();
  const may = useMay();
  if (!may('component.manage')) return null;
  const decide = (action: 'approve' | 'reject') => {
    act.mutateAsync({ id: component.id, action }).then(
      () => tellDone(`${component.name} ${action === 'approve' ? 'approved' : 'rejected'}`),
      (error: unknown) => tellFailure(`${component.name} was not changed`, error),
    );
  };
  return (
    <div className="flex gap-2">
      {component.approval === 'pending' && (
        <Button disabled={act.isPending} onClick={() => decide('reject')}>
          Reject
        </Button>
      )}
      <Button look="primary" disabled={act.isPending} onClick={() => decide('approve')}>
        Approve
      </Button>
    </div>
  );
}

function Applicant({ component }: { readonly component: Component }) {
  const note = identityNote(component);
  return (
    <p className="min-w-0 flex-1 basis-64">
      <Link to={`/collection/components/${component.id}`} className="font-medium text-text hover:underline">
        {component.name}
      </Link>{' '}
      <span className="break-words text-soft">
        {component.hostname === component.name ? '' : `${component.hostname}, `}
        {component.os} {component.arch}
        {component.ip_addresses[0] !== undefined && (
          <>
            , <span className="font-mono text-12">{component.ip_addresses[0]}</span>
          </>
        )}
        , asked <Ago time={component.registered_at} />
      </span>
      {note !== undefined && <span className="block break-words text-soft">{note.message}</span>}
    </p>
  );
}

/** The components that wait for approval: one in a line, several below each other. */
export function PendingList({ pending }: { readonly pending: readonly Component[] }) {
  const [first, second] = pending;
  if (first === undefined) return null;
  const title = (
    <div className="flex items-center gap-3">
      <TriangleAlert size={16} aria-hidden className="shrink-0 text-warning" />
      <h2
        className="text-14 font-semibold"
        title="It gets no configuration and may send nothing until an administrator approves"
      >
        {second === undefined ? 'One waits' : `${pending.length} wait`} for approval
      </h2>
    </div>
  );
  return (
    <section
      aria-label="Waiting for approval"
      className="shrink-0 rounded-md border border-line-strong bg-surface"
    >
      {second === undefined ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-13">
          {title}
          <Applicant component={first} />
          <ApprovalButtons component={first} />
        </div>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-3 px-4 py-2">
            {title}
            <p className="text-13 text-soft">No configuration and no data until an administrator approves.</p>
          </div>
          <ul>
            {pending.slice(0, SHOWN).map((component) => (
              <li
                key={component.id}
                className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2 text-13"
              >
                <Applicant component={component} />
                <ApprovalButtons component={component} />
              </li>
            ))}
          </ul>
        </>
      )}
      {pending.length > SHOWN && (
        <p className="border-t border-line px-4 py-2 text-13">
          <Link to="?state=pending" className="text-accent-text hover:underline">
            and {plural(pending.length - SHOWN, 'more', 'more')}
          </Link>
        </p>
      )}
    </section>
  );
}
