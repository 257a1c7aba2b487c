import type { AlertDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { definitionQuery } from '../../api/alert-definitions.ts';
import { alertQuery } from '../../api/alerts.ts';
import { ApiError } from '../../api/client.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { SEVERITY_LOOKS, SeverityIcon } from '../../domain/alert-severity.tsx';
import { namedSummary } from '../../domain/alert-words.ts';
import { RunbookLink } from '../../domain/runbook-link.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CopyBlock } from '../../ui/copy-button.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { Fact, Facts, Panel, usePageTitle } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Skeleton, StaleNotice } from '../../ui/view-state.tsx';
import { AlertChart } from './alert-chart.tsx';
import { AlertHeader } from './alert-header.tsx';
import { AlertTimeline } from './alert-timeline.tsx';
import { WhoWasTold } from './who-was-told.tsx';

export function AlertPage() {
  const { alertId = '' } = useParams();
  const alert = useQuery({ ...alertQuery(alertId), refetchInterval: useListInterval(10_000) });
  usePageTitle(alert.data === undefined ? 'Alert' : namedSummary(alert.data));
  const retry = () => void alert.refetch();
  if (alert.data === undefined) {
    return (
      <div className="mx-auto w-full max-w-[1600px] px-4 py-5 md:px-6">
        {alert.isError ? <AlertFailure error={alert.error} onRetry={retry} /> : <AlertSkeleton />}
      </div>
    );
  }
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      {alert.isError && (
        <StaleNotice error={alert.error} lastSuccessAt={alert.dataUpdatedAt} onRetry={retry} />
      )}
      <AlertHeader alert={alert.data} />
      <AlertBody alert={alert.data} />
    </div>
  );
}

function AlertBody({ alert }: { readonly alert: AlertDetail }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
        <AlertChart alert={alert} />
        {alert.behind.total > 0 && <Behind alert={alert} />}
        <AlertTimeline alert={alert} />
        <QueryPanel alert={alert} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <WhoWasTold alert={alert} />
        <Judgement alert={alert} />
      </div>
    </div>
  );
}

/** By what it was judged: definition, scope and duration. */
function Judgement({ alert }: { readonly alert: AlertDetail }) {
  const { links, scope } = alert;
  return (
    <Panel title="What is judged">
      <Facts className="p-4">
        <Fact label="Definition" wide>
          {links.definition === null ? (
            <>
              {alert.definition_name} <span className="text-faint">(deleted)</span>
            </>
          ) : (
            <Link to={`/alerts/definitions/${alert.definition_id}`} className="text-link">
              {alert.definition_name}
            </Link>
          )}
        </Fact>
        <Fact label="Holds for">{scope.type === 'global' ? 'every node' : `this ${scope.type} alone`}</Fact>
        <Fact label="Must last">
          {alert.duration_seconds === 0 ? 'fires at once' : formatDuration(alert.duration_seconds)}
        </Fact>
        {alert.runbook_url !== null && (
          <Fact label="Runbook" wide>
            <RunbookLink address={alert.runbook_url} />
          </Fact>
        )}
        <Fact label="Key" wide>
          <span className="font-mono text-12 break-all">{alert.alert_key}</span>
        </Fact>
      </Facts>
      <OtherJudgement alert={alert} />
    </Panel>
  );
}

/** The way to judge this node otherwise: where a limit is wrong for it, the alert is where that is seen. */
function OtherJudgement({ alert }: { readonly alert: AlertDetail }) {
  const may = useMay();
  const isThere = alert.links.definition !== null && alert.links.node !== null;
  const definition = useQuery({ ...definitionQuery(alert.definition_id), enabled: isThere }).data;
  if (!isThere || definition === undefined || !may('definition.write')) return null;
  const isItsOwn = definition.scope.type === 'node';
  const to = isItsOwn
    ? `/alerts/definitions/${definition.id}?edit=1`
    : `/alerts/definitions/${definition.overrides ?? definition.id}?replace=1&for=${alert.node_id}`;
  return (
    <p className="border-t border-line px-4 py-3 text-13 text-soft">
      Wrong for this node?{' '}
      <Link to={to} className="text-link">
        Judge {alert.node_name ?? 'it'} differently
      </Link>
    </p>
  );
}

/** The query behind the value, to be tried elsewhere. */
function QueryPanel({ alert }: { readonly alert: AlertDetail }) {
  return (
    <Panel title="Query">
      <div className="p-4">
        {alert.query === '' ? (
          <p className="text-13 text-soft">
            None: the server judges this by what it hears itself. The value is a time of silence, counted only
            while it could have heard.
          </p>
        ) : (
          <CopyBlock text={alert.links.chart?.query ?? alert.query} label="the query" />
        )}
      </div>
    </Panel>
  );
}

/** How many alerts behind another one are shown unasked: what became of this one stands below. */
const BEHIND_SHOWN = 8;

/** The alerts that this one explains. */
function Behind({ alert: { behind } }: { readonly alert: AlertDetail }) {
  const [isWhole, setWhole] = useState(false);
  const more = behind.total - behind.items.length;
  const shown = isWhole ? behind.items : behind.items.slice(0, BEHIND_SHOWN);
  return (
    <Panel title="Behind it" aside={`${behind.total.toLocaleString('en-US')} held`}>
      <ul>
        {shown.map((item) => (
          <li
            key={item.id}
            className="relative flex items-center gap-3 border-b border-line px-4 py-2 text-13 last:border-b-0 hover:bg-hover"
          >
            <SeverityIcon severity={item.severity} quiet />
            <Link to={`/alerts/${item.id}`} className="row-link min-w-0 flex-1 break-words">
              <span className="sr-only">{SEVERITY_LOOKS[item.severity].label}: </span>
              {namedSummary(item)}
            </Link>
            {item.state === 'resolved' && <span className="text-faint">over</span>}
          </li>
        ))}
      </ul>
      {shown.length < behind.items.length && (
        <div className="px-4 py-2">
          <Button onClick={() => setWhole(true)}>
            {more > 0 ? `Show ${behind.items.length} of them` : `Show all ${behind.total}`}
          </Button>
        </div>
      )}
      {isWhole && more > 0 && (
        <p className="px-4 py-2 text-13 text-faint">and {more.toLocaleString('en-US')} milder ones</p>
      )}
    </Panel>
  );
}

function AlertFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return (
      <EmptyState
        alone
        icon={BellRing}
        title="There is no such alert"
        action={<ButtonLink to="/alerts">All alerts</ButtonLink>}
      >
        The address may be wrong, or its retention has ended.
      </EmptyState>
    );
  }
  return <ErrorState title="The alert could not be loaded" error={error} onRetry={onRetry} />;
}

function AlertSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-4">
      <Skeleton className="h-24" />
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-80 lg:col-span-2" />
        <Skeleton className="h-80" />
      </div>
    </div>
  );
}
