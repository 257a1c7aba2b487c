import type { Component } from '@stratora/contract';
import {
  CircleCheck,
  CircleHelp,
  CircleMinus,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from 'lucide-react';
import { type ComponentTone, componentState } from '../../api/component-health.ts';
import { useNow } from '../../ui/state/clock.ts';
import { ToneBadge } from '../../ui/status.tsx';

export const TONE_LOOKS: Readonly<
  Record<ComponentTone, { readonly icon: LucideIcon; readonly text: string; readonly soft: string }>
> = {
  good: { icon: CircleCheck, text: 'text-healthy', soft: 'bg-healthy-soft' },
  warn: { icon: TriangleAlert, text: 'text-warning', soft: 'bg-warning-soft' },
  bad: { icon: OctagonAlert, text: 'text-critical', soft: 'bg-critical-soft' },
  neutral: { icon: CircleMinus, text: 'text-soft', soft: 'bg-active' },
  info: { icon: CircleHelp, text: 'text-discovering', soft: 'bg-discovering-soft' },
  hatched: { icon: CircleHelp, text: 'text-unknown', soft: 'bg-unknown-soft hatched' },
};

/** Ages decide between states in steps of minutes; a table need not think about it every second. */
export const STATE_STEP_MS = 15_000;

export function ComponentBadge({ component }: { readonly component: Component }) {
  const { label, tone } = componentState(component, useNow(STATE_STEP_MS));
  return (
    <ToneBadge tone={tone} icon={TONE_LOOKS[tone].icon}>
      {label}
    </ToneBadge>
  );
}
