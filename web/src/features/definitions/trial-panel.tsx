import type { DefinitionBacktest, DefinitionPreview, WrittenDefinition } from '@stratora/contract';
import { Eye, History, LoaderCircle } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { backtestDefinition, previewDefinition } from '../../api/alert-trials.ts';
import { ApiError } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { Select } from '../../ui/select.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { BacktestResult } from './trial-backtest.tsx';
import { PreviewResult } from './trial-preview.tsx';
import { type Trial, useTrial } from './trial-run.ts';
import { fieldName, TRIAL_RANGES, type TrialRange } from './trial-words.ts';

interface TrialPanelProps {
  /** The definition as it stands, or undefined where it cannot be sent yet; the faults are marked then. */
  readonly read: () => WrittenDefinition | undefined;
  /** What is tried, as text: with another one, results say that they are of what was before. */
  readonly current: string;
  /** Of a definition that is saved. */
  readonly id: string | undefined;
}

/** What a finished trial was of. */
interface Tried<A> {
  readonly result: A;
  readonly unit: string | null;
  readonly range: string;
}

/** Tries a definition without firing anything: what it matches now, and what it would have told of the past. */
export function TrialPanel({ read, current, id }: TrialPanelProps) {
  const [range, setRange] = useState<TrialRange>('168');
  const preview = useTrial<Tried<DefinitionPreview>>();
  const backtest = useTrial<Tried<DefinitionBacktest>>();
  const words = TRIAL_RANGES.find(({ value }) => value === range)?.words ?? '';
  const start = <A,>(
    trial: Trial<Tried<A>>,
    call: (definition: WrittenDefinition, signal: AbortSignal) => Promise<A>,
  ) => {
    const definition = read();
    if (definition === undefined) return;
    trial.run(current, async (signal) => ({
      result: await call(definition, signal),
      unit: definition.unit ?? null,
      range: words,
    }));
  };
  const saved = id === undefined ? {} : { id };
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          icon={<Eye size={14} aria-hidden />}
          disabled={preview.runningSince !== undefined}
          onClick={() =>
            start(preview, (definition, signal) => previewDefinition({ definition, ...saved }, signal))
          }
        >
          What matches now
        </Button>
        <Button
          icon={<History size={14} aria-hidden />}
          disabled={backtest.runningSince !== undefined}
          onClick={() =>
            start(backtest, (definition, signal) =>
              backtestDefinition({ definition, hours: Number(range), ...saved }, signal),
            )
          }
        >
          Try on the past
        </Button>
        <div className="w-40">
          <Select
            label="Time to try"
            value={range}
            options={TRIAL_RANGES.map(({ value, label }) => ({ value, label }))}
            onChange={setRange}
          />
        </div>
      </div>
      <TrialView trial={preview} current={current} running="Asking the metric store what it matches now …">
        {({ result, unit }) => <PreviewResult preview={result} unit={unit} />}
      </TrialView>
      <TrialView
        trial={backtest}
        current={current}
        running={`Judging ${words} as the evaluator would have. A month of many nodes takes up to a minute; nothing fires.`}
      >
        {({ result, range: tried }) => <BacktestResult backtest={result} range={tried} />}
      </TrialView>
    </div>
  );
}

interface TrialViewProps<A> {
  readonly trial: Trial<A>;
  readonly current: string;
  readonly running: string;
  readonly children: (answer: A) => ReactNode;
}

function TrialView<A>({ trial, current, running, children }: TrialViewProps<A>) {
  const { answer, error, runningSince, of, cancel } = trial;
  const isPast = answer !== undefined && of !== current;
  const place = useRef<HTMLDivElement>(null);
  // The panel is the last of a long form: what it says comes into sight.
  useEffect(() => {
    if (answer !== undefined || error !== undefined) bringIntoSight(place.current);
  }, [answer, error]);
  return (
    <div ref={place} className="flex min-w-0 scroll-mt-4 flex-col gap-4 empty:hidden">
      {runningSince !== undefined && <Running since={runningSince} words={running} onCancel={cancel} />}
      {error !== undefined && <TrialFailure error={error} />}
      {isPast && runningSince === undefined && (
        <p className="text-13 text-warning">
          The definition has changed since: this is of what stood there before.
        </p>
      )}
      {answer !== undefined && children(answer)}
    </div>
  );
}

/** Scrolls to the begin of what an answer fills, at once where people want no movement. */
function bringIntoSight(element: HTMLElement | null): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element?.scrollIntoView({ block: 'start', behavior: isStill ? 'auto' : 'smooth' });
}

interface RunningProps {
  readonly since: number;
  readonly words: string;
  readonly onCancel: () => void;
}

function Running({ since, words, onCancel }: RunningProps) {
  const now = useNow(1000);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return (
    <div className="flex items-center gap-3 rounded-md border border-line bg-canvas px-3 py-2 text-13">
      <LoaderCircle size={16} aria-hidden className="shrink-0 animate-spin text-accent-text" />
      <p role="status" className="min-w-0 flex-1">
        {words}
      </p>
      <span className="tabular shrink-0 text-faint">{formatDuration(seconds)}</span>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}

/** Why a trial failed: what is wrong with the definition field by field, where it is that. */
function TrialFailure({ error }: { readonly error: unknown }) {
  const fields = error instanceof ApiError ? error.fields : [];
  return (
    <div role="alert" className="rounded-md border border-critical bg-critical-soft px-3 py-2 text-13">
      {fields.length === 0 ? (
        <p>{error instanceof Error ? error.message : 'It could not be tried.'}</p>
      ) : (
        <ul>
          {fields.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="break-words">
              <span className="font-medium">{fieldName(path)}:</span> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
