import type { EscalationPreview } from '@stratora/contract';
import { planEscalation } from './escalation-plan.ts';
import { type StepChannel, type StepRecipient, stepRecipients } from './step-recipients.ts';
import type { Persons, Team } from './team.ts';
import { type AlertMark, beginsOf } from './team-match.ts';

export interface PreviewFacts {
  readonly teams: readonly Team[];
  readonly channels: readonly StepChannel[];
  readonly persons: Persons;
  readonly alert: AlertMark;
  /** When the alert begins, in epoch milliseconds. */
  readonly from: number;
  /** Last instant that is looked at. */
  readonly until: number;
}

/** Works out who would hear what and when, of an alert that nobody acknowledges, in the order of time. */
export function previewEscalation(facts: PreviewFacts): EscalationPreview['items'] {
  const { channels, persons, until } = facts;
  return beginsOf(facts.teams, facts)
    .flatMap(({ team, at: begin }) =>
      planEscalation({ begin, steps: team.steps, repeat: team.repeat, until }).map((notice) => {
        const step = team.steps[notice.step];
        if (step === undefined) throw new Error('a notice has no step');
        const told = stepRecipients(step, { channels, persons, rotation: team.rotation, at: notice.at });
        return { team, notice, told };
      }),
    )
    .toSorted((a, b) => a.notice.at - b.notice.at)
    .map(({ team, notice, told }) => ({
      at: new Date(notice.at).toISOString(),
      team_id: team.id,
      team_name: team.name,
      event: notice.event,
      step: notice.step,
      repeat: notice.repeat,
      recipients: told.map((one) => shown(one)),
    }));
}

function shown({ channelId, channelName, recipient, skipped }: StepRecipient) {
  return { channel_id: channelId, channel_name: channelName, recipient, skipped };
}
