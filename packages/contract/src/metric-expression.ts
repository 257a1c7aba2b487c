/**
 * The arithmetic of a template's metric rules (`hrStorageSize * hrStorageAllocationUnits`): numbers, names of columns,
 * `+ - * /`, parentheses and a few functions. It reads numbers and gives a number; it can reach nothing else.
 */

/** Returns the number behind a name; NaN where there is none. */
export type ExpressionScope = (name: string) => number;

export interface MetricExpression {
  /** Names that it reads, each once, in the order of their first use. */
  readonly names: readonly string[];
  /** Computes the value; NaN when a name has no number. */
  readonly evaluate: (scope: ExpressionScope) => number;
}

type Evaluator = (scope: ExpressionScope) => number;

const FUNCTIONS: Readonly<Record<string, { arity: number; apply: (...values: number[]) => number }>> = {
  /** Ten to the power of x: SNMP gives scale and precision apart from the value. */
  pow10: { arity: 1, apply: (x = Number.NaN) => 10 ** x },
  /** Reads what an agent sent as a negative Integer32 and meant as 32 bits without a sign. */
  u32: { arity: 1, apply: (x = Number.NaN) => (x < 0 ? x + 4_294_967_296 : x) },
  min: { arity: 2, apply: Math.min },
  max: { arity: 2, apply: Math.max },
  abs: { arity: 1, apply: Math.abs },
};

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/(),]))/y;
const MAX_LENGTH = 500;
const MAX_DEPTH = 20;

interface Token {
  readonly kind: 'number' | 'name' | 'sign';
  readonly text: string;
}

/** @throws SyntaxError with the place, when the text is not an expression */
export function compileExpression(text: string): MetricExpression {
  if (text.length > MAX_LENGTH) throw new SyntaxError(`is longer than ${MAX_LENGTH} characters`);
  const parser = new Parser(tokenize(text));
  const evaluate = parser.whole();
  return { names: [...parser.names], evaluate };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) throw new SyntaxError(`has an unexpected character at position ${at + 1}`);
    const [, number, name, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

/** Recursive descent over: sum = product (('+'|'-') product)*; product = factor (('*'|'/') factor)*. */
class Parser {
  readonly names = new Set<string>();
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Evaluator {
    const value = this.#sum();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new SyntaxError(`has an unexpected "${rest.text}"`);
    return value;
  }

  #sum(): Evaluator {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new SyntaxError('is nested too deeply');
    let left = this.#product();
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-')) {
      const before = left;
      const right = this.#product();
      left = sign === '+' ? (scope) => before(scope) + right(scope) : (scope) => before(scope) - right(scope);
    }
    this.#depth -= 1;
    return left;
  }

  #product(): Evaluator {
    let left = this.#factor();
    for (let sign = this.#take('*', '/'); sign !== undefined; sign = this.#take('*', '/')) {
      const before = left;
      const right = this.#factor();
      left = sign === '*' ? (scope) => before(scope) * right(scope) : (scope) => before(scope) / right(scope);
    }
    return left;
  }

  #factor(): Evaluator {
    if (this.#take('-') !== undefined) {
      const value = this.#primary();
      return (scope) => -value(scope);
    }
    return this.#primary();
  }

  #primary(): Evaluator {
    if (this.#take('(') !== undefined) {
      const value = this.#sum();
      this.#expect(')');
      return value;
    }
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new SyntaxError('ends too early');
    this.#at += 1;
    if (token.kind === 'number') {
      const value = Number(token.text);
      return () => value;
    }
    if (token.kind !== 'name') throw new SyntaxError(`has an unexpected "${token.text}"`);
    if (this.#take('(') !== undefined) return this.#call(token.text);
    this.names.add(token.text);
    return (scope) => scope(token.text);
  }

  #call(name: string): Evaluator {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) throw new SyntaxError(`calls the unknown function "${name}"`);
    const values = [this.#sum()];
    while (this.#take(',') !== undefined) values.push(this.#sum());
    this.#expect(')');
    if (values.length !== known.arity) throw new SyntaxError(`gives ${name} ${values.length} values`);
    return (scope) => known.apply(...values.map((value) => value(scope)));
  }

  #take(...signs: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.#at += 1;
    return token.text;
  }

  #expect(sign: string): void {
    if (this.#take(sign) === undefined) throw new SyntaxError(`misses a "${sign}"`);
  }
}
