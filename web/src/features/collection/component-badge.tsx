import type { Component } from '@stratora/contract';
import { componentState, STATE_STEP_MS } from '../../api/component-health.ts';
import { useNow } from '../../ui/state/clock.ts';
import { ToneBadge } from '../../ui/tone.tsx';

export function ComponentBadge({ component }: { readonly component: Component }) {
  const { label, tone } = componentState(component, useNow(STATE_STEP_MS));
  return <ToneBadge tone={tone}>{label}</ToneBadge>;
}
