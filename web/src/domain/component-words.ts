import type { Component } from '@stratora/contract';
import { troublesOf } from './component-health.ts';

/** Why a component is as it is: the words of its worst trouble, then the others by name. */
export function whyOf(component: Component, nowMs: number): string {
  const [worst, ...others] = troublesOf(component, nowMs);
  return [worst?.detail ?? '', ...others.map(({ label }) => label)].filter((part) => part !== '').join(' · ');
}

/** Names of the engines. */
export const ENGINE_NAMES = { telegraf: 'Telegraf', embedded: 'Embedded' } as const;

/** The engine that a component runs, with its version. */
export function engineText({ engine }: Component): string {
  return engine === null ? '–' : `${ENGINE_NAMES[engine.kind]} ${engine.version}`;
}

/** The first twelve digits of a config hash. */
export function shortHash(hash: string | null): string {
  return hash === null
    ? '–'
    : hash
        .replaceAll('"', '')
        .replace(/^sha256:/, '')
        .slice(0, 12);
}

/** A paler look for what a component said before it went away. */
export function stalenessLook({ connection }: Component): string {
  return connection === 'offline' ? 'text-faint' : '';
}
