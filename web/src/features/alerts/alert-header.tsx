import type { AlertDetail } from '@stratora/contract';
import { Activity, BellOff, ChevronRight, CirclePause, type LucideIcon, UserCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { SEVERITY_LOOKS, SeverityIcon } from '../../domain/alert-severity.tsx';
import {
  isQuiet,
  limitWords,
  muteEndWords,
  namedSummary,
  subjectAddress,
  subjectOf,
} from '../../domain/alert-words.ts';
import { formatMeasure } from '../../domain/measure.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { unbrokenValues } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { Ago, Moment, Since } from '../../ui/time-text.tsx';
import { useAlertActions } from './alert-actions.tsx';
import { lastedWords } from './alert-columns.tsx';

/** The head of an alert's page: what is wrong, since when, how bad, and where. */
export function AlertHeader({ alert }: { readonly alert: AlertDetail }) {
  const look = SEVERITY_LOOKS[alert.severity];
  const over = alert.resolved_at !== null;
  return (
    <header className="flex flex-col gap-4">
      <nav aria-label="Path" className="flex items-center gap-1 text-13 text-faint">
        <Link to={over ? '/alerts/history' : '/alerts'} className="hover:text-text hover:underline">
          {over ? 'History of alerts' : 'Alerts'}
        </Link>
        <ChevronRight size={14} aria-hidden />
        <span className="truncate">{alert.definition_name}</span>
      </nav>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div
          className={classNames(
            'flex size-12 shrink-0 items-center justify-center rounded-md',
            over ? 'bg-active' : look.soft,
          )}
        >
          <SeverityIcon severity={alert.severity} size={26} quiet={over} />
        </div>
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-28 font-semibold tracking-tight text-balance break-words max-sm:text-20">
            {unbrokenValues(namedSummary(alert))}
          </h1>
          <p className="text-16 text-soft">
            {alert.resolved_at === null ? (
              <>
                <span className={classNames('font-medium', look.text)}>{look.label}</span> for{' '}
                <Since time={alert.triggered_at} />
              </>
            ) : (
              <>
                Over: it ended <Ago time={alert.resolved_at} /> and lasted {lastedWords(alert)}. It was{' '}
                {look.label.toLowerCase()}.
              </>
            )}
          </p>
        </div>
        <Actions alert={alert} />
      </div>
      <HeaderFacts alert={alert} />
      <Notices alert={alert} />
    </header>
  );
}

function Actions({ alert }: { readonly alert: AlertDetail }) {
  const may = useMay();
  const actions = useAlertActions();
  if (alert.state === 'resolved' || !may('alert.write')) return null;
  const one = [alert];
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
      {alert.acknowledged === null ? (
        <Button
          look={isQuiet(alert) ? 'secondary' : 'primary'}
          icon={<UserCheck size={14} aria-hidden />}
          className="max-sm:flex-1"
          onClick={() => actions.acknowledge(one)}
        >
          Acknowledge
        </Button>
      ) : (
        <Button
          disabled={actions.isPending}
          className="max-sm:flex-1"
          onClick={() => actions.unacknowledge(one)}
        >
          Un-acknowledge
        </Button>
      )}
      {alert.muted === null ? (
        <Button
          icon={<BellOff size={14} aria-hidden />}
          className="max-sm:flex-1"
          onClick={() => actions.mute(one)}
        >
          Mute
        </Button>
      ) : (
        <Button disabled={actions.isPending} className="max-sm:flex-1" onClick={() => actions.unmute(one)}>
          Unmute
        </Button>
      )}
      {actions.dialogs}
    </div>
  );
}

function BigFact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-36 flex-1 bg-surface px-4 py-3">
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

const BIG = 'tabular text-20 font-semibold';

