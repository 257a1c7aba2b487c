import type { AlertDefinition } from '@stratora/contract';
import type { Logger } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import { type Expression, readExpression } from '../expressions/index.ts';
import { findDefinitions } from './definition-queries.ts';

/** A definition that can be judged by. */
export interface Rule extends AlertDefinition {
  /** The expression, read; undefined where the server judges by what it hears itself. */
  readonly expression: Expression | undefined;
}

/** All rules at one time. */
export interface Rules {
  /** Counts up with each change; 0 before the first reading. */
  readonly version: number;
  /**
   * In the order of their slugs, those that are switched off too: they say where a family judges nothing
   * (`effectiveDefinitions`).
   */
  readonly rules: readonly Rule[];
  /** Definitions whose expression cannot be read, with the reason; they judge nothing, and are in no family. */
  readonly faults: readonly { readonly definition: AlertDefinition; readonly message: string }[];
}

export interface RuleBookOptions {
  db: Database;
  logger: Logger;
}

/**
 * The rules in force: what `alert_definitions` holds, with expressions read. A change by any server is here as soon as its
 * notification is heard; the last good ones stay while the database is away.
 */
export class RuleBook {
  readonly #options: RuleBookOptions;
  #current: Rules = { version: 0, rules: [], faults: [] };
  #reading: Promise<void> = Promise.resolve();
  #isStale = true;

  constructor(options: RuleBookOptions) {
    this.#options = options;
  }

  get current(): Rules {
    return this.#current;
  }

  /** Notes that rows have changed, and reads them. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    await this.readStale();
  }

  /** Reads the rows if they have changed since the last reading that went well. Calls take turns. */
  readStale(): Promise<void> {
    const before = this.#reading;
    this.#reading = (async () => {
      await before.catch(() => {});
      // One reading serves all that asked for it before it began.
      if (!this.#isStale) return;
      this.#isStale = false;
      try {
        this.#adopt(await findDefinitions(this.#options.db));
      } catch (error) {
        this.#isStale = true;
        throw error;
      }
    })();
    return this.#reading;
  }

  #adopt(definitions: readonly AlertDefinition[]): void {
    const known = new Map<string, Expression>();
    for (const { expr, expression } of this.#current.rules) {
      if (expr !== null && expression !== undefined) known.set(expr, expression);
    }
    const rules: Rule[] = [];
    const faults: { definition: AlertDefinition; message: string }[] = [];
    for (const definition of definitions) {
      const { expr } = definition;
      if (expr === null) {
        rules.push({ ...definition, expression: undefined });
        continue;
      }
      const expression = known.get(expr) ?? readOr(expr, (message) => faults.push({ definition, message }));
      if (expression === undefined) continue;
      known.set(expr, expression);
      rules.push({ ...definition, expression });
    }
    for (const { definition, message } of faults) {
      this.#options.logger.error({ slug: definition.slug, fault: message }, 'alert definition not usable');
    }
    this.#current = { version: this.#current.version + 1, rules, faults };
  }
}

/** Reads an expression; undefined where it has a fault, which is told. */
function readOr(text: string, tell: (message: string) => void): Expression | undefined {
  const read = readExpression(text);
  if (read.ok) return read.expression;
  const [fault] = read.faults;
  tell(
    fault === undefined ? 'cannot be read' : `line ${fault.line}, column ${fault.column}: ${fault.message}`,
  );
  return undefined;
}
