/** Spellings of one kind of port, as vendors print them; the first is ours. */
const KINDS: readonly (readonly string[])[] = [
  ['gi', 'gigabitethernet', 'gigabit', 'gige', 'gig', 'ge', 'g'],
  ['fa', 'fastethernet', 'fe'],
  ['eth', 'ethernet', 'ether', 'et', 'e'],
  [
    'te',
    'tengigabitethernet',
    'ten-gigabitethernet',
    'tengige',
    'tengig',
    'ten',
    'xgigabitethernet',
    'xge',
    'tengigethernet',
    'xg',
  ],
  ['tw', 'twogigabitethernet', 'twopointfivegigabitethernet', 'twogige'],
  ['fi', 'fivegigabitethernet', 'fivegige'],
  ['twe', 'twentyfivegige', 'twentyfivegigabitethernet', 'twenty-fivegige'],
  ['fo', 'fortygigabitethernet', 'fortygige', 'forty-gigabitethernet', 'fge'],
  ['fif', 'fiftygige', 'fiftygigabitethernet'],
  ['hu', 'hundredgige', 'hundredgigabitethernet', 'hundred-gigabitethernet', 'hge'],
  ['fou', 'fourhundredgige', 'fourhundredgigabitethernet'],
  ['po', 'port-channel', 'portchannel', 'port-ch'],
  ['be', 'bundle-ether'],
  ['bagg', 'bridge-aggregation'],
  ['lo', 'loopback'],
  ['vl', 'vlan', 'vlan-interface'],
  ['mgmt', 'management', 'ma', 'mgt'],
  ['tu', 'tunnel'],
  ['se', 'serial'],
];
const OWN_WORD = new Map(KINDS.flatMap(([own = '', ...others]) => others.map((word) => [word, own])));

/** A name of a port behind the name of its bridge, as RouterOS sends it: `bridge1/ether5`, `lan/sfp-sfpplus1`. */
const BEHIND_BRIDGE = /^[^/]+\/([a-z][a-z-]*\d[^/]*)$/;
/** Words that come with the number of a port: `Unit: 1 Slot: 0 Port: 12 Gigabit`, `Port 5 on Unit 1`. */
const UNIT_SLOT_PORT =
  /(?:unit\s*:?\s*(\d+)[\s,]+)?(?:slot\s*:?\s*(\d+)[\s,]+)?port\s*:?\s*(\d+(?:[/:.]\d+)*)(?:\s+on\s+unit\s+(\d+))?/;
const LONGEST = 200;

/**
 * Lists the texts under which a port may be known, the closest first: `GigabitEthernet1/0/4` and `Gi1/0/4` share one, so do
 * `ge-0/0/1.0` and `ge-0/0/1`, `1:3` and `1/3`, `bridge/ether1` and `ether1`. Two names are of one port where one of these
 * texts is the same and no other port has it.
 */
export function portForms(text: string): readonly string[] {
  // A letter that the cut takes apart would be no text that can be kept.
  const base = text.slice(0, LONGEST).toWellFormed().trim().toLowerCase();
  if (base === '') return [];
  const forms = new Set<string>();
  const add = (form: string | undefined) => {
    if (form === undefined || form === '') return;
    forms.add(form);
    forms.add(shortForm(form));
  };
  add(base);
  add(BEHIND_BRIDGE.exec(base)?.[1]);
  if (base.includes('@')) add(base.slice(0, base.indexOf('@')));
  if (base.includes(',')) add(base.slice(0, base.indexOf(',')));
  add(numbered(base));
  const unit = /^(.*\d)\.\d+$/.exec(base)?.[1];
  add(unit);
  // `Eth 1/28` is how some call what others call port 28 on unit 1.
  add(/^eth(\d+(?:\/\d+)+)$/.exec(shortForm(base))?.[1]);
  return [...forms];
}

/** Writes a name with the short word for its kind, and its numbers without zeros in front. */
function shortForm(name: string): string {
  const [, word = '', dash = '', numbers] = /^([a-z-]*?)(-?)(\d.*)$/.exec(name.replaceAll(/\s+/g, '')) ?? [];
  if (numbers === undefined) return name;
  const plain = numbers.replaceAll(':', '/').replaceAll(/(?<!\d)0+(?=\d)/g, '');
  // `ge-0/0/1` is Juniper's, and another kind of name than `Ge0/0/1`.
  return dash === '' ? `${OWN_WORD.get(word) ?? word}${plain}` : `${word}-${plain}`;
}

function numbered(base: string): string | undefined {
  const found = base.includes('port') ? UNIT_SLOT_PORT.exec(base) : null;
  if (found === null) return undefined;
  const [, unit, slot, port, behind] = found;
  const parts = [unit ?? behind, slot, port].filter((part) => part !== undefined);
  return parts.length > 1 ? parts.join('/') : undefined;
}
