import type { PANEL_UNITS } from '@stratora/contract';
export type Unit = (typeof PANEL_UNITS)[number];
/** Three significant digits, without a tail of zeros: 0, 1.25, 12.5, 125, 1,250. */
export declare function formatNumber(value: number): string;
/** Memory and storage: base 1024, as the field writes them. */
export declare function formatBytes(bytes: number): string;
/** Network and disk throughput: base 1000. */
export declare function formatBytesPerSecond(rate: number): string;
export declare function formatBitsPerSecond(rate: number): string;
/** A length of time in its two largest steps: 45 s, 4 min, 2 h 5 min, 12 d 4 h. Below a second in milliseconds. */
export declare function formatDuration(seconds: number): string;
/** A value in its unit, scaled and written as people write it; an en dash where there is none. */
export declare function formatValue(value: number | null | undefined, unit: Unit): string;
/** Writes a value for an axis: shorter than `formatValue`, so that labels line up. */
export declare function formatTick(value: number, unit: Unit): string;
export declare function formatCount(count: number): string;
/** Counts things in words: `plural(1, 'node')` is "1 node", `plural(1200, 'node')` is "1,200 nodes". */
export declare function plural(count: number, one: string, many?: string): string;