function HeaderFacts({ alert }: { readonly alert: AlertDetail }) {
  const address = subjectAddress(alert);
  const isThere = alert.node_id === null || alert.links.node !== null;
  const limit = limitWords(alert);
  const value = formatMeasure(alert.value, alert.unit);
  const worst = formatMeasure(alert.peak, alert.unit);
  return (
    <dl className="flex flex-wrap gap-px overflow-hidden rounded-md border border-line bg-line">
      {alert.value !== null && (
        <BigFact label={alert.state === 'active' ? 'Value' : 'Last value'}>
          <span className={BIG}>{value}</span>
          {limit !== '' && <span className="block text-13 text-soft">fires {limit}</span>}
        </BigFact>
      )}
      {alert.peak !== null && worst !== value && (
        <BigFact label="Worst">
          <span className={BIG}>{worst}</span>
        </BigFact>
      )}
      <BigFact label="Where">
        {address === undefined || !isThere ? (
          <span className="font-medium">{subjectOf(alert)}</span>
        ) : (
          <Link to={address} className="inline-block min-h-6 font-medium text-link">
            {subjectOf(alert)}
          </Link>
        )}
        {!isThere && <span className="text-faint"> (deleted)</span>}
        {alert.instance !== '' && (
          <span className="block font-mono text-12 break-all text-soft">{alert.instance}</span>
        )}
        {alert.site_id !== null && alert.site_name !== null && (
          <Link
            to={`/nodes?site=${alert.site_id}`}
            className="block min-h-6 text-13 text-soft hover:underline"
          >
            {alert.site_name}
          </Link>
        )}
      </BigFact>
      <BigFact label="Condition first true">
        <span className="text-13">
          <Moment time={alert.started_at} />
        </span>
      </BigFact>
      <BigFact label="Alert since">
        <span className="text-13">
          <Moment time={alert.triggered_at} />
        </span>
      </BigFact>
    </dl>
  );
}

function Notice({ icon: Icon, children }: { readonly icon: LucideIcon; readonly children: ReactNode }) {
  return (
    <div
      role="status"
      className="flex gap-3 rounded-md border border-line-strong bg-surface px-3 py-2 text-13"
    >
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-accent-text" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** Why an alert is quiet: somebody has it, wants nothing of it, or another one explains it. */
function Notices({ alert }: { readonly alert: AlertDetail }) {
  const now = useNow(15_000);
  const [zone] = useZone();
  const { acknowledged, muted, flapping_since: flapping } = alert;
  return (
    <>
      {acknowledged !== null && (
        <Notice icon={UserCheck}>
          <p className="font-medium">
            Acknowledged by {acknowledged.by} <Ago time={acknowledged.at} />
          </p>
          {acknowledged.comment !== null && (
            <p className="break-words whitespace-pre-wrap text-soft">{acknowledged.comment}</p>
          )}
        </Notice>
      )}
      {muted !== null && (
        <Notice icon={BellOff}>
          <p className="font-medium">
            Muted by {muted.by}
            {alert.state === 'active' && ` ${muteEndWords(muted.until, now, zone)}`}
          </p>
          <p className="text-soft">It is judged as always; nobody is told of it.</p>
        </Notice>
      )}
      {flapping !== null && (
        <Notice icon={Activity}>
          <p className="font-medium">
            Unstable for <Since time={flapping} />: it came and went {alert.changes} times
          </p>
          <p className="text-soft">It stays one alert until it is calm.</p>
        </Notice>
      )}
      <HeldNotice alert={alert} />
    </>
  );
}

function HeldNotice({ alert }: { readonly alert: AlertDetail }) {
  const { held, cause } = alert;
  if (held === null || held.by === 'flapping') return null;
  return (
    <Notice icon={CirclePause}>
      <p className="font-medium">
        {HELD_SENTENCES[held.by]}
        {alert.state === 'active' && (
          <span className="font-normal text-soft">
            {' '}
            Held for <Since time={held.since} />
          </span>
        )}
      </p>
      {cause !== null && (
        <p className="text-soft">
          The cause:{' '}
          <Link to={`/alerts/${cause.id}`} className="text-link">
            {namedSummary(cause)}
          </Link>
          {cause.state === 'resolved' && ', which is over'}
        </p>
      )}
    </Notice>
  );
}

const HELD_SENTENCES = {
  unreachable: 'Its node does not answer, and that is an alert of its own.',
  upstream: 'A device before it is down; what is behind that is explained by it.',
  maintenance: 'A maintenance window covers it.',
} as const;
