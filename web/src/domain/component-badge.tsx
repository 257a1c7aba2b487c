import type { Component } from '@stratora/contract';
import { useNow } from '../ui/state/clock.ts';
import { ToneBadge } from '../ui/tone.tsx';
import { componentState, STATE_STEP_MS } from './component-health.ts';

export function ComponentBadge({ component }: { readonly component: Component }) {
  const { label, tone } = componentState(component, useNow(STATE_STEP_MS));
  return <ToneBadge tone={tone}>{label}</ToneBadge>;
}
