import type { Alert } from '@stratora/contract';
import { SEVERITY_LOOKS, SeverityIcon } from '../../domain/alert-severity.tsx';
import { behindWords, isQuiet, markWords, subjectOf } from '../../domain/alert-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { unbrokenValues } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { Ago, Since } from '../../ui/time-text.tsx';
import type { AlertLine } from './alert-groups.ts';

/** An active alert on a narrow screen. */
export function NarrowAlert({ line }: { readonly line: AlertLine }) {
  const { alert, behind, isBehind } = line;
  return (
    <NarrowBody
      alert={alert}
      isBehind={isBehind}
      more={behindWords({ behind_count: behind > 0 ? behind : alert.behind_count })}
    >
      <Since time={alert.triggered_at} />
    </NarrowBody>
  );
}

/** An alert that is over, on a narrow screen. */
export function NarrowPastAlert({ alert }: { readonly alert: Alert }) {
  return (
    <NarrowBody alert={alert} isBehind={false} more="">
      <Ago time={alert.resolved_at} />
    </NarrowBody>
  );
}

interface NarrowBodyProps {
  readonly alert: Alert;
  readonly isBehind: boolean;
  readonly more: string;
  /** When it began or ended: in the line of facts, so that the whole width is the summary's. */
  readonly children: React.ReactNode;
}

function NarrowBody({ alert, isBehind, more, children }: NarrowBodyProps) {
  const now = useNow(15_000);
  const [zone] = useZone();
  const quiet = isQuiet(alert);
  const facts = [subjectOf(alert), ...markWords(alert, now, zone), ...(more === '' ? [] : [more])];
  return (
    <div className={classNames('flex items-start gap-3', isBehind && 'pl-5')}>
      <span className="mt-0.5">
        <SeverityIcon severity={alert.severity} size={18} quiet={quiet} />
      </span>
      <div className="min-w-0 flex-1">
        <p className={classNames('line-clamp-3 break-words', quiet ? 'text-soft' : 'font-medium')}>
          <span className="sr-only">{SEVERITY_LOOKS[alert.severity].label}: </span>
          {unbrokenValues(alert.summary)}
        </p>
        <p className="line-clamp-2 text-12 text-faint">
          {children}
          {unbrokenValues(` · ${facts.join(' · ')}`)}
        </p>
      </div>
    </div>
  );
}
