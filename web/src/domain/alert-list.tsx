import type { Alert } from '@stratora/contract';
import { Link } from 'react-router';
import { classNames } from '../ui/class-names.ts';
import { unbrokenValues } from '../ui/format/units.ts';
import { useNow } from '../ui/state/clock.ts';
import { useZone } from '../ui/state/zone.ts';
import { Ago, Since } from '../ui/time-text.tsx';
import { SEVERITY_LOOKS, SeverityIcon } from './alert-severity.tsx';
import { behindWords, isQuiet, markWords, subjectOf, valueWords } from './alert-words.ts';

interface AlertListProps {
  readonly alerts: readonly Alert[];
  readonly label: string;
  /** Names what each is about; left out where the page is about it. */
  readonly withSubject?: boolean;
}

/** A short list of alerts, each a link to its page. */
export function AlertList({ alerts, label, withSubject = false }: AlertListProps) {
  return (
    <ul aria-label={label}>
      {alerts.map((alert) => (
        <AlertLine key={alert.id} alert={alert} withSubject={withSubject} />
      ))}
    </ul>
  );
}

export function AlertLine({ alert, withSubject }: { readonly alert: Alert; readonly withSubject: boolean }) {
  const now = useNow(15_000);
  const [zone] = useZone();
  const quiet = isQuiet(alert);
  const marks = markWords(alert, now, zone);
  const facts = [
    ...(withSubject ? [subjectOf(alert), alert.site_name] : []),
    ...(marks.length > 0 ? marks : [valueWords(alert)]),
    behindWords(alert),
  ].filter(Boolean);
  return (
    <li className="relative flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover">
      <SeverityIcon severity={alert.severity} quiet={quiet} />
      <div className="min-w-0 flex-1">
        <Link
          to={`/alerts/${alert.id}`}
          className={classNames('row-link block break-words', quiet ? 'text-soft' : 'font-medium')}
        >
          <span className="sr-only">{SEVERITY_LOOKS[alert.severity].label}: </span>
          {unbrokenValues(alert.summary)}
        </Link>
        <p className={classNames('text-13 break-words', quiet ? 'text-faint' : 'text-soft')}>
          {unbrokenValues(facts.join(' · '))}
        </p>
      </div>
      <span className="shrink-0 text-right text-13 text-faint">
        {alert.resolved_at === null ? (
          <>
            for <Since time={alert.triggered_at} />
          </>
        ) : (
          <>
            ended <Ago time={alert.resolved_at} />
          </>
        )}
      </span>
    </li>
  );
}
