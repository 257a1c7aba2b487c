import type { Alert, AlertSeverity, AlertTimelineEntry, HeldReason } from '@stratora/contract';
import { isMeasuredValue } from '@stratora/contract/measured-value';
import { SEVERITY_LOOKS } from '../../domain/alert-severity.tsx';
import { muteEndWords } from '../../domain/alert-words.ts';
import { formatMeasure } from '../../domain/measure.ts';
import type { ZoneChoice } from '../../ui/format/time.ts';
import { formatDuration } from '../../ui/format/units.ts';

export interface TimelineWords {
  readonly text: string;
  /** A second line: a comment, a reason. */
  readonly note?: string;
}

const HELD: Readonly<Record<HeldReason, string>> = {
  unreachable: 'Held: its node does not answer, and that is an alert of its own',
  upstream: 'Held: a device before it is down',
  maintenance: 'Held: a maintenance window covers it',
  flapping: 'Held: it comes and goes',
};

/** Says what happened to an alert, of one entry of its timeline. Facts of versions that tell more or less are left out. */
export function timelineWords(
  entry: Pick<AlertTimelineEntry, 'at' | 'event' | 'actor' | 'detail'>,
  { unit }: Pick<Alert, 'unit'>,
  zone: ZoneChoice,
): TimelineWords {
  const { event, detail } = entry;
  const by = entry.actor === null ? '' : ` by ${entry.actor}`;
  switch (event) {
    case 'triggered':
      return withNote(
        `Triggered${severityWords(detail['severity'], ' as ')}${valueWords(detail, unit)}`,
        detail['summary'],
      );
    case 'severity_changed': {
      const rose = rank(detail['to']) > rank(detail['from']);
      return {
        text: `${rose ? 'Rose' : 'Fell'}${severityWords(detail['to'], ' to ')}${valueWords(detail, unit)}`,
      };
    }
    case 'acknowledged':
      return withNote(`Acknowledged${by}`, detail['comment']);
    case 'unacknowledged':
      return detail['reason'] === 'severity_rose'
        ? { text: 'No longer acknowledged, because it got worse' }
        : { text: `Acknowledgement taken back${by}` };
    case 'muted':
      return { text: `Muted${by} ${muteWords(detail['until'], entry.at, zone)}` };
    case 'unmuted':
      return { text: detail['reason'] === 'ended' ? 'The mute is over' : `Unmuted${by}` };
    case 'held':
      return { text: heldText(detail['by']) };
    case 'released':
      return { text: 'Released: it is an alert in its own right again' };
    case 'flapping':
      return { text: `Unstable: it came and went ${text(detail['changes']) || 'several'} times` };
    case 'calm':
      return { text: 'Steady again' };
    case 'text_failed':
      return withNote(
        'Shown with the built-in text: that of the definition cannot be filled',
        detail['reason'],
      );
    case 'definition_changed':
      return { text: `Judged by ${definitionName(detail['to'])} from now on` };
    case 'resolved':
      return withNote(
        `Resolved${valueWords(detail, unit)}${lastedWords(detail['seconds'])}`,
        detail['reason'],
      );
  }
}

const SEVERITIES: Readonly<Record<string, number>> = { info: 1, warning: 2, critical: 3 };
const rank = (severity: unknown) => (typeof severity === 'string' ? (SEVERITIES[severity] ?? 0) : 0);

function severityWords(severity: unknown, before: string): string {
  return rank(severity) === 0 ? '' : before + SEVERITY_LOOKS[severity as AlertSeverity].label.toLowerCase();
}

function valueWords(detail: AlertTimelineEntry['detail'], unit: string | null): string {
  const { value, threshold } = detail;
  if (!isMeasuredValue(value)) return '';
  const limit = typeof threshold === 'number' ? ` (limit ${formatMeasure(threshold, unit)})` : '';
  return ` at ${formatMeasure(value, unit)}${limit}`;
}

function lastedWords(seconds: unknown): string {
  return typeof seconds === 'number' ? ` after ${formatDuration(seconds)}` : '';
}

function muteWords(until: unknown, at: string, zone: ZoneChoice): string {
  // Told from the moment of the mute, not from now.
  return typeof until === 'string'
    ? muteEndWords(until, Date.parse(at), zone).replace(/ more$/, '')
    : 'until it resolves';
}

function heldText(by: unknown): string {
  return typeof by === 'string' && Object.hasOwn(HELD, by) ? HELD[by as HeldReason] : 'Held';
}

function definitionName(definition: unknown): string {
  const name = (definition as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? name : 'another definition';
}

function withNote(words: string, note: unknown): TimelineWords {
  return text(note) === '' ? { text: words } : { text: words, note: text(note) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
