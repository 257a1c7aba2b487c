import { memo, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatAxisTime, type ZoneChoice } from '../format/time.ts';
import { formatTick, type Unit } from '../format/units.ts';
import { usePaintedTheme } from '../state/theme.ts';
import { type ChartLimit, type ChartSpan, drawLimits, drawSpans, withLimits } from './chart-marks.ts';
import { type Frame, isolatedPoints, PALETTE_SIZE, plotColumns } from './series-frame.ts';

export interface TimeChartProps {
  readonly frame: Frame;
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly stacked?: boolean;
  /** Levels to hold the values against; not for charts that mirror. */
  readonly limits?: readonly ChartLimit[];
  /** Times to point out. */
  readonly spans?: readonly ChartSpan[];
  readonly height: number;
  readonly zone: ZoneChoice;
  /** Charts with the same key share their crosshair. */
  readonly syncKey: string;
  readonly summary: string;
  readonly onZoom: (from: number, to: number) => void;
  /** The moment under the crosshair, as an index into the frame. */
  readonly onHover: (index: number | null) => void;
}

interface Look {
  readonly colours: readonly string[];
  readonly text: string;
  readonly grid: string;
  readonly zero: string;
  readonly warning: string;
  readonly critical: string;
  readonly font: string;
}

function readLook(): Look {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    colours: Array.from({ length: PALETTE_SIZE }, (_, index) => token(`--series-${index + 1}`)),
    text: token('--text-faint'),
    grid: token('--grid'),
    zero: token('--zero'),
    warning: token('--warning'),
    critical: token('--critical'),
    font: `12px ${style.fontFamily}`,
  };
}

const Y_AXIS_PX = 76;
const NO_LIMITS: readonly ChartLimit[] = [];

/** Bounds of the value axis: what the panel asks for, else what is there with a little air, and zero with it. */
function yRange(props: Pick<TimeChartProps, 'min' | 'max' | 'frame' | 'limits'>): uPlot.Range.Function {
  const mirrored = props.frame.series.some((series) => series.mirrored);
  return (_, dataMin, dataMax) => {
    const low = Number.isFinite(dataMin) ? dataMin : 0;
    const high = Number.isFinite(dataMax) ? dataMax : 1;
    if (mirrored) {
      const size = Math.max(Math.abs(low), Math.abs(high), 1) * 1.1;
      return [-size, size];
    }
    const span = high - low || Math.abs(high) || 1;
    const bottom = props.min ?? (low >= 0 && low < span ? 0 : low - span * 0.1);
    const top = props.max ?? high + span * 0.1;
    return withLimits([bottom, Math.max(top, bottom + Number.EPSILON)], props.limits ?? NO_LIMITS);
  };
}

function seriesOptions(props: TimeChartProps, look: Look): uPlot.Series[] {
  const mirrored = props.frame.series.some((series) => series.mirrored);
  // Areas that lie over each other hide more than they show.
  const filled = props.stacked === true || (mirrored && props.frame.series.length <= 2);
  const drawn = props.frame.series.map((series): uPlot.Series => {
    const stroke = look.colours[series.colour] ?? look.text;
    return {
      label: series.label,
      stroke,
      width: 1.5,
      spanGaps: false,
      ...(filled ? { fill: `${stroke}2e` } : {}),
      points: {
        show: () => false,
        size: 4,
        filter: (chart, index) => isolatedPoints(chart.data[index] as (number | null)[]),
      },
    };
  });
  return [{}, ...drawn];
}

function hooksOf(look: Look, current: () => TimeChartProps): uPlot.Hooks.Arrays {
  return {
    setCursor: [(chart) => current().onHover(chart.cursor.idx ?? null)],
    setSelect: [
      (chart) => {
        if (chart.select.width < 4) return;
        const from = chart.posToVal(chart.select.left, 'x');
        const to = chart.posToVal(chart.select.left + chart.select.width, 'x');
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        // A synced chart is told of the selection too; only the one under the pointer answers.
        if (chart.cursor.event !== undefined && chart.cursor.event !== null) current().onZoom(from, to);
      },
    ],
    drawAxes: [
      (chart) => drawZero(chart, look.zero),
      (chart) => drawSpans(chart, current().spans ?? [], look),
    ],
    draw: [(chart) => drawLimits(chart, current().limits ?? NO_LIMITS, { ...look, neutral: look.text })],
  };
}

