import type { Component } from '@stratora/contract';
import type { ComponentMark, Trouble } from '../../domain/component-health.ts';

export interface CollectorCause {
  readonly tone: 'bad' | 'warn' | 'info';
  /** What follows "Its collector col-oslo". */
  readonly predicate: string;
  readonly detail: string;
  readonly since: string | null;
}

/** The meaning of a collector's trouble for one of its nodes. */
const MEANING: Readonly<Partial<Record<ComponentMark, string>>> = {
  offline: 'How this node is cannot be known until it is back. It keeps polling and sends what it read then.',
  engine_down: 'Nothing is gathered from this node until the engine runs again.',
  crash_loop: 'What is gathered from this node has holes until the engine runs again.',
  rolled_back: 'The newest changes of this node may not be in force.',
  refused: 'The newest changes of this node are not in force.',
  backlog: 'Older values of this node are still on their way.',
  clock: 'Values of this node may carry a wrong time.',
  never_seen: 'This node is polled once it calls.',
  pending: 'This node is polled once an administrator approves it.',
  shared_identity: 'Values of this node may be doubled.',
};

/**
 * The cause, not the node's own, for which a node may be without data or with old settings; undefined where the
 * collector is well, or has a trouble that does not concern its nodes.
 */
export function collectorCause(
  component: Component,
  trouble: Trouble | undefined,
): CollectorCause | undefined {
  const meaning = trouble === undefined ? undefined : MEANING[trouble.mark];
  if (trouble !== undefined && meaning !== undefined) {
    return { tone: trouble.tone, predicate: trouble.predicate, detail: meaning, since: trouble.since };
  }
  if (component.approval === 'revoked' || component.approval === 'rejected') {
    return {
      tone: 'bad',
      predicate: `was ${component.approval}`,
      detail: 'Nobody polls this node. Give it another collector.',
      since: null,
    };
  }
  if (component.pinned_generation !== null) {
    return {
      tone: 'info',
      predicate: `is pinned at generation ${component.pinned_generation}`,
      detail: 'Changes of this node do not reach it until it is unpinned.',
      since: null,
    };
  }
  if (component.held_by_rollout_id !== null) {
    return {
      tone: 'info',
      predicate: 'waits for its turn in a rollout',
      detail: 'Changes of this node that came with or after it reach the collector then.',
      since: null,
    };
  }
  return undefined;
}
