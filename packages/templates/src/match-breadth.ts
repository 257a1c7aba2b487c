import type { DeviceTemplate } from '@stratora/contract';

/** A fault of a template at a path such as `match.sys_descr.0`. */
export interface TemplateFault {
  readonly path: string;
  readonly message: string;
}

/** A prefix of sysObjectID names an enterprise at least: 1.3.6.1.4.1.N. */
const ENTERPRISE_ARCS = 7;
const ENTERPRISES = '1.3.6.1.4.1.';
/** sysObjectIDs that agents of many vendors answer: net-snmp on Linux and FreeBSD, and Windows. */
const OF_MANY = ['1.3.6.1.4.1.8072.3.2.10', '1.3.6.1.4.1.8072.3.2.8', '1.3.6.1.4.1.311.1.1.3.1'];
/** System descriptions that have nothing in common. */
const STRANGERS = [
  'Linux gateway 5.10.0-8-amd64 #1 SMP x86_64',
  'Cisco IOS Software, C2960 Software, Version 15.0(2)SE4, RELEASE SOFTWARE (fc1)',
  'Hardware: Intel64 Family 6 - Software: Windows Version 6.3',
  'APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.4.0)',
  'HP LaserJet 400',
];
/** A repeated group that repeats inside: on some texts it takes for ever. */
const ENDLESS = /\([^()]*[+*}][^()]*\)[+*{]/;

/**
 * Finds signs of a template that would take devices of everybody: a prefix above an enterprise, or one that agents of many
 * vendors answer; a pattern that any description has, that is none, or that can take for ever.
 */
export function matchFaults({ match }: Pick<DeviceTemplate, 'match'>): TemplateFault[] {
  return [
    ...match.sys_object_ids.flatMap((oid, at) => faultAt(`match.sys_object_ids.${at}`, prefixFault(oid))),
    ...match.sys_descr.flatMap((text, at) => faultAt(`match.sys_descr.${at}`, patternFault(text))),
  ];
}

function faultAt(path: string, message: string | undefined): TemplateFault[] {
  return message === undefined ? [] : [{ path, message }];
}

function prefixFault(text: string): string | undefined {
  const bare = text.replace(/^\./, '');
  const oid = /^1\.[023](\.|$)/.test(bare) ? bare : `${ENTERPRISES}${bare}`;
  if (!oid.startsWith(ENTERPRISES) || oid.split('.').length < ENTERPRISE_ARCS)
    return 'would take the devices of every vendor: name an enterprise at least, as 1.3.6.1.4.1.9';
  const many = OF_MANY.find((one) => one === oid || one.startsWith(`${oid}.`));
  return many === undefined
    ? undefined
    : `would take every device that answers ${many}, as those of many vendors do`;
}

function patternFault(text: string): string | undefined {
  let pattern: RegExp;
  try {
    pattern = new RegExp(text);
  } catch {
    return 'is no regular expression';
  }
  if (ENDLESS.test(text)) return 'repeats a group that repeats inside, which can take for ever';
  const taken = STRANGERS.filter((stranger) => pattern.test(stranger));
  if (pattern.test('') || taken.length > 1)
    return `would take devices of everybody${taken[0] === undefined ? '' : `, such as "${taken[0].slice(0, 40)}"`}`;
  return undefined;
}
