import type { TeamWarning } from '@stratora/contract';
import { TriangleAlert } from 'lucide-react';
import { localizeMoments } from '../../ui/format/time.ts';
import { useZone } from '../../ui/state/zone.ts';

/** What is wrong with a team today, or will be within the next 90 days. */
export function TeamWarnings({ warnings }: { readonly warnings: readonly TeamWarning[] }) {
  const [zone] = useZone();
  if (warnings.length === 0) return null;
  return (
    <ul
      aria-label="Warnings"
      className="flex flex-col gap-1 rounded-md border border-warning bg-warning-soft px-3 py-2 text-13"
    >
      {warnings.map((warning) => (
        <li key={`${warning.kind} ${warning.message}`} className="flex gap-2">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
          <span className="min-w-0 break-words">{localizeMoments(warning.message, zone)}</span>
        </li>
      ))}
    </ul>
  );
}
