import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router';
import { classNames } from './class-names.ts';

type Look = 'primary' | 'secondary' | 'ghost' | 'danger';

const LOOKS: Readonly<Record<Look, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-raised text-text border-line-strong hover:bg-hover',
  ghost: 'border-transparent text-soft hover:bg-hover hover:text-text',
  danger: 'bg-danger text-white hover:bg-danger-hover border-transparent',
};

function buttonClass(look: Look, className?: string): string {
  return classNames(
    'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-13 font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-50 max-md:min-h-10',
    LOOKS[look],
    className,
  );
}

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: Look;
  readonly icon?: ReactNode;
}

export function Button({ look = 'secondary', icon, className, children, type, ...rest }: ButtonProps) {
  return (
    <button type={type === 'submit' ? 'submit' : 'button'} className={buttonClass(look, className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}

interface ButtonLinkProps {
  readonly to: string;
  readonly look?: Look;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

export function ButtonLink({ to, look = 'secondary', icon, children }: ButtonLinkProps) {
  return (
    <Link to={to} className={buttonClass(look)}>
      {icon}
      {children}
    </Link>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What it does, in words: an icon has no name of its own. */
  readonly label: string;
  /** The icon; given by the part that renders this button where that takes it over. */
  readonly children?: ReactNode;
}

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-text',
        'transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-40 max-md:size-10',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
