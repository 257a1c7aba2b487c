import type { DiscoveryJob } from '@stratora/contract';
import { ScanSearch } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type Edited, reloadRemedy } from '../../domain/edited-entity.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FormError } from '../../ui/field.tsx';
import type { FormSubmit } from '../../ui/form-state.ts';

interface JobFormFrameProps {
  readonly state: FormSubmit;
  readonly edited?: Edited<DiscoveryJob> | undefined;
  readonly saveLabel: string;
  /** Where to go without saving. */
  readonly back: { readonly to: string; readonly label: string };
  readonly children: ReactNode;
}

/** A form that is a page: one column, what was refused, and the button at its end. */
export function JobFormFrame({ state, edited, saveLabel, back, children }: JobFormFrameProps) {
  const remedy = reloadRemedy(state.code, edited);
  return (
    <form
      noValidate
      className="flex w-full max-w-2xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        void state.submit();
      }}
    >
      {children}
      <FormError>{state.message}</FormError>
      <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
        <Button
          type="submit"
          look="primary"
          disabled={state.saving}
          icon={<ScanSearch size={14} aria-hidden />}
        >
          {state.saving ? 'Saving…' : saveLabel}
        </Button>
        {remedy !== undefined && <Button onClick={remedy.run}>{remedy.label}</Button>}
        <ButtonLink to={back.to}>{back.label}</ButtonLink>
      </div>
    </form>
  );
}

interface MoreProps {
  readonly label: string;
  /** Something in it is wrong: it cannot stay folded. */
  readonly isWrong: boolean;
  readonly children: ReactNode;
}

/** A part that few need, folded away. */
export function More({ label, isWrong, children }: MoreProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      open={isOpen || isWrong}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="rounded-md border border-line"
    >
      <summary className="min-h-9 cursor-pointer rounded-md px-3 py-2 text-13 font-medium hover:bg-hover max-md:py-3">
        {label}
      </summary>
      <div className="flex flex-col gap-4 border-t border-line p-3">{children}</div>
    </details>
  );
}
