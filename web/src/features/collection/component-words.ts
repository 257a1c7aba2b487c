import type { Component } from '@stratora/contract';

export type ComponentTone = 'good' | 'warn' | 'bad' | 'neutral' | 'info' | 'hatched';

export interface ComponentState {
  readonly label: string;
  readonly tone: ComponentTone;
  /** The most urgent first. */
  readonly rank: number;
}

/** How a component is, as one state: approval first, then whether it is heard, then whether its engine runs. */
export function componentState(component: Component): ComponentState {
  if (component.approval === 'pending') return { label: 'Waits for approval', tone: 'warn', rank: 0 };
  if (component.approval === 'rejected') return { label: 'Rejected', tone: 'neutral', rank: 7 };
  if (component.approval === 'revoked') return { label: 'Revoked', tone: 'neutral', rank: 8 };
  if (component.connection === 'offline') return { label: 'Not heard from', tone: 'bad', rank: 1 };
  if (component.connection === 'never_seen') return { label: 'Never heard from', tone: 'hatched', rank: 5 };
  if (component.engine !== null && !component.engine.running)
    return { label: 'Engine down', tone: 'bad', rank: 2 };
  if (component.config_status !== null && component.config_status !== 'applied') {
    return { label: CONFIG_WORDS[component.config_status], tone: 'warn', rank: 3 };
  }
  return { label: 'Online', tone: 'good', rank: 6 };
}

export const CONFIG_WORDS: Readonly<Record<NonNullable<Component['config_status']>, string>> = {
  applied: 'Configuration applied',
  validation_error: 'Configuration refused',
  rolled_back: 'Configuration rolled back',
  engine_down: 'Engine down',
};

export function shortHash(hash: string | null): string {
  return hash === null
    ? '–'
    : hash
        .replaceAll('"', '')
        .replace(/^sha256:/, '')
        .slice(0, 12);
}

/** A component whose clock is off by more than this is flagged. */
export const CLOCK_SKEW_MAX_SECONDS = 30;

/** The commands that enroll a component and run it, to be pasted on its host. */
export function enrollCommand(options: {
  readonly type: 'collector' | 'agent';
  readonly server: string;
  readonly token: string;
}): string {
  const { type, server, token } = options;
  return `stratora ${type} enroll --server ${server} --ca-file ca.crt --token ${token}\nstratora ${type} run`;
}
