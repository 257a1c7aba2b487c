import type { AlertDefinition, AlertKind } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { KIND_OPTIONS, scopeWords } from '../../domain/definition-words.ts';

export const DEFINITION_STATES = ['on', 'off', 'changed', 'own', 'override'] as const;
export type DefinitionState = (typeof DEFINITION_STATES)[number];

/** The filter of the list of definitions; all of it is in the URL. */
export interface DefinitionFilter {
  readonly search: string;
  readonly kind: AlertKind | undefined;
  readonly state: DefinitionState | undefined;
}

export function readDefinitionFilter(parameters: URLSearchParams): DefinitionFilter {
  return {
    search: parameters.get('q') ?? '',
    kind: KIND_OPTIONS.find(({ value }) => value === parameters.get('kind'))?.value,
    state: DEFINITION_STATES.find((state) => state === parameters.get('state')),
  };
}

export function writeDefinitionFilter(
  parameters: URLSearchParams,
  change: Partial<DefinitionFilter>,
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const put = (name: string, value: string | undefined) => {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  };
  if ('search' in change) put('q', change.search);
  if ('kind' in change) put('kind', change.kind);
  if ('state' in change) put('state', change.state);
  return next;
}

export function isFilteringDefinitions({ search, kind, state }: DefinitionFilter): boolean {
  return search !== '' || kind !== undefined || state !== undefined;
}

function isIn(
  state: DefinitionState,
  { enabled, is_changed, is_shipped, overrides }: AlertDefinition,
): boolean {
  switch (state) {
    case 'on':
      return enabled;
    case 'off':
      return !enabled;
    case 'changed':
      return is_changed;
    case 'own':
      return !is_shipped;
    case 'override':
      return overrides !== null;
  }
}

/** One line of the list: a definition, and whether it stands under the one that it replaces. */
export interface DefinitionLine {
  readonly definition: AlertDefinition;
  readonly isUnder: boolean;
}

/** The definitions that match, each override under the one that it replaces where that one matches too. */
export function definitionLines(
  definitions: readonly AlertDefinition[],
  filter: DefinitionFilter,
  compare: (a: AlertDefinition, b: AlertDefinition) => number,
): readonly DefinitionLine[] {
  const words = foldText(filter.search).split(/\s+/).filter(Boolean);
  const shown = definitions.filter(
    (definition) =>
      (filter.kind === undefined || definition.kind === filter.kind) &&
      (filter.state === undefined || isIn(filter.state, definition)) &&
      words.every((word) => textOf(definition).includes(word)),
  );
  const ids = new Set(shown.map(({ id }) => id));
  const isUnder = ({ overrides }: AlertDefinition) => overrides !== null && ids.has(overrides);
  return shown
    .filter((definition) => !isUnder(definition))
    .toSorted(compare)
    .flatMap((definition) => [
      { definition, isUnder: false },
      ...shown
        .filter(({ overrides }) => overrides === definition.id)
        .toSorted(compare)
        .map((override) => ({ definition: override, isUnder: true })),
    ]);
}

function textOf(definition: AlertDefinition): string {
  return foldText(
    `${definition.name}\n${definition.slug}\n${definition.expr ?? ''}\n${scopeWords(definition)}`,
  );
}
