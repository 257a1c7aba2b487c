import { Ban, Check } from 'lucide-react';
import type { UseFormReturn } from 'react-hook-form';
import { formatDuration } from '../../ui/format/units.ts';
import { ChoiceCards } from './choice-cards.tsx';
import { countTargets, type JobFormValues } from './job-form-values.ts';
import { type Asked, neverWords, PACE_CHOICES, PACE_LIMITS, sentWords } from './pace-choice.ts';
import { pingSeconds } from './target-words.ts';

/** What the form would have a scan send. */
function askedOf({ pace, options, credential_ids: ids }: JobFormValues, isFresh: boolean): Asked {
  const limits = PACE_LIMITS[pace];
  const number = (text: string, usual: number) => {
    const given = Number(text);
    return text.trim() === '' || !(given > 0) ? usual : given;
  };
  return {
    pace,
    ping: options.ping,
    tcp: options.tcp,
    snmp: options.snmp,
    http: options.http,
    dns: options.dns,
    credentials: ids.length + (isFresh ? 1 : 0),
    all: number(options.packets_per_second, limits.all),
    host: number(options.host_packets_per_second, limits.host),
  };
}

interface PaceFieldsProps {
  readonly form: UseFormReturn<JobFormValues>;
  /** Whether a credential is made with the job. */
  readonly isFresh: boolean;
}

/** How gentle the scan is, with what that means for what is sent. */
export function PaceFields({ form, isFresh }: PaceFieldsProps) {
  const values = form.watch();
  const asked = askedOf(values, isFresh);
  const { addresses } = countTargets(values.targets, values.options.exclude);
  const seconds = values.kind === 'addresses' && asked.ping ? pingSeconds(addresses, asked.all) : 0;
  return (
    <>
      <ChoiceCards
        label="How gentle"
        value={values.pace}
        choices={PACE_CHOICES}
        onChange={(pace) => form.setValue('pace', pace, { shouldDirty: true })}
      />
      <ul aria-label="What is sent" className="flex flex-col gap-1 text-13 text-soft">
        {sentWords(asked).map((sentence) => (
          <li key={sentence} className="flex gap-2">
            <Check size={14} aria-hidden className="mt-0.5 shrink-0 text-healthy" />
            <span className="min-w-0">{sentence}</span>
          </li>
        ))}
        <li className="flex gap-2">
          <Ban size={14} aria-hidden className="mt-0.5 shrink-0 text-faint" />
          <span className="min-w-0">{neverWords(asked)}</span>
        </li>
      </ul>
      {seconds >= 2 && (
        <p className="text-12 text-faint">
          The ping of every address alone takes about {formatDuration(Math.round(seconds))} at this pace.
        </p>
      )}
    </>
  );
}
