import type uPlot from 'uplot';

/** A level that values are held against. */
export interface ChartLimit {
  readonly value: number;
  readonly label: string;
  readonly tone: 'warning' | 'critical' | 'neutral';
}

/** A time to point out, in Unix seconds. */
export interface ChartSpan {
  readonly from: number;
  readonly to: number;
  /** Critical where it is absent. */
  readonly tone?: 'warning' | 'critical' | undefined;
}

export interface MarkColours {
  readonly warning: string;
  readonly critical: string;
  readonly neutral: string;
  readonly font: string;
}

/** Widens the bounds of the values so that every limit is in sight: how far a value is from it is what one looks for. */
export function withLimits(
  [bottom, top]: readonly [number, number],
  limits: readonly ChartLimit[],
): [number, number] {
  const values = limits.map(({ value }) => value).filter(Number.isFinite);
  if (values.length === 0) return [bottom, top];
  const low = Math.min(bottom, ...values);
  const high = Math.max(top, ...values);
  const air = (high - low || 1) * 0.08;
  // A limit at the edge would be drawn over by the frame; and with the limit in sight zero may be near enough to be shown.
  const bottomEdge = low < bottom || values.includes(bottom) ? low - air : low;
  const isNearZero = low >= 0 && low < high - low;
  return [isNearZero ? 0 : bottomEdge, high > top || values.includes(top) ? high + air : high];
}

/** Shades the spans behind the series. */
export function drawSpans(
  chart: uPlot,
  spans: readonly ChartSpan[],
  colours: Pick<MarkColours, 'warning' | 'critical'>,
): void {
  const { ctx, bbox } = chart;
  ctx.save();
  for (const { from, to, tone } of spans) {
    ctx.fillStyle = `${colours[tone ?? 'critical']}16`;
    const left = Math.max(chart.valToPos(from, 'x', true), bbox.left);
    const right = Math.min(chart.valToPos(to, 'x', true), bbox.left + bbox.width);
    if (right > left) ctx.fillRect(left, bbox.top, Math.max(right - left, 1), bbox.height);
  }
  ctx.restore();
}

/** Height of a limit's name with a little air. */
const LABEL_PX = 16;

/**
 * Finds the side of a line on which its name stands. Two lines may lie close to each other: their names stand on the outer
 * sides, unless there they would stand outside of the plot, on the times of the axis.
 */
export function labelSide(
  { y, isHighest }: { readonly y: number; readonly isHighest: boolean },
  plot: { readonly top: number; readonly bottom: number },
  labelHeight: number,
): 'above' | 'below' {
  const hasRoomAbove = y - plot.top > labelHeight;
  const hasRoomBelow = plot.bottom - y > labelHeight;
  return hasRoomAbove && (isHighest || !hasRoomBelow) ? 'above' : 'below';
}

/** Draws the limits over the series, dashed, each with its name at the right end. */
export function drawLimits(chart: uPlot, limits: readonly ChartLimit[], colours: MarkColours): void {
  const { ctx, bbox } = chart;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.font = colours.font.replace(/^(\d+)px/, (_, size: string) => `${Number(size) * ratio}px`);
  ctx.textAlign = 'right';
  const plot = { top: bbox.top, bottom: bbox.top + bbox.height };
  const highest = Math.max(...limits.map(({ value }) => value));
  for (const { value, label, tone } of limits) {
    const y = Math.round(chart.valToPos(value, 'y', true)) + 0.5;
    if (y < plot.top || y > plot.bottom) continue;
    ctx.strokeStyle = colours[tone];
    ctx.fillStyle = colours[tone];
    ctx.lineWidth = ratio;
    ctx.setLineDash([6 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const isAbove = labelSide({ y, isHighest: value === highest }, plot, LABEL_PX * ratio) === 'above';
    ctx.textBaseline = isAbove ? 'bottom' : 'top';
    ctx.fillText(label, bbox.left + bbox.width - 4 * ratio, y + (isAbove ? -2 : 3) * ratio);
  }
  ctx.restore();
}
