import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

export const CONTROL_CLASS =
  'h-8 w-full min-w-0 rounded-md border border-control-line bg-canvas px-2.5 text-14 text-text max-md:h-10 max-md:text-16 ' +
  'aria-invalid:border-critical disabled:cursor-not-allowed disabled:opacity-60';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(CONTROL_CLASS, className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={3}
      className={classNames(CONTROL_CLASS, 'h-auto py-1.5 max-md:h-auto', className)}
      {...rest}
    />
  );
}

interface FieldProps {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  /** Gets the ids that tie the control to its label, help and error. */
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** Label above, control, error and help below. */
export function Field({ label, help, error, optional = false, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const described = [error !== undefined && errorId, help !== undefined && helpId].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-13 font-medium">
        {label}
        {optional && ' '}
        {optional && <span className="ml-1.5 font-normal text-faint">optional</span>}
      </label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {error !== undefined && (
        <p id={errorId} className="text-12 text-critical">
          {error}
        </p>
      )}
      {help !== undefined && (
        <p id={helpId} className="text-12 text-faint">
          {help}
        </p>
      )}
    </div>
  );
}

interface CheckFieldProps extends ComponentProps<'input'> {
  readonly label: string;
  readonly help?: string;
}

export function CheckField({ label, help, ...rest }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <input
        type="checkbox"
        id={id}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        className="mt-0.5 size-4 shrink-0 accent-accent max-md:mt-0 max-md:size-5"
        {...rest}
      />
      <div>
        <label htmlFor={id} className="text-14">
          {label}
        </label>
        {help !== undefined && (
          <p id={`${id}-help`} className="text-12 text-faint">
            {help}
          </p>
        )}
      </div>
    </div>
  );
}

export function FormError({ children }: { readonly children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <p
      role="alert"
      className="rounded-md border border-critical bg-critical-soft px-3 py-2 text-13 text-text"
    >
      {children}
    </p>
  );
}
