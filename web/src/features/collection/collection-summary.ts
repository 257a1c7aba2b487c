import type { Component } from '@stratora/contract';
import {
  COMPONENT_MARKS,
  type ComponentMark,
  failingNodesLink,
  type Trouble,
  troublesOf,
} from '../../domain/component-health.ts';
import { plural } from '../../ui/format/units.ts';

/** Components with the same worst trouble. */
export interface TroubleGroup {
  readonly mark: ComponentMark;
  readonly tone: Trouble['tone'];
  readonly label: string;
  readonly members: readonly { readonly component: Component; readonly trouble: Trouble }[];
}

export interface CollectionSummary {
  readonly tone: 'good' | 'warn' | 'bad' | 'neutral';
  /** The answer to "are my components well, and if not, which one is not and why". */
  readonly text: string;
  readonly detail: string;
  /** Where the nodes are that the one troubled component cannot read in full, if that is its trouble. */
  readonly link: { readonly to: string; readonly label: string } | undefined;
  readonly groups: readonly TroubleGroup[];
}

const isApprovedOrPending = ({ approval }: Component) => approval === 'approved' || approval === 'pending';

function countOf(components: readonly Component[]): string {
  const agents = components.filter(({ component_type: type }) => type === 'agent').length;
  const collectors = components.length - agents;
  return [collectors > 0 && plural(collectors, 'collector'), agents > 0 && plural(agents, 'agent')]
    .filter(Boolean)
    .join(' and ');
}

/** Sums up all components. Each counts once, by its worst trouble. */
export function summarizeCollection(all: readonly Component[], nowMs: number): CollectionSummary {
  const components = all.filter(isApprovedOrPending);
  const troubled = components.flatMap((component) => {
    const [trouble] = troublesOf(component, nowMs);
    return trouble === undefined ? [] : [{ component, trouble }];
  });
  const groups = COMPONENT_MARKS.flatMap((mark): TroubleGroup[] => {
    const members = troubled.filter(({ trouble }) => trouble.mark === mark);
    const [first] = members;
    if (first === undefined) return [];
    return [{ mark, tone: first.trouble.tone, label: first.trouble.label, members }];
  });
  const [only, ...others] = troubled;
  const isOneUnread = only?.trouble.mark === 'collection_fails' && others.length === 0;
  return {
    ...headline(components, troubled),
    tone: toneOf(components, groups),
    link: isOneUnread ? failingNodesLink(only.component) : undefined,
    groups,
  };
}

function toneOf(
  components: readonly Component[],
  groups: readonly TroubleGroup[],
): CollectionSummary['tone'] {
  if (components.length === 0) return 'neutral';
  if (groups.some(({ tone }) => tone === 'bad')) return 'bad';
  return groups.length > 0 ? 'warn' : 'good';
}

function headline(
  components: readonly Component[],
  troubled: TroubleGroup['members'],
): Pick<CollectionSummary, 'text' | 'detail'> {
  const [only] = troubled;
  const well = components.length - troubled.length;
  if (components.length === 0) {
    return {
      text: 'Nothing gathers yet',
      detail: 'Collectors poll a network; agents report the host they run on.',
    };
  }
  if (only === undefined) {
    const single = components.length === 1 ? components[0] : undefined;
    return {
      text: single === undefined ? 'All collectors and agents are well' : `${single.name} is well`,
      detail:
        single === undefined
          ? `${countOf(components)}, all heard from, each with an engine that runs.`
          : 'It is heard from and its engine runs.',
    };
  }
  const rest =
    well === 0 ? '' : `The other ${well === 1 ? 'one is' : `${plural(well, 'component')} are`} well.`;
  if (troubled.length === 1) {
    return {
      text: `${only.component.name} ${only.trouble.predicate}`,
      detail: [only.trouble.detail, rest].filter((part) => part !== '').join(' '),
    };
  }
  return {
    text: `${troubled.length} of ${plural(components.length, 'component')} need attention`,
    detail: rest,
  };
}
