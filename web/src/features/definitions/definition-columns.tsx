import type { AlertDefinition } from '@stratora/contract';
import { CornerDownRight } from 'lucide-react';
import { kindName, scopeWords, thresholdWords } from '../../domain/definition-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatDuration } from '../../ui/format/units.ts';
import { type Column, compareNumber, compareText, compareTime } from '../../ui/table/column.ts';
import { Ago } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import type { DefinitionLine } from './definition-filter.ts';

/** Where a definition comes from: "As shipped", "Changed", "Own". */
export function originWords({ is_shipped: shipped, is_changed: changed }: AlertDefinition): string {
  if (!shipped) return 'Own';
  return changed ? 'Changed' : 'As shipped';
}

function NameCell({ line: { definition, isUnder } }: { readonly line: DefinitionLine }) {
  return (
    <span
      className={classNames('flex items-center gap-2', !definition.enabled && 'font-normal text-faint')}
      title={definition.name}
    >
      {isUnder && <CornerDownRight size={14} aria-hidden className="ml-2 shrink-0 text-faint" />}
      <span className="truncate">{definition.name}</span>
      {definition.refusal !== null && <ToneBadge tone="bad">Refused</ToneBadge>}
    </span>
  );
}

interface ThresholdProps {
  readonly definition: AlertDefinition;
  readonly level: 'warning' | 'critical';
}

/** Where it fires; where it ends is told on hover. */
function Threshold({ definition, level }: ThresholdProps) {
  const fires = definition[level];
  if (fires === null) return <span className="text-faint">–</span>;
  return (
    <span className="text-text" title={thresholdWords(definition, fires, definition[`${level}_clear`])}>
      {thresholdWords(definition, fires, null)}
    </span>
  );
}

/** Columns of the list of definitions. */
export const DEFINITION_COLUMNS: readonly Column<DefinitionLine>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 216,
    compare: (a, b) => compareText(a.definition.name, b.definition.name),
    cell: (line) => <NameCell line={line} />,
  },
  {
    id: 'enabled',
    header: 'State',
    width: 72,
    compare: (a, b) => compareNumber(Number(a.definition.enabled), Number(b.definition.enabled)),
    cell: ({ definition }) => (definition.enabled ? 'On' : <span className="text-warning">Off</span>),
  },
  {
    id: 'kind',
    header: 'Kind',
    width: 112,
    compare: (a, b) => compareText(kindName(a.definition.kind), kindName(b.definition.kind)),
    cell: ({ definition }) => kindName(definition.kind),
  },
  {
    id: 'warning',
    header: 'Warning',
    width: 128,
    align: 'right',
    cell: ({ definition }) => <Threshold definition={definition} level="warning" />,
  },
  {
    id: 'critical',
    header: 'Critical',
    width: 128,
    align: 'right',
    cell: ({ definition }) => <Threshold definition={definition} level="critical" />,
  },
  {
    id: 'duration',
    header: 'Must last',
    width: 104,
    align: 'right',
    compare: (a, b) => compareNumber(a.definition.duration_seconds, b.definition.duration_seconds),
    cell: ({ definition: { duration_seconds: seconds } }) =>
      seconds === 0 ? <span className="text-faint">at once</span> : formatDuration(seconds),
  },
  {
    id: 'scope',
    header: 'Holds for',
    width: 150,
    compare: (a, b) => compareText(scopeWords(a.definition), scopeWords(b.definition)),
    cell: ({ definition }) => <span title={scopeWords(definition)}>{scopeWords(definition)}</span>,
  },
  {
    id: 'overrides',
    header: 'Replaced in',
    width: 104,
    align: 'right',
    compare: (a, b) => compareNumber(a.definition.override_count, b.definition.override_count),
    cell: ({ definition }) => (definition.override_count === 0 ? '' : definition.override_count),
  },
  {
    id: 'origin',
    header: 'Origin',
    width: 108,
    compare: (a, b) => compareText(originWords(a.definition), originWords(b.definition)),
    cell: ({ definition }) => originWords(definition),
  },
  {
    id: 'updated_at',
    header: 'Last changed',
    width: 116,
    align: 'right',
    compare: (a, b) => compareTime(a.definition.updated_at, b.definition.updated_at),
    cell: ({ definition }) => <Ago time={definition.updated_at} />,
    hidden: true,
  },
  {
    id: 'slug',
    header: 'Key',
    width: 200,
    compare: (a, b) => compareText(a.definition.slug, b.definition.slug),
    cell: ({ definition }) => <span className="font-mono text-12">{definition.slug}</span>,
    hidden: true,
  },
];
