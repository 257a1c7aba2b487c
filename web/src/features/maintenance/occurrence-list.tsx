import type { MaintenancePreview } from '@stratora/contract';
import { TriangleAlert } from 'lucide-react';
import { formatDuration } from '../../ui/format/units.ts';
import { useIsNarrow } from '../../ui/state/media.ts';
import { occurrenceTexts } from './occurrence-words.ts';

/** The next occurrences of a window, by the clocks of its zone and in UTC. */
export function OccurrenceList({ preview }: { readonly preview: MaintenancePreview }) {
  // A phone has no room for both clocks beside each other.
  const narrow = useIsNarrow();
  // Where both are the same, one says it.
  const hasOwnClock = !/^(etc\/)?utc$/i.test(preview.timezone);
  const hasColumn = hasOwnClock && !narrow;
  if (preview.items.length === 0) return <p className="text-13 text-soft">None is to come.</p>;
  return (
    // It may be wider than a phone, so that the keyboard must be able to scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="overflow-x-auto" role="group" aria-label="Next occurrences" tabIndex={0}>
      <table className="w-full text-13">
        <thead>
          <tr className="text-left text-12 text-faint">
            <th className="py-1 pr-3 font-normal whitespace-nowrap">{preview.timezone}</th>
            {hasColumn && <th className="py-1 pr-3 font-normal whitespace-nowrap">UTC</th>}
            <th className="py-1 text-right font-normal">Lasts</th>
          </tr>
        </thead>
        <tbody>
          {preview.items.map((item) => {
            const { local, utc } = occurrenceTexts(item);
            return (
              <tr key={item.starts_at} className="border-t border-line align-top">
                <td className="tabular py-1.5 pr-3">
                  <span className="whitespace-nowrap">{local}</span>
                  {narrow && hasOwnClock && <span className="block text-12 text-soft">{utc} UTC</span>}
                  {item.notes.map((note) => (
                    <span key={note} className="mt-0.5 flex gap-1.5 text-12 text-warning">
                      <TriangleAlert size={14} aria-hidden className="mt-px shrink-0" />
                      {note}
                    </span>
                  ))}
                </td>
                {hasColumn && <td className="tabular py-1.5 pr-3 whitespace-nowrap text-soft">{utc}</td>}
                <td className="tabular py-1.5 text-right whitespace-nowrap">
                  {formatDuration(item.duration_seconds)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
