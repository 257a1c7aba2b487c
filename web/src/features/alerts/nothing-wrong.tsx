import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Server } from 'lucide-react';
import { Link } from 'react-router';
import { lastResolvedQuery } from '../../api/alerts.ts';
import { summaryQuery } from '../../api/resources.ts';
import { namedSummary } from '../../domain/alert-words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { Moment, Since } from '../../ui/time-text.tsx';
import { EmptyState } from '../../ui/view-state.tsx';

/** The quiet day: nothing is wrong, since when, and what that is worth. */
export function NothingWrong() {
  const last = useQuery(lastResolvedQuery);
  const summary = useQuery(summaryQuery).data;
  const ended = last.data?.items[0];
  const known = summary === undefined ? undefined : summary.nodes.total - summary.nodes.by_status.unknown;
  if (summary?.nodes.total === 0) {
    return (
      <EmptyState
        icon={Server}
        title="Nothing is monitored yet"
        action={<ButtonLink to="/">Go to Home</ButtonLink>}
      >
        Alerts come from what nodes report. Add one, and it is judged from its first data on.
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-2 px-6 py-16 text-center">
      <CircleCheck size={40} strokeWidth={1.75} aria-hidden className="mb-2 text-healthy" />
      <h2 className="text-28 font-semibold tracking-tight">Nothing is wrong</h2>
      {ended?.resolved_at === undefined || ended.resolved_at === null ? (
        <p className="text-soft">{last.data === undefined ? ' ' : 'No alert has fired so far.'}</p>
      ) : (
        <>
          <p className="text-16 text-soft">
            for <Since time={ended.resolved_at} />
          </p>
          <p className="text-soft">
            The last alert ended on <Moment time={ended.resolved_at} />:{' '}
            <Link to={`/alerts/${ended.id}`} className="text-link">
              {namedSummary(ended)}
            </Link>
          </p>
        </>
      )}
      {known !== undefined && (
        <p className="mt-2 text-13 text-faint">
          {plural(known, 'node')} {known === 1 ? 'is' : 'are'} judged every 10 seconds.
          {summary !== undefined && summary.nodes.by_status.unknown > 0 && (
            <>
              {' '}
              <Link to="/nodes?status=unknown" className="text-link">
                The state of {plural(summary.nodes.by_status.unknown, 'node')} is not known.
              </Link>
            </>
          )}
        </p>
      )}
    </div>
  );
}
