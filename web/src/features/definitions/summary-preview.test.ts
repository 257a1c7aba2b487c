import { describe, expect, it } from 'vitest';
import { previewSummary } from './summary-preview.ts';

const preview = (template: string) => previewSummary(template, { value: 97.26, threshold: 95, node: 'sw-1' });

describe('the preview of a summary', () => {
  it('puts in numbers as they are written, and names what only an alert knows', () => {
    expect(preview('The CPU of {{ $node }} is {{ $value | percent }} busy (limit {{$threshold}})')).toBe(
      'The CPU of sw-1 is 97.3 % busy (limit 95)',
    );
    expect(preview('{{ $instance }} of {{ $labels.path }}: {{ $value | round 1 }}')).toBe(
      '‹instance› of ‹path›: 97.3',
    );
    expect(preview('{{ $value | duration }} and {{ $value | bytes }}')).toBe('1 min and 97.3 B');
  });

  it('leaves what the server refuses as it was typed', () => {
    for (const text of [
      '{{ $nothing }}',
      '{{ $value | shout }}',
      '{{ $node | percent }}',
      '{{ $value',
      '{{ $value | constructor }}',
    ]) {
      expect(preview(text)).toBe(text);
    }
  });
});
