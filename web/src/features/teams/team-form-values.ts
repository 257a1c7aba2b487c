import type {
  AlertSeverity,
  EscalationTeam,
  TeamRotation,
  TeamStep,
  Weekday,
  WrittenTeam,
} from '@stratora/contract';
import { browserZone } from '../../ui/format/zone-time.ts';

/** Whom a step tells: every channel, some of them, or a person of the rotation and perhaps some channels. */
export type StepTells = 'all' | 'some' | 'current' | 'next';

export interface StepValues {
  /** Minutes, as people type them. */
  readonly after_seconds: string;
  readonly tells: StepTells;
  readonly channel_ids: readonly string[];
}

export interface WindowValues {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** The fields of the form, at the paths at which the server names them. Times of waiting are minutes, as text. */
export interface TeamFormValues {
  readonly name: string;
  readonly enabled: boolean;
  readonly is_default: boolean;
  readonly match: {
    readonly severities: readonly AlertSeverity[];
    readonly site_ids: readonly string[];
    readonly group_ids: readonly string[];
    readonly definition_ids: readonly string[];
  };
  readonly active: {
    readonly type: 'always' | 'hours';
    readonly timezone: string;
    readonly windows: readonly WindowValues[];
  };
  readonly steps: readonly StepValues[];
  readonly is_repeated: boolean;
  readonly repeat: { readonly every_seconds: string; readonly times: string };
  readonly has_rotation: boolean;
  readonly rotation: {
    readonly timezone: string;
    readonly handoff: { readonly day: Weekday; readonly time: string };
    readonly member_ids: readonly string[];
    /** Empty: the week in which it is saved. */
    readonly starts_on: string;
  };
}

export const NEW_STEP: StepValues = { after_seconds: '0', tells: 'all', channel_ids: [] };
export const NEW_WINDOW: WindowValues = { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '08:00', to: '17:00' };

const TAKES_ALL: TeamFormValues['match'] = {
  severities: [],
  site_ids: [],
  group_ids: [],
  definition_ids: [],
};

const minutesText = (seconds: number) => String(Number((seconds / 60).toFixed(4)));

/** Reads minutes; undefined where the text is no number. */
export function readMinutes(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(trimmed) ? Math.round(Number(trimmed) * 60) : undefined;
}

function toStepValues({
  after_seconds: after,
  on_call: onCall,
  channel_ids: channels,
}: TeamStep): StepValues {
  return {
    after_seconds: minutesText(after),
    tells: onCall ?? (channels === undefined ? 'all' : 'some'),
    channel_ids: channels ?? [],
  };
}

/** The start of the form: a team as it is, or a new one. */
export function toTeamForm(team: EscalationTeam | undefined): TeamFormValues {
  const rotation = team?.rotation ?? null;
  const active = team?.active ?? { type: 'always' };
  return {
    name: team?.name ?? '',
    enabled: team?.enabled ?? true,
    is_default: team?.is_default ?? false,
    match: team?.match ?? TAKES_ALL,
    active:
      active.type === 'hours'
        ? { type: 'hours', timezone: active.timezone, windows: active.windows }
        : { type: 'always', timezone: browserZone(), windows: [NEW_WINDOW] },
    steps: team?.steps.map(toStepValues) ?? [NEW_STEP],
    is_repeated: (team?.repeat ?? null) !== null,
    repeat: {
      every_seconds: minutesText(team?.repeat?.every_seconds ?? 1800),
      times: String(team?.repeat?.times ?? 3),
    },
    has_rotation: rotation !== null,
    rotation: {
      timezone: rotation?.timezone ?? browserZone(),
      handoff: rotation?.handoff ?? { day: 'mo', time: '08:00' },
      member_ids: rotation?.member_ids ?? [],
      starts_on: rotation?.starts_on ?? '',
    },
  };
}

function toStep({ after_seconds: after, tells, channel_ids: channels }: StepValues): TeamStep {
  const step = { after_seconds: readMinutes(after) ?? 0 };
  if (tells === 'all') return step;
  if (tells === 'some') return { ...step, channel_ids: [...channels] };
  return { ...step, on_call: tells, ...(channels.length > 0 ? { channel_ids: [...channels] } : {}) };
}

/**
 * The team as the form says it.
 * @param before the rotation that is edited, whose overrides stay
 */
export function toTeamBody(values: TeamFormValues, before: TeamRotation | null): WrittenTeam {
  const { rotation, repeat } = values;
  // The default team takes what is left, at any time.
  const match = values.is_default ? TAKES_ALL : values.match;
  const active = values.is_default ? ({ type: 'always' } as const) : values.active;
  return {
    name: values.name.trim(),
    // There must be one that hears of what is left.
    enabled: values.enabled || values.is_default,
    is_default: values.is_default,
    match: {
      severities: [...match.severities],
      site_ids: [...match.site_ids],
      group_ids: [...match.group_ids],
      definition_ids: [...match.definition_ids],
    },
    active:
      active.type === 'always'
        ? { type: 'always' }
        : {
            type: 'hours',
            timezone: active.timezone.trim(),
            windows: active.windows.map(({ days, from, to }) => ({ days: [...days], from, to })),
          },
    steps: values.steps.map(toStep),
    repeat: values.is_repeated
      ? { every_seconds: readMinutes(repeat.every_seconds) ?? 0, times: Number(repeat.times.trim()) }
      : null,
    rotation: values.has_rotation
      ? {
          timezone: rotation.timezone.trim(),
          handoff: rotation.handoff,
          member_ids: [...rotation.member_ids],
          ...(rotation.starts_on === '' ? {} : { starts_on: rotation.starts_on }),
          overrides: before?.overrides ?? [],
        }
      : null,
  };
}

/**
 * The steps with two that stand beside each other changed: whom they tell moves, the times stay, so that they go on rising.
 * @param index of the step that moves
 * @param by 1: later; -1: earlier
 */
export function movedSteps(steps: readonly StepValues[], index: number, by: 1 | -1): readonly StepValues[] {
  const moved = steps[index];
  const other = steps[index + by];
  if (moved === undefined || other === undefined) return steps;
  const next = [...steps];
  next[index] = { ...other, after_seconds: moved.after_seconds };
  next[index + by] = { ...moved, after_seconds: other.after_seconds };
  return next;
}

/** A step to add: a quarter of an hour after the last one. */
export function stepAfter(steps: readonly StepValues[]): StepValues {
  const last = readMinutes(steps.at(-1)?.after_seconds ?? '') ?? 0;
  return { ...NEW_STEP, after_seconds: steps.length === 0 ? '0' : minutesText(last + 900) };
}
