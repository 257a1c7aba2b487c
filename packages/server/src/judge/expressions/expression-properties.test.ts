import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, expressionWriter, messyStyle, PLAIN } from './expression-arbitrary.test-support.ts';
import { type Expression, forNode, readExpression, withLookBack, withMatchers } from './index.ts';

function read(text: string): Expression {
  const result = readExpression(text);
  if (!result.ok) throw new Error(`${text}\n${result.faults.map(({ message }) => message).join('\n')}`);
  return result.expression;
}

/** What is known of an expression beside its places. */
function facts({ syntax: _syntax, warnings, ...known }: Expression) {
  return { ...known, warnings: warnings.map(({ message }) => message) };
}

describe('an expression made from the grammar', () => {
  it('reads to one text in every way to write it', () => {
    fc.assert(
      fc.property(expressionWriter, fc.integer(), (write, seed) => {
        const plain = read(write(PLAIN));
        expect(facts(read(write(messyStyle(seed))))).toEqual(facts(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('has a text that reads to itself, with the same facts', () => {
    fc.assert(
      fc.property(expressionWriter, (write) => {
        const once = read(write(PLAIN));
        expect(facts(read(once.text))).toEqual(facts(once));
      }),
      { numRuns: 300 },
    );
  });

  it('has a text with its look-back that reads again and changes no more', () => {
    fc.assert(
      fc.property(expressionWriter, fc.integer({ min: 1, max: 600_000 }), (write, ms) => {
        const once = withLookBack(read(write(PLAIN)), ms);
        const again = read(once);
        expect(withLookBack(again, 7_777)).toBe(once);
        expect(again.selectors.filter(({ windowMs }) => windowMs === null)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its node through the look-back and its order with matchers', () => {
    fc.assert(
      fc.property(expressionWriter, anyText(20), (write, nodeId) => {
        const once = read(write(PLAIN));
        expect(read(withLookBack(once, 30_000)).aggregatesAwayNode).toBe(once.aggregatesAwayNode);
        const limited = forNode(once, nodeId.toWellFormed());
        const again = read(limited.text);
        expect(again.text).toBe(limited.text);
        expect(
          again.selectors.every(({ matchers }) =>
            matchers.some((one) => one.label === 'node_id' && one.value === nodeId.toWellFormed()),
          ),
        ).toBe(true);
        expect(again.selectors).toHaveLength(once.selectors.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('any text', () => {
  it('is read or refused with places inside it, and nothing throws', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '`',
        ',',
        '=',
        '5m',
        'sum',
        'by',
        'm',
        '+',
        '-',
        '#',
        '@',
        ' ',
        '\n',
        ':',
        'offset',
        '\\',
        'rate',
        '=~',
        'bool',
        'on',
      ),
      anyText(5),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const result = readExpression(text);
        if (result.ok) {
          expect(read(result.expression.text).text).toBe(result.expression.text);
          return;
        }
        expect(result.faults.length).toBeGreaterThan(0);
        for (const { from, to, line, column, message } of result.faults) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(text.split('\n')[line - 1]?.length ?? -1).toBeGreaterThanOrEqual(column - 1);
          expect(message).toMatch(/^[\w`].*[.?]$/s);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('becomes a value that stays inside its quotes', () => {
    const expression = read('up{a="1"} + on () group_left () sum(up)');
    fc.assert(
      fc.property(anyText(40), (text) => {
        const value = text.toWellFormed();
        const limited = withMatchers(expression, [{ label: 'x', operator: '=', value }]);
        const again = read(limited.text);
        expect(
          again.selectors.map(({ matchers }) => matchers.find(({ label }) => label === 'x')?.value),
        ).toEqual([value, value]);
        expect(again.metrics).toEqual(['up']);
      }),
      { numRuns: 200 },
    );
  });
});