function options(
  props: TimeChartProps,
  look: Look,
  current: () => TimeChartProps,
): Omit<uPlot.Options, 'width'> {
  const axis = {
    stroke: look.text,
    font: look.font,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
  } as const;
  const bands =
    props.stacked === true
      ? props.frame.series.slice(1).map((_, index): uPlot.Band => ({ series: [index + 2, index + 1] }))
      : [];
  const mirrored = props.frame.series.some((series) => series.mirrored);
  return {
    height: props.height,
    series: seriesOptions(props, look),
    bands,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    scales: { x: { time: true, range: () => [current().from, current().to] }, y: { range: yRange(props) } },
    axes: [
      {
        ...axis,
        space: 80,
        size: 28,
        values: (_, splits) => {
          const { from, to, zone } = current();
          return splits.map((split) => formatAxisTime(split * 1000, to - from, zone));
        },
      },
      {
        ...axis,
        size: Y_AXIS_PX,
        space: 36,
        values: (_, splits) =>
          splits.map((split) => formatTick(mirrored ? Math.abs(split) : split, props.unit)),
      },
    ],
    cursor: {
      sync: { key: props.syncKey, setSeries: false, scales: ['x', null] },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      y: false,
    },
    hooks: hooksOf(look, current),
  };
}

function drawZero(chart: uPlot, colour: string): void {
  const { min, max } = chart.scales['y'] ?? {};
  if (min === undefined || max === undefined || min === null || max === null || min >= 0 || max <= 0) return;
  const y = Math.round(chart.valToPos(0, 'y', true)) + 0.5;
  chart.ctx.save();
  chart.ctx.strokeStyle = colour;
  chart.ctx.lineWidth = 1;
  chart.ctx.beginPath();
  chart.ctx.moveTo(chart.bbox.left, y);
  chart.ctx.lineTo(chart.bbox.left + chart.bbox.width, y);
  chart.ctx.stroke();
  chart.ctx.restore();
}

/** Names all that a limit draws: with another one the chart is made anew. */
function shapeOf(limits: readonly ChartLimit[] = NO_LIMITS): string {
  return limits.map(({ value, label, tone }) => `${value}${label}${tone}`).join('\u0002');
}

function toData(frame: Frame, stacked: boolean): uPlot.AlignedData {
  return [[...frame.times], ...plotColumns(frame, stacked)];
}

/** A chart over time on a canvas. Made anew only when its series, theme or size of text change; else fed. */
export const TimeChart = memo(function TimeChart(props: TimeChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const theme = usePaintedTheme();
  const shape = `${theme} ${props.zone} ${props.unit} ${props.stacked === true} ${props.min} ${props.max} ${shapeOf(props.limits)} ${props.frame.series
    .map(({ label, colour, mirrored }) => `${label}\u0000${colour}${mirrored}`)
    .join('\u0001')}`;

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const now = latest.current;
    const made = new uPlot(
      { ...options(now, readLook(), () => latest.current), width: Math.max(element.clientWidth, 100) },
      toData(now.frame, now.stacked === true),
      element,
    );
    chart.current = made;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientWidth !== made.width) {
        made.setSize({ width: element.clientWidth, height: latest.current.height });
      }
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, [shape]);

  useEffect(() => {
    chart.current?.setData(toData(props.frame, props.stacked === true), true);
  }, [props.frame, props.stacked, props.from, props.to]);

  return (
    <div
      ref={host}
      role="img"
      aria-label={props.summary}
      className="w-full"
      style={{ height: props.height }}
    />
  );
});
