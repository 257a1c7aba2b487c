import { formatBytes, formatDuration } from '../../ui/format/units.ts';

/** What the preview puts in for the values of an alert. */
export interface SummarySample {
  readonly value: number;
  readonly threshold: number;
  readonly node: string;
}

const FORMATS: Readonly<Record<string, (value: number, decimals: number) => string>> = {
  percent: (value) => `${Number(value.toFixed(1))} %`,
  bytes: formatBytes,
  duration: formatDuration,
  round: (value, decimals) => String(Number(value.toFixed(decimals))),
};

/**
 * Shows roughly what the text of an alert will read like: numbers as they would be written, and labels by their names, since
 * only a real alert has their values. What the server would refuse stands as it was typed; saving says what is wrong.
 */
export function previewSummary(template: string, sample: SummarySample): string {
  return template.replaceAll(/\{\{([^{}]*)\}\}/g, (whole, inside: string) => {
    const [name = '', format] = inside.split('|').map((piece) => piece.trim());
    const label = /^\$labels\.([a-zA-Z_]\w*)$/.exec(name)?.[1];
    if (label !== undefined && format === undefined) return `‹${label}›`;
    if (name === '$node' && format === undefined) return sample.node;
    if (name === '$instance' && format === undefined) return '‹instance›';
    if (name === '$value' || name === '$threshold') {
      return numberText(name === '$value' ? sample.value : sample.threshold, format) ?? whole;
    }
    return whole;
  });
}

function numberText(value: number, format: string | undefined): string | undefined {
  if (format === undefined) return String(Number(value.toPrecision(6)));
  const [word = '', digits = '0'] = format.split(/\s+/);
  return Object.hasOwn(FORMATS, word) && /^\d$/.test(digits)
    ? FORMATS[word]?.(value, Number(digits))
    : undefined;
}
