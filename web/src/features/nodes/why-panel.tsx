import type { AlertWhy, NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { alertWhyQuery } from '../../api/alerts.ts';
import { SeverityIcon } from '../../domain/alert-severity.tsx';
import { formatMeasure } from '../../domain/measure.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { readFieldTime, toFieldTime } from '../../ui/format/field-time.ts';
import { formatSince, localizeMoments, zoneName } from '../../ui/format/time.ts';
import { Panel } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { serverNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { Moment } from '../../ui/time-text.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

/** What is asked, in the URL: `why=<definition>` and `at=<Unix seconds>`, now where that is absent. */
function useQuestion() {
  const [parameters, setParameters] = useSearchParams();
  const seconds = Number(parameters.get('at'));
  const isMoment = Number.isSafeInteger(seconds) && seconds > 0 && seconds < 1e11;
  return {
    definitionId: parameters.get('why') ?? '',
    at: isMoment ? seconds * 1000 : undefined,
    ask: (definitionId: string, atMs: number | undefined) => {
      const next = new URLSearchParams(parameters);
      next.set('why', definitionId);
      if (atMs === undefined) next.delete('at');
      else next.set('at', String(Math.round(atMs / 1000)));
      setParameters(next, { preventScrollReset: true });
    },
  };
}

/** Kinds whose alerts are of no node. */
const OF_NO_NODE: ReadonlySet<string> = new Set(['store', 'notification', 'component']);

/** Answers for any definition and minute why nobody was told of this node, also where there never was an alert. */
export function WhyPanel({ node }: { readonly node: NodeDetail }) {
  const { definitionId, at, ask } = useQuestion();
  const definitions = useQuery(definitionsQuery).data ?? [];
  const roots = definitions.filter(({ overrides, kind }) => overrides === null && !OF_NO_NODE.has(kind));
  // A link may name one that replaces another: the choice has the roots.
  const family = definitions.find(({ id }) => id === definitionId)?.overrides ?? definitionId;
  const [zone] = useZone();
  const [chosen, setChosen] = useState<string>();
  const [time, setTime] = useState(() => (at === undefined ? '' : toFieldTime(at, zone)));
  const definition = chosen ?? family;
  return (
    <Panel title="Why was nobody told?">
      <form
        className="flex flex-col gap-4 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (definition !== '') ask(definition, readFieldTime(time, zone));
        }}
      >
        <Field label="Definition">
          {(control) => (
            <Select
              {...control}
              value={definition}
              options={[
                { value: '', label: 'Choose…' },
                ...roots.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={setChosen}
            />
          )}
        </Field>
        <Field label="When" optional help={`In ${zoneName(zone)}; empty: now`}>
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              max={toFieldTime(serverNow(), zone)}
              value={time}
              onChange={(event) => setTime(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button type="submit" disabled={definition === ''}>
            Explain
          </Button>
        </div>
      </form>
      {definitionId !== '' && <Answer nodeId={node.id} definitionId={definitionId} at={at} />}
    </Panel>
  );
}

interface AnswerProps {
  readonly nodeId: string;
  readonly definitionId: string;
  readonly at: number | undefined;
}

function Answer({ nodeId, definitionId, at }: AnswerProps) {
  const why = useQuery(
    alertWhyQuery(nodeId, definitionId, at === undefined ? undefined : new Date(at).toISOString()),
  );
  if (why.data === undefined) {
    return why.isError ? (
      <ErrorState title="It could not be found out" error={why.error} onRetry={() => void why.refetch()} />
    ) : (
      <SkeletonRows count={3} />
    );
  }
  return <Explanation why={why.data} />;
}

function Explanation({ why }: { readonly why: AlertWhy }) {
  const [zone] = useZone();
  const [first, ...others] = why.sentences.map((sentence) => localizeMoments(sentence, zone));
  return (
    <div role="status" className="flex flex-col gap-3 border-t border-line p-4 text-13">
      <p className="text-12 text-faint">
        At <Moment time={why.at} />
      </p>
      <p className="text-16 font-medium break-words">{first}</p>
      {others.map((sentence) => (
        <p key={sentence} className="break-words text-soft">
          {sentence}
        </p>
      ))}
      {why.values.length > 0 && <Values why={why} />}
      {why.alerts.length > 0 && (
        <ul aria-label="Alerts of that moment">
          {why.alerts.map((alert) => (
            <li key={alert.id} className="flex items-center gap-2 py-1">
              <SeverityIcon severity={alert.severity} size={14} />
              <Link to={`/alerts/${alert.id}`} className="min-w-0 text-link break-words">
                {alert.summary}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {why.definition !== null && (
        <p>
          <Link to={`/alerts/definitions/${why.definition.id}`} className="text-link">
            The definition that judges it: {why.definition.name}
          </Link>
        </p>
      )}
    </div>
  );
}

/** How many values are shown unasked: a switch has hundreds of ports. */
const VALUES_SHOWN = 8;
const NAMES = new Intl.Collator('en', { numeric: true });

type WhyValue = AlertWhy['values'][number];

/** Puts what is bad first. */
function byBadness(a: WhyValue, b: WhyValue): number {
  return Number(b.bad_since !== null) - Number(a.bad_since !== null);
}

function Values({ why }: { readonly why: AlertWhy }) {
  const unit = why.definition?.unit ?? null;
  const [isWhole, setWhole] = useState(false);
  const values = useMemo(
    () => why.values.toSorted((a, b) => byBadness(a, b) || NAMES.compare(a.instance, b.instance)),
    [why.values],
  );
  const shown = isWhole ? values : values.slice(0, VALUES_SHOWN);
  return (
    <>
      <table className="tabular w-full text-left">
        <thead className="text-12 text-faint">
          <tr>
            <th scope="col" className="py-1 font-normal">
              What
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              Value
            </th>
            <th scope="col" className="py-1 pl-3 text-right font-normal">
              Bad for
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((value) => (
            <tr key={JSON.stringify(value.labels)} className="border-t border-line align-top">
              <th scope="row" className="py-1 font-normal break-all">
                {value.instance === '' ? 'the node' : value.instance}
              </th>
              <td className="py-1 text-right whitespace-nowrap">{formatMeasure(value.value, unit)}</td>
              <td className="py-1 pl-3 text-right whitespace-nowrap">
                {value.bad_since === null
                  ? '–'
                  : formatSince(Date.parse(value.bad_since), Date.parse(why.at))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < values.length && (
        <div>
          <Button onClick={() => setWhole(true)}>Show all {values.length}</Button>
        </div>
      )}
    </>
  );
}
