import type { Component, NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { componentQuery } from '../../api/components.ts';
import { troublesOf } from '../../domain/component-health.ts';
import { classNames } from '../../ui/class-names.ts';
import { useNow } from '../../ui/state/clock.ts';
import { Since } from '../../ui/time-text.tsx';
import { collectorCause } from './collector-words.ts';
import { useLeftOutReason } from './left-out-reason.ts';
import { useReadsSnmp } from './reads-snmp.ts';

/** The notices of why a node may have no data though it is well: its collector, or that one's configuration. */
export function CollectorNotice({ node }: { readonly node: NodeDetail }) {
  const id = node.collector_id ?? node.agent_id;
  const component = useQuery({ ...componentQuery(id ?? ''), enabled: id !== null }).data;
  const leftOut = useLeftOutReason(node);
  const readsSnmp = useReadsSnmp(node.template);
  const lacksCredential =
    readsSnmp && node.agent_id === null && !node.credentials.some(({ purpose }) => purpose === 'snmp');
  return (
    <>
      {leftOut !== undefined && (
        <Notice tone="warn">
          <p className="font-medium">It is left out and not polled</p>
          <p className="break-words first-letter:uppercase">{leftOut}</p>
          <p className="text-soft">
            The configuration of{' '}
            {component === undefined ? 'its collector' : <ComponentLink component={component} tab="config" />}{' '}
            goes on without it; the other nodes are polled as always. Correct this value of the node, its
            credential or its template, and it is taken in within seconds.
          </p>
        </Notice>
      )}
      {component !== undefined && <ComponentCause component={component} />}
      {lacksCredential && (
        <Notice tone="warn">
          <p className="font-medium">Nothing is read by SNMP</p>
          <p className="text-soft">
            Its template reads SNMP, and no SNMP credential is chosen. Choose one with Edit.
          </p>
        </Notice>
      )}
    </>
  );
}

function ComponentCause({ component }: { readonly component: Component }) {
  const now = useNow(15_000);
  const [trouble] = troublesOf(component, now);
  const cause = collectorCause(component, trouble);
  if (cause === undefined) return null;
  return (
    <Notice tone={cause.tone}>
      <p className="font-medium">
        {component.component_type === 'collector' ? 'Its collector' : 'Its agent'}{' '}
        <ComponentLink component={component} /> {cause.predicate}
        {cause.since !== null && (
          <>
            {' '}
            for <Since time={cause.since} />
          </>
        )}
      </p>
      {cause.detail !== '' && <p className="break-words text-soft">{cause.detail}</p>}
    </Notice>
  );
}

function ComponentLink({ component, tab }: { readonly component: Component; readonly tab?: string }) {
  return (
    <Link
      to={`/collection/components/${component.id}${tab === undefined ? '' : `?tab=${tab}`}`}
      className="text-link"
    >
      {component.name}
    </Link>
  );
}

const LOOKS = {
  bad: { icon: OctagonAlert, box: 'border-critical bg-critical-soft', text: 'text-critical' },
  warn: { icon: TriangleAlert, box: 'border-warning bg-warning-soft', text: 'text-warning' },
  info: { icon: Info, box: 'border-line-strong bg-surface', text: 'text-accent-text' },
} as const;

function Notice({ tone, children }: { readonly tone: keyof typeof LOOKS; readonly children: ReactNode }) {
  const { icon: Icon, box, text } = LOOKS[tone];
  return (
    <div role="status" className={classNames('flex gap-3 rounded-md border px-3 py-2 text-13', box)}>
      <Icon size={16} aria-hidden className={classNames('mt-0.5 shrink-0', text)} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
