import { isLabelName, regexFault } from './matchers.ts';
import {
  AGGREGATIONS,
  FUNCTIONS,
  REFUSED_FUNCTIONS,
  type Signature,
  type ValueType,
} from './promql-functions.ts';
import { nearestName } from './syntax-faults.ts';
import {
  type AggregateNode,
  type BinaryNode,
  type CallNode,
  isComparison,
  isSetOperator,
  type SyntaxNode,
} from './syntax-node.ts';
import type { PlacedMessage } from './text-fault.ts';

const WORDS: Readonly<Record<ValueType, string>> = {
  vector: 'one value of each series',
  matrix: 'a window of each series',
  scalar: 'a single number',
  string: 'a text',
};

/** Collects what is wrong with the types of an expression that a rule is to be. */
export function typeFaults(expression: SyntaxNode): PlacedMessage[] {
  const checker = new TypeChecker();
  const type = checker.typeOf(expression);
  if (type !== 'vector' && checker.faults.length === 0) {
    checker.fault(
      expression,
      `A rule needs ${WORDS.vector}; this gives ${WORDS[type]}.${
        type === 'matrix' ? ' Put a function such as `avg_over_time` around it.' : ''
      }`,
    );
  }
  return checker.faults;
}

/** Tells whether an expression that is sound gives a single number. */
export function isScalar(node: SyntaxNode): boolean {
  return new TypeChecker().typeOf(node) === 'scalar';
}

class TypeChecker {
  readonly faults: PlacedMessage[] = [];

  fault({ from, to }: SyntaxNode, message: string): void {
    this.faults.push({ from, to, message });
  }

  typeOf(node: SyntaxNode): ValueType {
    switch (node.kind) {
      case 'number':
        return 'scalar';
      case 'string':
        return 'string';
      case 'selector':
        return node.windowMs === null ? 'vector' : 'matrix';
      case 'subquery':
        this.#expect(node.of, 'vector', 'A subquery');
        return 'matrix';
      case 'negation': {
        const type = this.typeOf(node.of);
        if (type === 'matrix' || type === 'string')
          this.fault(node, `\`-\` cannot stand before ${WORDS[type]}.`);
        return type;
      }
      case 'call':
        return this.#call(node);
      case 'aggregate':
        return this.#aggregate(node);
      case 'binary':
        return this.#binary(node);
    }
  }

