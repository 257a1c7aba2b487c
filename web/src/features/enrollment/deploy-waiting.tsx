import type { Component, ComponentType, CreatedEnrollmentToken } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDot, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { tokensQuery } from '../../api/resources.ts';
import { ApprovalButtons } from '../../domain/pending-components.tsx';
import { newcomers } from './newcomers.ts';

interface DeployWaitingProps {
  readonly token: CreatedEnrollmentToken;
  readonly type: ComponentType;
  readonly known: ReadonlySet<string>;
}

/** Waits for what was added and says how far it is; events bring it here. */
export function DeployWaiting({ token, type, known }: DeployWaitingProps) {
  const components = useQuery({ ...componentsQuery, refetchInterval: useListInterval(10_000) });
  const tokens = useQuery({ ...tokensQuery, refetchInterval: 10_000 });
  const came = newcomers(components.data ?? [], { type, known, since: token.created_at });
  const uses = tokens.data?.find(({ id }) => id === token.id)?.use_count ?? 0;
  return (
    <section
      aria-label="Progress"
      aria-live="polite"
      className="rounded-md border border-line bg-raised text-13"
    >
      {came.map((component) => (
        <Arrival key={component.id} component={component} />
      ))}
      {came.length === 0 && uses > 0 && (
        <Line icon={<CircleCheck size={16} aria-hidden className="text-healthy" />}>
          <p className="min-w-0 flex-1">
            A host that was known already enrolled with it.{' '}
            <span className="text-soft">It keeps its place in the list.</span>
          </p>
        </Line>
      )}
      {came.length === 0 && uses === 0 && (
        <Line icon={<LoaderCircle size={16} aria-hidden className="text-faint motion-safe:animate-spin" />}>
          <p className="min-w-0 flex-1">
            Waiting for the {type} to appear…{' '}
            <span className="text-soft">You may close this; it appears in the list.</span>
          </p>
        </Line>
      )}
    </section>
  );
}

function Line({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2 last:border-b-0">
      {icon}
      {children}
    </div>
  );
}

function Arrival({ component }: { readonly component: Component }) {
  const name = (
    <Link
      to={`/collection/components/${component.id}`}
      className="font-medium text-accent-text hover:underline"
    >
      {component.name}
    </Link>
  );
  if (component.approval === 'pending') {
    return (
      <Line icon={<TriangleAlert size={16} aria-hidden className="text-warning" />}>
        <p className="min-w-0 flex-1 basis-48">
          {name} enrolled, pending approval{' '}
          <span className="text-soft">
            ({component.hostname}, {component.os} {component.arch})
          </span>
        </p>
        <ApprovalButtons component={component} />
      </Line>
    );
  }
  if (component.approval !== 'approved') {
    return (
      <Line icon={<CircleDot size={16} aria-hidden className="text-faint" />}>
        <p className="min-w-0 flex-1">
          {name} was {component.approval}
        </p>
      </Line>
    );
  }
  if (component.connection === 'online') {
    return (
      <Line icon={<CircleCheck size={16} aria-hidden className="text-healthy" />}>
        <p className="min-w-0 flex-1">
          {name} is online
          {component.component_type === 'collector' && component.node_count === 0 && (
            <span className="text-soft">. Give it nodes to poll next</span>
          )}
        </p>
      </Line>
    );
  }
  return (
    <Line icon={<LoaderCircle size={16} aria-hidden className="text-faint motion-safe:animate-spin" />}>
      <p className="min-w-0 flex-1">{name} enrolled and is approved; waiting for its first call…</p>
    </Line>
  );
}
