import type { ReactNode } from 'react';

/** A part of the sheet with a name of its own. */
export function SheetPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-t border-line pt-4">
      <h3 className="text-13 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
