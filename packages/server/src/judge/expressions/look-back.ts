import { canonicalText } from './canonical-text.ts';
import type { Expression } from './expression.ts';
import { presenceOf } from './presence.ts';
import { mapChildren, type SelectorNode, type SyntaxNode } from './syntax-node.ts';

/**
 * Writes an expression as it is asked, with its look-back said, so that an instant query, a preview and a range query agree
 * whatever the store's own look-back.
 *
 * - A selector without a window becomes `last_over_time(m[..])`, or gets the window where `timestamp` reads it. What has a
 *   window keeps it, and subqueries keep their resolution.
 * - Where the store makes up a value for a time without samples, the result is tied to their presence: see `presenceOf`.
 *
 * The text can be read again, and its look-back said again changes nothing.
 *
 * @throws RangeError for a look-back that is no positive whole number of milliseconds
 */
export function withLookBack(expression: Expression, lookBackMs: number): string {
  if (!Number.isSafeInteger(lookBackMs) || lookBackMs <= 0) {
    throw new RangeError(`Not a look-back in milliseconds: ${lookBackMs}`);
  }
  return canonicalText(new LookBack(lookBackMs).visit(expression.syntax));
}

class LookBack {
  readonly #lookBackMs: number;

  constructor(lookBackMs: number) {
    this.#lookBackMs = lookBackMs;
  }

  visit(node: SyntaxNode): SyntaxNode {
    // One that is tied already, as in a text that this wrote.
    if (node.kind === 'binary' && canonicalText(tied(node.left) ?? node.left) === canonicalText(node)) {
      return this.visit(node.left);
    }
    const inner = this.#within(node);
    return tied(inner) ?? inner;
  }

  #within(node: SyntaxNode): SyntaxNode {
    if (node.kind === 'selector') {
      if (node.windowMs !== null) return node;
      const { from, to } = node;
      return { kind: 'call', name: 'last_over_time', args: [this.#windowed(node)], from, to };
    }
    if (node.kind === 'call' && node.name === 'timestamp') {
      return mapChildren(node, (argument) =>
        argument.kind === 'selector' ? this.#windowed(argument) : this.visit(argument),
      );
    }
    return mapChildren(node, (child) => this.visit(child));
  }

  #windowed(node: SelectorNode): SelectorNode {
    return node.windowMs === null ? { ...node, windowMs: this.#lookBackMs } : node;
  }
}

/** Ties a node to what must be present for it; undefined where nothing must. */
function tied(node: SyntaxNode): SyntaxNode | undefined {
  const presence = presenceOf(node);
  if (presence === undefined) return undefined;
  const { from, to } = node;
  return {
    kind: 'binary',
    operator: 'and',
    isBool: false,
    matching: presence.matching,
    left: node,
    right: presence.of,
    from,
    to,
  };
}
