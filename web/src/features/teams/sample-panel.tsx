import type { EscalationPreview } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { BellOff, BellRing } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { escalationPreviewQuery } from '../../api/escalation-teams.ts';
import { SEVERITY_LOOKS, SEVERITY_ORDER } from '../../domain/alert-severity.tsx';
import { reasonWords } from '../../domain/delivery-words.ts';
import { NodePicker } from '../../domain/node-picker.tsx';
import { classNames } from '../../ui/class-names.ts';
import { describeError } from '../../ui/error-text.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { readFieldTime, toFieldTime } from '../../ui/format/field-time.ts';
import { formatMoment, zoneName } from '../../ui/format/time.ts';
import { formatDuration } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { toServerTime } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { SkeletonRows } from '../../ui/view-state.tsx';
import { readSample, type Sample, toSampleAlert, writeSample } from './sample-address.ts';

type Item = EscalationPreview['items'][number];

const ANY = 'any';

/**
 * Who would hear what and when of a sample alert, if nobody acknowledged it.
 * @param teamId the team of the page; its steps are told from those of others
 */
export function SamplePanel({ teamId }: { readonly teamId?: string }) {
  const [parameters, setParameters] = useSearchParams();
  const sample = useMemo(() => readSample(parameters), [parameters]);
  const preview = useQuery({
    ...escalationPreviewQuery(toSampleAlert(sample)),
    placeholderData: keepPreviousData,
  });
  const change = (part: Partial<Sample>) =>
    setParameters(writeSample(parameters, part), { replace: true, preventScrollReset: true });
  return (
    <Panel title="Who would hear what, and when">
      <SampleFields sample={sample} isWide={teamId === undefined} onChange={change} />
      <div className="border-t border-line" aria-busy={preview.isPlaceholderData}>
        {preview.isError ? (
          <p role="alert" className="px-4 py-4 text-13 text-critical">
            {describeError(preview.error)}
          </p>
        ) : preview.data === undefined ? (
          <SkeletonRows count={3} />
        ) : (
          <SampleTimeline
            items={preview.data.items}
            begin={sample.at === '' ? toServerTime(preview.dataUpdatedAt) : Date.parse(sample.at)}
            teamId={teamId}
          />
        )}
      </div>
    </Panel>
  );
}

interface SampleFieldsProps {
  readonly sample: Sample;
  /** Whether the panel has the page's whole width. */
  readonly isWide: boolean;
  readonly onChange: (change: Partial<Sample>) => void;
}

function SampleFields({ sample, isWide, onChange }: SampleFieldsProps) {
  const definitions = useQuery(definitionsQuery).data ?? [];
  const [zone] = useZone();
  return (
    <div className={classNames('grid items-start gap-4 p-4 sm:grid-cols-2', isWide && 'xl:grid-cols-4')}>
      <Field label="An alert that is">
        {(control) => (
          <Select
            {...control}
            value={sample.severity}
            options={SEVERITY_ORDER.map((value) => ({
              value,
              label: SEVERITY_LOOKS[value].label.toLowerCase(),
            }))}
            onChange={(severity) => onChange({ severity })}
          />
        )}
      </Field>
      <Field label="By">
        {(control) => (
          <Select
            {...control}
            value={sample.definition === '' ? ANY : sample.definition}
            options={[
              { value: ANY, label: 'any definition' },
              ...definitions.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(definition) => onChange({ definition: definition === ANY ? '' : definition })}
          />
        )}
      </Field>
      <NodePicker label="On the node" id={sample.node} onChoose={(node) => onChange({ node })} />
      <Field label="That begins" help={`Empty: now. In ${zoneName(zone)}`}>
        {(control) => (
          <TextInput
            {...control}
            type="datetime-local"
            value={sample.at === '' ? '' : toFieldTime(Date.parse(sample.at), zone)}
            onChange={(event) => {
              const time = readFieldTime(event.target.value, zone);
              onChange({ at: time === undefined ? '' : new Date(time).toISOString() });
            }}
          />
        )}
      </Field>
    </div>
  );
}

const EVENTS: Readonly<Record<Item['event'], string>> = {
  triggered: 'First',
  escalated: 'Next',
  repeated: 'Again',
};

interface SampleTimelineProps {
  readonly items: readonly Item[];
  /** When the sample begins, in epoch milliseconds. */
  readonly begin: number;
  readonly teamId: string | undefined;
}

function SampleTimeline({ items, begin, teamId }: SampleTimelineProps) {
  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2 px-4 py-5 text-soft">
        <BellOff size={16} aria-hidden className="shrink-0 text-warning" />
        Nobody: no team takes such an alert at that time.
      </p>
    );
  }
  return (
    <>
      {teamId !== undefined && items.every(({ team_id: id }) => id !== teamId) && (
        <p className="border-b border-line px-4 py-3 text-13 text-soft">
          This team does not take it; others do.
        </p>
      )}
      <ol aria-label="Who would hear what, and when" className="py-2">
        {items.map((item) => (
          <SampleStep
            key={`${item.at} ${item.team_id} ${item.step} ${item.repeat}`}
            item={item}
            begin={begin}
            isOwn={teamId === undefined || teamId === item.team_id}
          />
        ))}
      </ol>
      <p className="border-t border-line px-4 py-3 text-13 text-soft">
        It stops when somebody acknowledges the alert, or when it resolves. Nobody is told by this view.
      </p>
    </>
  );
}

interface SampleStepProps {
  readonly item: Item;
  readonly begin: number;
  readonly isOwn: boolean;
}

function SampleStep({ item, begin, isOwn }: SampleStepProps) {
  const [zone] = useZone();
  const at = Date.parse(item.at);
  // The server's now is a moment before or after that of the answer.
  const after = Math.round((at - begin) / 5_000) * 5;
  const isTold = item.recipients.some(({ skipped }) => skipped === null);
  const Icon = isTold ? BellRing : BellOff;
  return (
    <li
      className={classNames(
        'grid grid-cols-[80px_16px_minmax(0,1fr)] gap-x-3 px-4 py-2 text-13',
        !isOwn && 'text-soft',
      )}
    >
      <div className="text-right">
        <div className="tabular font-medium whitespace-nowrap">
          {after <= 0 ? 'at once' : `+${formatDuration(after)}`}
        </div>
      </div>
      <Icon
        size={16}
        aria-hidden
        className={classNames('mt-0.5', isTold ? 'text-accent-text' : 'text-warning')}
      />
      <div className="min-w-0">
        <p className="text-soft">
          {EVENTS[item.event]}, step {item.step + 1} of{' '}
          <Link to={`/settings/teams/${item.team_id}`} className="text-link">
            {item.team_name}
          </Link>
          <span className="text-faint"> · {formatMoment(at, zone)}</span>
        </p>
        <ul>
          {item.recipients.map((recipient) => (
            <li
              key={`${recipient.channel_id} ${recipient.recipient} ${recipient.skipped}`}
              className="break-words"
            >
              <span className={recipient.skipped === null ? 'font-medium' : 'line-through decoration-1'}>
                {recipient.recipient === '' ? recipient.channel_name : recipient.recipient}
              </span>
              {recipient.recipient !== '' && recipient.channel_name !== recipient.recipient && (
                <span className="text-faint">
                  {recipient.channel_id === null ? ' · ' : ' by '}
                  {recipient.channel_name}
                </span>
              )}
              {recipient.skipped !== null && (
                <span className="text-warning"> not told: {reasonWords(recipient.skipped)}</span>
              )}
            </li>
          ))}
          {item.recipients.length === 0 && <li className="text-warning">nobody</li>}
        </ul>
      </div>
    </li>
  );
}
