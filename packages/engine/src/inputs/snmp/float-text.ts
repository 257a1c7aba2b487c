const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(inity)?$/i;

/**
 * Reads a number as Telegraf does in the texts of devices (Go's strconv.ParseFloat): decimal, digits set apart by
 * underscores, infinities, NaN; no space, no unit, nothing beyond the range of a double.
 */
export function parseFloatText(text: string): number | undefined {
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (/(?<!\d)_|_(?!\d)/.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  if (!DECIMAL.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

/** Powers of ten from which on, and below which, a number is written with an exponent. */
const LARGE_POWER = 6;
const SMALL_POWER = -4;

/**
 * Writes a number as the tags of Telegraf show it (Go's `%v`): the fewest digits that tell it apart, and an exponent of
 * at least two digits from a million on.
 *
 * @param isSingle true for a number that came as a float of 32 bits
 */
export function formatFloatText(value: number, isSingle = false): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const shortest = isSingle ? shortestSingle(value) : value.toExponential();
  const [mantissa = '', exponent = ''] = shortest.split('e');
  const power = Number(exponent);
  // Between these, JavaScript writes the same digits without an exponent.
  if (power >= SMALL_POWER && power < LARGE_POWER) return String(Number(shortest));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function shortestSingle(value: number): string {
  for (let digits = 0; digits < 9; digits += 1) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toExponential();
}
