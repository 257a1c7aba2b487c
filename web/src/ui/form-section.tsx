import type { ReactNode } from 'react';

/** A part of a long form, with a name of its own. */
export function FormSection({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 border-t border-line pt-4">
      <legend className="float-left text-14 font-semibold">{title}</legend>
      {lead !== undefined && <p className="clear-both -mt-3 text-13 text-soft">{lead}</p>}
      {children}
    </fieldset>
  );
}
