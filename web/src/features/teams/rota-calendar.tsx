import type { EscalationTeam, Rota } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { rotaQuery } from '../../api/escalation-teams.ts';
import { useMay } from '../../api/permission.ts';
import { WEEKDAY_NAMES, WEEKDAY_ORDER } from '../../domain/weekdays.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration } from '../../ui/format/units.ts';
import { wallTime } from '../../ui/format/zone-time.ts';
import { Panel } from '../../ui/page.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { useIsNarrow } from '../../ui/state/media.ts';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { holeSeconds, type RotaPiece, type RotaWeek, rotaPeople, rotaWeeks } from './rota-weeks.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
/** Colours of series, in their fixed order; of more people some share one, and the names tell them apart. */
const COLOURS = 8;

type Shift = Rota['shifts'][number];

/** Who is on call in the next 90 days, week by week; a shift opens to put somebody else in. */
export function RotaCalendar({ team }: { readonly team: EscalationTeam }) {
  const rota = useQuery(rotaQuery(team.id, DAYS));
  const write = useMay()('alert.write');
  const [chosen, setChosen] = useState<Shift>();
  const holes = rota.data === undefined ? 0 : holeSeconds(rota.data);
  return (
    <Panel
      title="Rota of the next 90 days"
      aside={
        rota.data !== undefined && (
          <>
            <span className={classNames('whitespace-nowrap', holes > 0 && 'font-medium text-critical')}>
              {holes > 0 ? `${formatDuration(holes)} without anybody` : 'no hole'}
            </span>
            {write && <Button onClick={() => setChosen(rota.data.shifts[0])}>Put somebody in</Button>}
          </>
        )
      }
    >
      {rota.data === undefined ? (
        rota.isError ? (
          <ErrorState
            title="The rota could not be loaded"
            error={rota.error}
            onRetry={() => void rota.refetch()}
          />
        ) : (
          <SkeletonRows count={8} className="h-9" />
        )
      ) : (
        <Weeks rota={rota.data} onChoose={write ? setChosen : undefined} />
      )}
      {team.rotation !== null && (
        <OverrideDialog
          team={team}
          zone={rota.data?.timezone ?? team.rotation.timezone}
          people={rota.data === undefined ? [] : rotaPeople(rota.data)}
          shift={chosen}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Panel>
  );
}

interface WeeksProps {
  readonly rota: Rota;
  readonly onChoose: ((shift: Shift) => void) | undefined;
}

function Weeks({ rota, onChoose }: WeeksProps) {
  const weeks = rotaWeeks(rota);
  const people = rotaPeople(rota);
  const now = wallTime(useNow(60_000), rota.timezone);
  return (
    <div className="p-4">
      <div aria-hidden className="mb-1 grid grid-cols-7 pl-16 text-center text-12 text-faint max-sm:pl-0">
        {WEEKDAY_ORDER.map((day) => (
          <span key={day}>{WEEKDAY_NAMES[day].short}</span>
        ))}
      </div>
      <ol aria-label={`Weeks, by the clocks of ${rota.timezone}`} className="flex flex-col gap-1.5">
        {weeks.map((week) => (
          <WeekRow
            key={week.days[0]}
            week={week}
            nowWall={now}
            zone={rota.timezone}
            colourOf={(id) => (people.findIndex(({ member_id: one }) => one === id) % COLOURS) + 1}
            onChoose={onChoose}
          />
        ))}
      </ol>
      <p className="mt-3 text-13 text-soft">
        By the clocks of {rota.timezone}.
        {onChoose !== undefined && ' Choose a shift to put somebody else in its place.'}
      </p>
    </div>
  );
}

interface WeekRowProps {
  readonly week: RotaWeek;
  /** Now, by a clock that shows the zone's time in UTC. */
  readonly nowWall: number;
  readonly zone: string;
  readonly colourOf: (memberId: string) => number;
  readonly onChoose: ((shift: Shift) => void) | undefined;
}

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function WeekRow({ week, nowWall, zone, colourOf, onChoose }: WeekRowProps) {
  const monday = week.days[0] ?? 0;
  const now = (nowWall - monday) / DAY_MS;
  return (
    <li className="flex items-center gap-2 max-sm:flex-col max-sm:items-stretch max-sm:gap-0.5">
      <span className="tabular w-14 shrink-0 text-12 text-faint">{shortDay.format(monday)}</span>
      <div className="relative h-9 min-w-0 flex-1 overflow-hidden rounded-sm border border-line bg-canvas max-sm:flex-none">
        <div aria-hidden className="absolute inset-0 grid grid-cols-7">
          {week.days.map((day, index) => (
            <span key={day} className={classNames('border-line', index > 0 && 'border-l')} />
          ))}
        </div>
        {week.pieces.map((piece) => (
          <Piece
            key={`${piece.shift.from} ${piece.from}`}
            piece={piece}
            zone={zone}
            colour={piece.shift.person === null ? 0 : colourOf(piece.shift.person.member_id)}
            onChoose={onChoose}
          />
        ))}
        {now >= 0 && now < 7 && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 z-10 w-0.5 bg-text"
            style={{ left: `${(now / 7) * 100}%` }}
          />
        )}
      </div>
    </li>
  );
}

interface PieceProps {
  readonly piece: RotaPiece;
  readonly zone: string;
  /** 1 to 8; 0 where nobody is on call. */
  readonly colour: number;
  readonly onChoose: ((shift: Shift) => void) | undefined;
}

function momentIn(time: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(Date.parse(time));
}

function Piece({ piece: { shift, from, to, isFirst }, zone, colour, onChoose }: PieceProps) {
  const { person } = shift;
  const name = person?.name ?? 'Nobody';
  const words = `${name}${person?.is_override ? ', standing in' : ''}, ${momentIn(shift.from, zone)} to ${momentIn(shift.to, zone)}`;
  const style = {
    left: `${(from / 7) * 100}%`,
    width: `${((to - from) / 7) * 100}%`,
    ...(person === null ? {} : { borderColor: `var(--series-${colour})` }),
  };
  const look = classNames(
    'absolute inset-y-0 flex items-center overflow-hidden border-l-4 px-1.5 text-left text-12',
    person === null
      ? 'hatched border-critical bg-critical-soft font-medium text-critical'
      : 'bg-surface text-text',
    person?.is_override && 'font-semibold italic',
  );
  const label = to - from >= 0.6 && (
    <span
      className={classNames(
        'truncate',
        !isFirst && 'text-faint',
        person === null && 'rounded-sm bg-critical-soft px-1',
      )}
    >
      {name}
    </span>
  );
  const narrow = useIsNarrow();
  // A finger needs 24 px; what is smaller is put in by the button of the panel.
  const isSmall = to - from < (narrow ? 0.55 : 0.28);
  if (onChoose === undefined || isSmall) {
    return (
      <span role="img" aria-label={words} title={words} className={look} style={style}>
        {label}
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-label={`${words}. Put somebody else in`}
      title={words}
      className={classNames(look, 'hover:bg-hover focus-visible:-outline-offset-2')}
      style={style}
      onClick={() => onChoose(shift)}
    >
      {label}
    </button>
  );
}
