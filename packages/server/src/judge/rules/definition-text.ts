import type { DefinitionFault, WrittenDefinition } from '@stratora/contract';
import { readExpression, type TextFault } from '../expressions/index.ts';
import { readSummary, type SummaryValues } from '../summary-text/index.ts';

/** A fault in one of the texts of a definition, with its place in that text. */
export interface DefinitionTextFault extends DefinitionFault {
  /** Line of the text, counted from 1. */
  line: number;
}

const NO_NODE =
  'The result has no node_id, so that no value can be joined to its node. Aggregate `by (node_id, node_name)`, and ' +
  'with every label that tells the instances apart.';

/**
 * Finds what is wrong with the texts of a definition: the expression, and the summary, tried on sample alerts.
 *
 * @param samples alerts as the definition would make them now; none where nobody knows
 */
export function definitionTextFaults(
  { expr, summary }: Pick<WrittenDefinition, 'expr' | 'summary'>,
  samples: readonly SummaryValues[] = [],
): DefinitionTextFault[] {
  return [
    ...(expr === null ? [] : expressionFaults(expr)),
    ...(summary === null ? [] : placed('summary', faultsOf(readSummary(summary, samples)))),
  ];
}

function expressionFaults(expr: string): DefinitionTextFault[] {
  const read = readExpression(expr);
  if (!read.ok) return placed('expr', read.faults);
  return read.expression.aggregatesAwayNode ? [{ path: 'expr', line: 1, message: NO_NODE }] : [];
}

function faultsOf(read: { ok: true } | { ok: false; faults: readonly TextFault[] }): readonly TextFault[] {
  return read.ok ? [] : read.faults;
}

function placed(path: string, faults: readonly TextFault[]): DefinitionTextFault[] {
  return faults.map(({ line, column, message }) => ({
    path,
    line,
    message: `line ${line}, column ${column}: ${message}`,
  }));
}
