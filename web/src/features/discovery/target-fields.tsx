import { Network, Waypoints } from 'lucide-react';
import { useMemo } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Field, TextArea, TextInput } from '../../ui/field.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { countTargets, type EntryFault, type JobFormValues, readEntries } from './job-form-values.ts';
import type { NetworkSuggestion } from './network-suggestions.ts';
import { TargetCount } from './target-count.tsx';
import { targetsFault } from './target-words.ts';

type Form = UseFormReturn<JobFormValues>;

const KINDS = [
  {
    value: 'addresses',
    label: 'Networks, ranges, addresses',
    note: 'Every address is asked.',
    icon: Network,
  },
  {
    value: 'neighbours',
    label: 'From a device, along its neighbours',
    note: 'Whom a switch hears by LLDP or CDP is asked next.',
    icon: Waypoints,
  },
] as const;

/** What is scanned. */
export function TargetFields({
  form,
  suggestions,
}: {
  readonly form: Form;
  readonly suggestions: readonly NetworkSuggestion[];
}) {
  const kind = form.watch('kind');
  return (
    <>
      <ChoiceCards
        label="Begin with"
        value={kind}
        choices={KINDS}
        onChange={(next) => form.setValue('kind', next, { shouldDirty: true })}
      />
      {kind === 'addresses' ? (
        <AddressFields form={form} suggestions={suggestions} />
      ) : (
        <CrawlFields form={form} />
      )}
    </>
  );
}

function AddressFields({
  form,
  suggestions,
}: {
  readonly form: Form;
  readonly suggestions: readonly NetworkSuggestion[];
}) {
  const [targets, exclude] = form.watch(['targets', 'options.exclude']);
  const counted = useMemo(() => countTargets(targets, exclude), [targets, exclude]);
  const typed = readEntries(targets);
  const add = (network: string) => {
    const next = [...typed, network].join('\n');
    form.setValue('targets', next, { shouldDirty: true });
    form.clearErrors('targets');
  };
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Targets"
        help="Networks such as 10.0.0.0/24, ranges such as 10.0.0.1-10.0.0.50, single addresses; one a line"
        error={form.formState.errors.targets?.message}
      >
        {(control) => (
          <TextArea
            {...control}
            {...form.register('targets', {
              validate: (text, { options, kind }) =>
                kind !== 'addresses' || (targetsFault(countTargets(text, options.exclude), text) ?? true),
            })}
            rows={3}
            className="font-mono text-13"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="10.0.0.0/24"
          />
        )}
      </Field>
      <EntryFaults faults={counted.faults.targets} />
      <TargetCount counted={counted} isEmpty={typed.length === 0} />
      <Suggestions suggestions={suggestions.filter(({ network }) => !typed.includes(network))} onAdd={add} />
    </div>
  );
}

const FAULTS_SHOWN = 5;

/** What is wrong, beside what was typed; it changes with each key. */
export function EntryFaults({ faults }: { readonly faults: readonly EntryFault[] }) {
  if (faults.length === 0) return null;
  const distinct = [...new Map(faults.map((fault) => [fault.entry, fault])).values()];
  const shown = distinct.slice(0, FAULTS_SHOWN);
  const more = distinct.length - shown.length;
  return (
    <ul aria-label="What cannot be read" className="text-12 text-critical">
      {shown.map(({ entry, message }) => (
        <li key={entry} className="break-words">
          <span className="font-mono">{entry.slice(0, 60)}</span> {message}
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}

function Suggestions({
  suggestions,
  onAdd,
}: {
  readonly suggestions: readonly NetworkSuggestion[];
  readonly onAdd: (network: string) => void;
}) {
  if (suggestions.length === 0) return null;
  return (
    <div role="group" aria-label="Networks near at hand" className="flex flex-wrap items-center gap-1.5">
      <span className="text-12 text-faint">Near at hand:</span>
      {suggestions.map(({ network, address, host }) => (
        <button
          key={network}
          type="button"
          title={`Around ${address}, an address of ${host}`}
          onClick={() => onAdd(network)}
          className="inline-flex h-7 items-center rounded-md border border-line-strong bg-raised px-2 font-mono text-12 hover:bg-hover max-md:h-10"
        >
          <span className="sr-only">Add </span>
          {network}
        </button>
      ))}
    </div>
  );
}

function CrawlFields({ form }: { readonly form: Form }) {
  const errors = form.formState.errors.crawl;
  const fence = form.watch('crawl.fence');
  const faults = useMemo(() => countTargets('', fence).faults.exclude, [fence]);
  const whole =
    (most: number) =>
    (text: string, { kind }: JobFormValues) =>
      kind !== 'neighbours' ||
      (/^\d+$/.test(text.trim()) && Number(text) <= most) ||
      `Enter a whole number up to ${most}`;
  return (
    <>
      <Field
        label="First device"
        help="Its address or DNS name: a core switch sees most"
        error={errors?.seed?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register('crawl.seed', {
              validate: (text, { kind }) =>
                kind !== 'neighbours' || text.trim() !== '' || 'Enter the address of a device',
            })}
            className="font-mono"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label="Fence"
        help="Networks that it does not leave, one a line; nothing is ever sent to an address outside of them"
        error={errors?.fence?.message}
      >
        {(control) => (
          <TextArea
            {...control}
            {...form.register('crawl.fence', {
              validate: (text, { kind }) =>
                kind !== 'neighbours' || readEntries(text).length > 0 || 'Enter at least one network',
            })}
            rows={2}
            className="font-mono text-13"
            autoComplete="off"
            spellCheck={false}
            placeholder="10.0.0.0/16"
          />
        )}
      </Field>
      <EntryFaults faults={faults} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Steps from the first device" error={errors?.depth?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('crawl.depth', { validate: whole(32) })}
              inputMode="numeric"
              className="tabular"
            />
          )}
        </Field>
        <Field label="Most devices" error={errors?.devices_max?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('crawl.devices_max', { validate: whole(10_000) })}
              inputMode="numeric"
              className="tabular"
            />
          )}
        </Field>
      </div>
    </>
  );
}
