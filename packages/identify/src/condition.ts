import type { Evidence, HeldObject } from './evidence.ts';
import { isBelow, wholeOid } from './object-name.ts';
import type { Condition } from './rule-schema.ts';

/**
 * Weights of what a condition names; those of one condition add up. An arc of sysObjectID below the enterprise counts as
 * much as the enterprise itself, so that a longer prefix beats a shorter one; a word of sysDescr beats two of them, since
 * agents of many vendors share a tree; an object of the vendor's own beats a word.
 */
export const SIGN_WEIGHTS = {
  enterprise: 10,
  arc: 10,
  descr: 25,
  name: 15,
  holds: 30,
  web: 20,
  ports: 5,
  services: 5,
} as const;
const ENTERPRISE_ARCS = 6;

/** Evidence in the form that conditions are asked against, made once for each device. */
export interface Scene {
  readonly objectId: string;
  /** What `objectId` is, in words. */
  readonly objectWord: string;
  readonly descr: string;
  readonly name: string;
  /** All that its web server says, in one text. */
  readonly web: string;
  readonly services: number | undefined;
  readonly held: ReadonlyMap<string, HeldObject>;
  readonly ports: ReadonlySet<number>;
}

/** A condition, ready to be asked. */
export interface Sign {
  readonly under: string | undefined;
  readonly holds: string | undefined;
  /** Sum of the weights of what it names. */
  readonly weight: number;
  /** Whether all but what the device must be asked for is so. */
  mayHold(scene: Scene): boolean;
  holdsIn(scene: Scene): boolean;
  /** What was seen, in words, for a scene in which it holds. */
  words(scene: Scene): string;
}

/** Most characters of a text of a device that patterns look at. */
const MAX_TEXT = 2_048;
const NOTHING_HELD: ReadonlyMap<string, HeldObject> = new Map();

export function sceneOf(evidence: Evidence): Scene {
  const { web = {}, openPorts = [] } = evidence;
  return {
    objectId: (evidence.sysObjectId ?? '').replace(/^\./, ''),
    objectWord: 'sysObjectID',
    descr: (evidence.sysDescr ?? '').slice(0, MAX_TEXT),
    name: (evidence.sysName ?? '').slice(0, MAX_TEXT),
    web: [web.server, web.title, web.certificateSubject].filter(Boolean).join('\n').slice(0, MAX_TEXT),
    services: evidence.sysServices,
    held: evidence.held ?? NOTHING_HELD,
    ports: new Set(openPorts),
  };
}

/** Compiles a condition. */
export function compileCondition(condition: Condition): Sign {
  const under = condition.under === undefined ? undefined : wholeOid(condition.under);
  const holds = condition.holds === undefined ? undefined : wholeOid(condition.holds);
  const descr = pattern(condition.descr);
  const notDescr = pattern(condition.not_descr);
  const name = pattern(condition.name);
  const web = pattern(condition.web);
  const says = pattern(condition.says);
  const { ports, services } = condition;
  const mayHold = (scene: Scene): boolean =>
    (under === undefined || isBelow(scene.objectId, under)) &&
    (descr === undefined || descr.test(scene.descr)) &&
    (notDescr === undefined || !notDescr.test(scene.descr)) &&
    (name === undefined || name.test(scene.name)) &&
    (web === undefined || web.test(scene.web)) &&
    (ports === undefined || ports.every((port) => scene.ports.has(port))) &&
    (services === undefined || services.includes(scene.services ?? -1));
  const isHeld = (scene: Scene): boolean => {
    if (holds === undefined) return true;
    const object = scene.held.get(holds);
    return object !== undefined && (says === undefined || says.test(object.text));
  };
  return {
    under,
    holds,
    weight: weightOf(condition, under),
    mayHold,
    holdsIn: (scene) => mayHold(scene) && isHeld(scene),
    words: (scene) => wordsOf({ under, holds, descr, name, web, ports, services }, scene),
  };
}

function pattern(text: string | undefined): RegExp | undefined {
  return text === undefined ? undefined : new RegExp(text, 'i');
}

function weightOf(condition: Condition, under: string | undefined): number {
  const arcs = under === undefined ? 0 : under.split('.').length - ENTERPRISE_ARCS;
  return (
    (arcs > 0
      ? SIGN_WEIGHTS.enterprise + (arcs - 1) * SIGN_WEIGHTS.arc
      : under === undefined
        ? 0
        : SIGN_WEIGHTS.arc) +
    (condition.descr === undefined ? 0 : SIGN_WEIGHTS.descr) +
    (condition.name === undefined ? 0 : SIGN_WEIGHTS.name) +
    (condition.web === undefined ? 0 : SIGN_WEIGHTS.web) +
    (condition.holds === undefined ? 0 : SIGN_WEIGHTS.holds) +
    (condition.ports === undefined ? 0 : condition.ports.length * SIGN_WEIGHTS.ports) +
    (condition.services === undefined ? 0 : SIGN_WEIGHTS.services)
  );
}

interface Named {
  readonly under: string | undefined;
  readonly holds: string | undefined;
  readonly descr: RegExp | undefined;
  readonly name: RegExp | undefined;
  readonly web: RegExp | undefined;
  readonly ports: readonly number[] | undefined;
  readonly services: readonly number[] | undefined;
}

/** Most characters of a device's text that a reason quotes. */
const MAX_QUOTED = 60;

function wordsOf({ under, holds, descr, name, web, ports, services }: Named, scene: Scene): string {
  const parts: string[] = [];
  if (under !== undefined) parts.push(`${scene.objectWord} ${scene.objectId} is in ${under}`);
  if (descr !== undefined) parts.push(`sysDescr has "${quoted(descr, scene.descr)}"`);
  if (name !== undefined) parts.push(`sysName has "${quoted(name, scene.name)}"`);
  if (web !== undefined) parts.push(`its web server says "${quoted(web, scene.web)}"`);
  if (holds !== undefined) parts.push(`it has objects below ${holds}`);
  if (ports !== undefined) parts.push(`TCP ${ports.join(', ')} is open`);
  if (services !== undefined) parts.push(`sysServices is ${scene.services}`);
  return parts.join(', and ');
}

function quoted(found: RegExp, text: string): string {
  const match = found.exec(text)?.[0] ?? '';
  return match.length <= MAX_QUOTED ? match.trim() : `${match.slice(0, MAX_QUOTED).trim()}...`;
}