  #expect(node: SyntaxNode, wanted: ValueType, who: string): void {
    const type = this.typeOf(node);
    if (type === wanted) return;
    const hint =
      wanted === 'matrix' && node.kind === 'selector'
        ? ' Write one behind the selector, such as `[5m]`.'
        : '';
    this.fault(node, `${who} takes ${WORDS[wanted]} here; this is ${WORDS[type]}.${hint}`);
  }

  #call(node: CallNode): ValueType {
    const refusal = REFUSED_FUNCTIONS.get(node.name);
    if (refusal !== undefined) {
      this.fault(node, `Rules may not use \`${node.name}\`. ${refusal}`);
      return 'vector';
    }
    const signature = FUNCTIONS.get(node.name);
    if (signature === undefined) {
      const near = nearestName(node.name);
      const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
      this.fault(node, `Rules may not use \`${node.name}\`.${hint}`);
      return 'vector';
    }
    this.#count(node, signature);
    if (node.name === 'timestamp') this.#timestamp(node);
    else
      node.args.forEach((argument, index) =>
        this.#expect(argument, wantedAt(signature, index), `\`${node.name}\``),
      );
    if (node.name === 'label_replace' || node.name === 'label_join') this.#labelTexts(node);
    return signature.returns;
  }

  #count(node: CallNode, { args, optional = 0, isVariadic = false }: Signature): void {
    const least = args.length - (isVariadic ? 1 : optional);
    const most = isVariadic ? Infinity : args.length;
    if (node.args.length >= least && node.args.length <= most) return;
    const range = least === most ? `${least}` : `${least} ${isVariadic ? 'or more' : `to ${most}`}`;
    this.fault(
      node,
      `\`${node.name}\` takes ${range} ${range === '1' ? 'argument' : 'arguments'}; here it has ${node.args.length}.`,
    );
  }

  /** Of another expression the store tells the time of the query, not that of a sample. */
  #timestamp(node: CallNode): void {
    const [argument] = node.args;
    if (argument !== undefined && argument.kind !== 'selector') {
      this.fault(argument, '`timestamp` takes a selector; of anything else the time is that of the query.');
    }
  }

  #labelTexts(node: CallNode): void {
    const labels =
      node.name === 'label_replace' ? [node.args[1], node.args[3]] : [node.args[1], ...node.args.slice(3)];
    for (const label of labels) {
      if (label?.kind === 'string' && !isLabelName(label.value))
        this.fault(label, 'This is no name of a label.');
    }
    const expression = node.name === 'label_replace' ? node.args[4] : undefined;
    const fault = expression?.kind === 'string' ? regexFault(expression.value) : undefined;
    if (expression !== undefined && fault !== undefined) {
      this.fault(expression, `The store cannot read this regular expression: ${fault}.`);
    }
  }

  #aggregate(node: AggregateNode): ValueType {
    const refusal = REFUSED_FUNCTIONS.get(node.name);
    if (refusal !== undefined || !AGGREGATIONS.has(node.name)) {
      this.fault(node, `Rules may not use \`${node.name}\`. ${refusal ?? ''}`.trimEnd());
      return 'vector';
    }
    const parameter = AGGREGATIONS.get(node.name);
    const wanted: ValueType[] = parameter === undefined ? ['vector'] : [parameter, 'vector'];
    if (node.args.length !== wanted.length) {
      this.fault(node, `\`${node.name}\` takes ${wanted.length} arguments; here it has ${node.args.length}.`);
    }
    node.args.forEach((argument, index) =>
      this.#expect(argument, wanted[index] ?? 'vector', `\`${node.name}\``),
    );
    const [label] = node.args;
    if (node.name === 'count_values' && label?.kind === 'string' && !isLabelName(label.value)) {
      this.fault(label, 'This is no name of a label.');
    }
    return 'vector';
  }

  #binary(node: BinaryNode): ValueType {
    const left = this.#operand(node, node.left);
    const right = this.#operand(node, node.right);
    const isOfVectors = left === 'vector' && right === 'vector';
    if (isSetOperator(node.operator) && !isOfVectors) {
      this.fault(node, `\`${node.operator}\` stands between series; a single number has no place there.`);
    }
    if (node.isBool && !isComparison(node.operator)) this.fault(node, '`bool` belongs to a comparison.');
    if (node.matching !== null && !isOfVectors) {
      this.fault(node, `\`${node.matching.mode}\` stands between series; a single number has no labels.`);
    }
    if (node.matching !== null) this.#matching(node);
    if (left !== 'scalar' || right !== 'scalar') return 'vector';
    if (isComparison(node.operator) && !node.isBool) {
      this.fault(node, 'A comparison of two single numbers needs `bool`.');
    }
    return 'scalar';
  }

  #operand({ operator }: BinaryNode, node: SyntaxNode): ValueType {
    const type = this.typeOf(node);
    if (type === 'matrix' || type === 'string') {
      this.fault(node, `\`${operator}\` cannot stand beside ${WORDS[type]}.`);
      return 'vector';
    }
    return type;
  }

  #matching(node: BinaryNode): void {
    const { matching, operator } = node;
    if (matching === null || matching.many === null) return;
    if (isSetOperator(operator)) this.fault(node, `\`${operator}\` takes no \`group_${matching.many}\`.`);
    const twice =
      matching.mode === 'on' ? matching.include.find((label) => matching.labels.includes(label)) : undefined;
    if (twice !== undefined)
      this.fault(node, `\`${twice}\` stands in both \`on\` and \`group_${matching.many}\`.`);
  }
}

function wantedAt({ args }: Signature, index: number): ValueType {
  return args[index] ?? args.at(-1) ?? 'vector';
}
