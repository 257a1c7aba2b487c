import type { AlertKind } from '@stratora/contract';
import { withLookBack } from '../expressions/index.ts';
import { effectiveDefinitions, type PlacedSubject, type Rule } from '../rules/index.ts';
import { type JudgedRule, judgedRule, type RuleSurroundings } from './judged-rule.ts';

/** A root and what replaces it, as the evaluator reads them. */
export interface RuleFamily {
  readonly slug: string;
  readonly kind: AlertKind;
  readonly rules: readonly JudgedRule[];
  /** Returns the rule that judges a subject; undefined where none does. */
  ruleOf(subjectId: string): JudgedRule | undefined;
}

/** The reader of definitions, which reads each of them once. */
export class RuleReader {
  #surroundings: RuleSurroundings | undefined;
  #read = new WeakMap<Rule, JudgedRule>();

  /** Reads the families of all definitions. */
  families(
    definitions: readonly Rule[],
    subjects: readonly PlacedSubject[],
    surroundings: RuleSurroundings,
  ): RuleFamily[] {
    if (!isSame(this.#surroundings, surroundings)) this.#read = new WeakMap();
    this.#surroundings = surroundings;
    return effectiveDefinitions(definitions, subjects).map((family) => ({
      slug: family.root.slug,
      kind: family.root.kind,
      rules: family.members
        .filter(({ enabled }) => enabled)
        .map((definition) => this.#rule(definition, surroundings)),
      ruleOf: (subjectId) => {
        const definition = family.judgeOf(subjectId);
        return definition && this.#rule(definition, surroundings);
      },
    }));
  }

  #rule(definition: Rule, surroundings: RuleSurroundings): JudgedRule {
    const known = this.#read.get(definition);
    if (known !== undefined) return known;
    const rule = judgedRule(definition, surroundings, sourceOf(definition));
    this.#read.set(definition, rule);
    return rule;
  }
}

function isSame(a: RuleSurroundings | undefined, b: RuleSurroundings): boolean {
  return a?.unreachableSeconds === b.unreachableSeconds && a.settleSeconds === b.settleSeconds;
}

function sourceOf({ expression, look_back_seconds: own }: Rule): Parameters<typeof judgedRule>[2] {
  if (expression === undefined) return { expressionWith: undefined, birthSeconds: 0 };
  const texts = new Map<number, string>();
  const expressionWith = (nodeSeconds: number, mostSeconds = Number.POSITIVE_INFINITY): string => {
    const seconds = Math.min(own ?? nodeSeconds, mostSeconds);
    let text = texts.get(seconds);
    if (text === undefined) {
      text = withLookBack(expression, seconds * 1000);
      texts.set(seconds, text);
    }
    return text;
  };
  return { expressionWith, birthSeconds: Math.ceil(expression.birthWindowMs / 1000) };
}
