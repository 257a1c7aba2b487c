import type { EscalationTeam, OnCallPerson } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { onCallQuery } from '../../api/escalation-teams.ts';
import { useListInterval } from '../../api/live-context.ts';
import { formatMoment } from '../../ui/format/time.ts';
import { Panel } from '../../ui/page.tsx';
import { useZone } from '../../ui/state/zone.ts';
import { SkeletonRows } from '../../ui/view-state.tsx';

/** Who is on call now, until when, and who is next. */
export function OnCallPanel({ team }: { readonly team: EscalationTeam }) {
  if (team.rotation === null) {
    return (
      <Panel title="On call">
        <p className="px-4 py-4 text-soft">
          No rotation: its steps tell channels alone. Edit the team to let people take turns.
        </p>
      </Panel>
    );
  }
  return <OnCallNow team={team} />;
}

function OnCallNow({ team }: { readonly team: EscalationTeam }) {
  const answer = useQuery({ ...onCallQuery(team.id), refetchInterval: useListInterval(60_000) }).data;
  const [zone] = useZone();
  return (
    <Panel title="On call">
      {answer === undefined ? (
        <SkeletonRows count={2} />
      ) : (
        <dl className="flex flex-col gap-3 p-4">
          <div>
            <dt className="text-12 text-faint">Now</dt>
            <dd>
              {answer.current === null ? (
                <span className="text-16 font-semibold text-critical">Nobody</span>
              ) : (
                <Person
                  person={answer.current}
                  note={`until ${formatMoment(Date.parse(answer.current.to), zone)}`}
                />
              )}
            </dd>
          </div>
          <div>
            <dt className="text-12 text-faint">Next</dt>
            <dd>
              {answer.next === null ? (
                'nobody else'
              ) : (
                <Person
                  person={answer.next}
                  note={`from ${formatMoment(Date.parse(answer.next.from), zone)}`}
                  isNext
                />
              )}
            </dd>
          </div>
        </dl>
      )}
    </Panel>
  );
}

interface PersonProps {
  readonly person: OnCallPerson;
  readonly note: string;
  readonly isNext?: boolean;
}

function Person({ person, note, isNext = false }: PersonProps) {
  return (
    <>
      <span className={isNext ? 'font-medium' : 'text-16 font-semibold'}>{person.name}</span>
      {person.is_override && <span className="text-soft"> stands in</span>}
      <span className="block text-13 text-soft">{note}</span>
      {person.email === null ? (
        <span className="flex items-center gap-1.5 text-13 text-warning">
          <TriangleAlert size={14} aria-hidden className="shrink-0" /> Has no mail address, and cannot be told
        </span>
      ) : (
        <span className="block text-13 break-all text-faint">{person.email}</span>
      )}
    </>
  );
}
