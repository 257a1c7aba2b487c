const TITLE = /<title[^>]{0,200}>([^<]{0,1000})/i;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
};
const MAX_CODE_POINT = 0x10ffff;

/** Finds the title of a page, its references resolved and its spaces joined; undefined where it has none. */
export function pageTitle(html: string): string | undefined {
  const found = TITLE.exec(html)?.[1];
  if (found === undefined) return undefined;
  const text = found.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (whole, decimal, hex, name) => {
      if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole;
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= MAX_CODE_POINT ? String.fromCodePoint(code) : '';
    },
  );
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain === '' ? undefined : plain;
}
