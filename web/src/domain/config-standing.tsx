import type { Component } from '@stratora/contract';
import { classNames } from '../ui/class-names.ts';
import { type ConfigStanding, configStanding } from './component-health.ts';
import { shortHash, stalenessLook } from './component-words.ts';

const STANDING_LOOKS: Readonly<Record<ConfigStanding['kind'], string>> = {
  none: 'text-faint',
  current: 'text-soft',
  behind: 'text-text',
  pinned: 'text-text font-medium',
  held: 'text-text font-medium',
  refused: 'text-warning font-medium',
  rolled_back: 'text-warning font-medium',
};

/** How the config that a component runs stands to the one that it should run. */
export function Standing({ component }: { readonly component: Component }) {
  const { kind, label } = configStanding(component);
  const title = `Runs ${shortHash(component.running_config_hash)}, should run ${shortHash(component.desired_config_hash)}`;
  return (
    <span title={title} className={classNames(STANDING_LOOKS[kind], stalenessLook(component))}>
      {component.running_generation !== null && (kind === 'current' || kind === 'behind') && (
        <span className="tabular font-normal text-faint">
          {component.running_generation}
          {kind === 'behind' ? ', ' : ' '}
        </span>
      )}
      {label}
    </span>
  );
}
