import type { Impact } from '@stratora/contract';
import type { PullableLink } from './impact-queries.ts';

type EndWords = Pick<PullableLink, 'a_name' | 'a_interface' | 'b_name' | 'b_interface'>;

/** A link in words: `core-1 Gi1/0/4 - edge-3 Gi0/1`. */
export function pullableWords({
  a_name: a,
  a_interface: aPort,
  b_name: b,
  b_interface: bPort,
}: EndWords): string {
  const end = (name: string, port: string | null) => (port === null ? name : `${name} ${port}`);
  return `${end(a, aPort)} - ${end(b, bPort)}`;
}

export interface ImpactFacts {
  readonly subject: string;
  readonly isLink: boolean;
  readonly dark: Impact['dark'];
  readonly atRisk: Impact['at_risk'];
  readonly unknown: number;
  /** Cables of an aggregate that are up; 0 for a single one. */
  readonly cables: number;
  readonly isGuessed: boolean;
}

/** Says what happens in sentences: what goes dark, what has no second way then, and how far that is known. */
export function impactSummary(facts: ImpactFacts): string[] {
  const { subject, isLink, dark, atRisk, unknown, cables, isGuessed } = facts;
  const act = isLink ? `When ${subject} is unplugged` : `When ${subject} is switched off`;
  const sentences = [
    dark.length === 0
      ? `${act}, ${isLink ? 'nothing' : 'nothing else'} goes dark.`
      : `${act}, ${count(dark.length)} ${dark.length === 1 ? 'goes' : 'go'} dark: ${listed(dark)}.`,
  ];
  if (cables > 1) {
    const left = cables - 1;
    sentences.push(
      `It is an aggregate of ${cables} cables: when one alone is unplugged, ${left} ${left === 1 ? 'is' : 'are'} left and nothing goes dark.`,
    );
  }
  if (atRisk.length > 0) {
    sentences.push(`${sentenceCount(atRisk.length)} without a second way then: ${listed(atRisk)}.`);
  }
  if (isGuessed) {
    sentences.push(
      'Where some collectors are plugged in is not known; their nodes are seen from the core of their site.',
    );
  }
  if (unknown > 0) sentences.push(`Of ${count(unknown)} no link says how they are reached.`);
  return sentences;
}

/** Names that are listed before the rest is a number. */
const NAMES_MAX = 5;
const NAMES = new Intl.ListFormat('en-GB');

function listed(nodes: Impact['dark']): string {
  const names = nodes.slice(0, NAMES_MAX).map(({ name }) => name);
  const more = nodes.length - names.length;
  return NAMES.format(more > 0 ? [...names, `${more} more`] : names);
}

function count(nodes: number): string {
  return nodes === 1 ? '1 node' : `${nodes} nodes`;
}

function sentenceCount(nodes: number): string {
  return nodes === 1 ? '1 node is' : `${nodes} nodes are`;
}
