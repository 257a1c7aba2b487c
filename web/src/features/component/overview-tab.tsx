import type { Component } from '@stratora/contract';
import { History } from 'lucide-react';
import { Link } from 'react-router';
import { describeSkew, troublesOf } from '../../domain/component-health.ts';
import { shortHash } from '../../domain/component-words.ts';
import { Standing } from '../../domain/config-standing.tsx';
import { formatCount, formatNumber } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { EngineCard } from './engine-card.tsx';
import { OutageCard } from './outage-card.tsx';
import { QueueCard } from './queue-card.tsx';

const STATUS_WORDS: Readonly<Record<NonNullable<Component['config_status']>, string>> = {
  applied: 'Applied',
  validation_error: 'Refused by its check',
  rolled_back: 'Rolled back',
  engine_down: 'Engine down',
};

/** The overview of a component: cards in two columns, or in one, in the order of what people look for first. */
export function OverviewTab({ component }: { readonly component: Component }) {
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      {component.connection === 'offline' && (
        <p className="flex items-center gap-2 text-13 text-soft lg:col-span-2">
          <History size={14} aria-hidden className="shrink-0 text-faint" />
          <span>
            All of this is as it was <Ago time={component.last_seen_at} />, when it was last heard.
          </span>
        </p>
      )}
      <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
        <EngineCard component={component} />
        <ConfigCard component={component} />
        <ReceivedCard component={component} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
        <QueueCard component={component} />
        {component.component_type === 'collector' && <OutageCard component={component} />}
        <IdentityCard component={component} />
      </div>
    </div>
  );
}

function ConfigCard({ component }: { readonly component: Component }) {
  const { running_generation: running, desired_generation: desired } = component;
  return (
    <Panel
      title="Configuration"
      className="max-lg:order-1"
      aside={
        <Link to="?tab=history" className="text-accent-text hover:underline">
          History
        </Link>
      }
    >
      <Facts className="grid-cols-2 p-4">
        <Fact label="Runs">
          <Generation generation={running} hash={component.running_config_hash} />
        </Fact>
        <Fact label="Should run">
          <Generation generation={desired} hash={component.desired_config_hash} />
        </Fact>
        <Fact label="Standing">
          <Standing component={component} />
        </Fact>
        <Fact label="What it told last">
          {component.config_status === null ? '–' : STATUS_WORDS[component.config_status]}
        </Fact>
      </Facts>
    </Panel>
  );
}

function Generation({
  generation,
  hash,
}: {
  readonly generation: number | null;
  readonly hash: string | null;
}) {
  if (hash === null) return '–';
  return (
    <>
      {generation === null ? (
        'a generation that is not kept'
      ) : (
        <Link to={`?tab=history&generation=${generation}`} className="text-link">
          generation {generation}
        </Link>
      )}{' '}
      <span className="font-mono text-12 text-faint">{shortHash(hash)}</span>
    </>
  );
}

function ReceivedCard({ component }: { readonly component: Component }) {
  const { ingest } = component;
  const rejected = Object.entries(ingest.rejected_by_reason).filter(([, count]) => count > 0);
  return (
    <Panel title="Received from it" className="max-lg:order-2">
      <Facts className="grid-cols-2 p-4">
        <Fact label="Last data">
          <Ago time={ingest.last_ingest_at} />
        </Fact>
        <Fact label="Lines accepted">
          <span className="tabular">{formatCount(ingest.lines_accepted)}</span>
        </Fact>
        <Fact label="Lines rejected">
          <span className="tabular">{formatCount(ingest.lines_rejected)}</span>
          {rejected.length > 0 && (
            <span className="text-faint">
              {' '}
              (
              {rejected
                .map(([reason, count]) => `${formatCount(count)} ${reason.replaceAll('_', ' ')}`)
                .join(', ')}
              )
            </span>
          )}
        </Fact>
        <Fact label="Its clock">
          <Clock component={component} />
        </Fact>
        {ingest.last_rejection !== null && (
          <Fact label="Last rejected line" wide>
            <span className="font-mono text-12 break-all">{ingest.last_rejection}</span>
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

function Clock({ component }: { readonly component: Component }) {
  const skew = component.clock_skew_seconds;
  if (skew === null) return 'not told yet';
  const off = troublesOf(component, 0).some(({ mark }) => mark === 'clock');
  return (
    <span className={off ? 'font-medium text-warning' : ''}>
      {describeSkew(skew)} <span className="tabular font-normal text-faint">({formatNumber(skew)} s)</span>
    </span>
  );
}

function IdentityCard({ component }: { readonly component: Component }) {
  const until = component.previous_key_valid_until;
  return (
    <Panel title="Host and identity" className="max-lg:order-3">
      <Facts className="p-4">
        <Fact label="Host calls itself">{component.hostname}</Fact>
        {component.fqdn !== null && <Fact label="Full name in DNS">{component.fqdn}</Fact>}
        {component.ip_addresses.length > 0 && (
          <Fact label="Addresses">
            <span className="font-mono text-12 break-words">{component.ip_addresses.join(', ')}</span>
          </Fact>
        )}
        <Fact label="Site">{component.site_name ?? 'none'}</Fact>
        {component.roles.length > 0 && <Fact label="Roles">{component.roles.join(', ')}</Fact>}
        <Fact label="Key">
          {until === null ? (
            'one key in force'
          ) : (
            <>
              a new key waits to be used; the old one ends with that, or <Ago time={until} />
            </>
          )}
        </Fact>
        <Fact label="Enrolled">
          <Moment time={component.registered_at} />
        </Fact>
        <Fact label="Approved">
          {component.approved_at === null ? '–' : <Moment time={component.approved_at} />}
        </Fact>
        <Fact label="Id" wide>
          <span className="font-mono text-12 break-all">{component.id}</span>
        </Fact>
      </Facts>
    </Panel>
  );
}
