import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { discoveryRunsQuery } from '../../api/discovery.ts';
import { formatMoment } from '../../ui/format/time.ts';
import { Select } from '../../ui/select.tsx';
import { useZone } from '../../ui/state/zone.ts';

/** The run that a tab shows, in the URL; none: the last one. */
export function useRunAddress() {
  const [parameters, setParameters] = useSearchParams();
  return {
    runId: parameters.get('run') ?? undefined,
    choose: (id: string) => {
      const next = new URLSearchParams(parameters);
      if (id === '') next.delete('run');
      else next.set('run', id);
      setParameters(next, { replace: true });
    },
  };
}

interface RunPickerProps {
  readonly jobId: string;
  readonly runId: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** Which run of a job is looked at. */
export function RunPicker({ jobId, runId, onChoose }: RunPickerProps) {
  const pages = useInfiniteQuery(discoveryRunsQuery(jobId)).data?.pages;
  const [zone] = useZone();
  const options = useMemo(
    () => [
      { value: '', label: 'The last run' },
      ...(pages ?? [])
        .flatMap(({ items }) => items)
        .map(({ id, number, created_at: time }) => ({
          value: id,
          label: `Run ${number}, ${formatMoment(Date.parse(time), zone)}`,
        })),
    ],
    [pages, zone],
  );
  return (
    <Select
      label="Run"
      className="sm:w-64"
      value={options.some(({ value }) => value === runId) ? (runId ?? '') : ''}
      options={options}
      onChange={onChoose}
    />
  );
}
