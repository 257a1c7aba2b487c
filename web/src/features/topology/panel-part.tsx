import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** A part of the panel beside the map. */
export function PanelPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="border-t border-line">
      <h3 className="px-4 pt-3 pb-1.5 text-13 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

/** Reasons in words, one a line. */
export function ReasonList({
  reasons,
  empty,
}: {
  readonly reasons: readonly string[];
  readonly empty: string;
}) {
  if (reasons.length === 0) return <p className="px-4 pb-3 text-13 text-soft">{empty}</p>;
  return (
    <ul className="flex flex-col gap-1 px-4 pb-3 text-13">
      {reasons.map((reason) => (
        <li key={reason} className="flex gap-2">
          <CircleAlert size={14} aria-hidden className="mt-0.75 shrink-0 text-warning" />
          <bdi className="min-w-0 break-words">{reason}</bdi>
        </li>
      ))}
    </ul>
  );
}
