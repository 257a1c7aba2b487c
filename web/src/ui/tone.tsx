import {
  CircleCheck,
  CircleHelp,
  CircleMinus,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from 'lucide-react';
import { classNames } from './class-names.ts';

/** The tone of a state of anything but a node; nodes have a status. */
export type Tone = 'good' | 'warn' | 'bad' | 'neutral' | 'info' | 'hatched';

export const TONE_LOOKS: Readonly<
  Record<Tone, { readonly icon: LucideIcon; readonly text: string; readonly soft: string }>
> = {
  good: { icon: CircleCheck, text: 'text-healthy', soft: 'bg-healthy-soft' },
  warn: { icon: TriangleAlert, text: 'text-warning', soft: 'bg-warning-soft' },
  bad: { icon: OctagonAlert, text: 'text-critical', soft: 'bg-critical-soft' },
  neutral: { icon: CircleMinus, text: 'text-soft', soft: 'bg-active' },
  info: { icon: CircleHelp, text: 'text-discovering', soft: 'bg-discovering-soft' },
  hatched: { icon: CircleHelp, text: 'text-unknown', soft: 'bg-unknown-soft hatched' },
};

interface ToneBadgeProps {
  readonly tone: Tone;
  /** Another than the tone's own. */
  readonly icon?: LucideIcon;
  readonly children: string;
}

/** Word and icon, with the colours that statuses have. */
export function ToneBadge({ tone, icon, children }: ToneBadgeProps) {
  const { icon: own, text, soft } = TONE_LOOKS[tone];
  const Icon = icon ?? own;
  return (
    <span
      className={classNames(
        'inline-flex h-6 items-center gap-1.5 rounded-sm px-1.5 text-12 font-medium whitespace-nowrap',
        text,
        soft,
      )}
    >
      <Icon size={14} strokeWidth={2.25} aria-hidden className="shrink-0" />
      {/* The hatching must not run through the letters. */}
      <span className={classNames(tone === 'hatched' && 'rounded-sm bg-unknown-soft px-0.5')}>
        {children}
      </span>
    </span>
  );
}
