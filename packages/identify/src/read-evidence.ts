import { isSnmpError } from '@stratora/snmp';
import { readDeviceTexts } from './device-text.ts';
import type { EntityRow, Evidence, HeldObject } from './evidence.ts';
import type { EvidenceSource } from './evidence-source.ts';
import { chooseFamily } from './family-choice.ts';
import { enterpriseOf } from './object-name.ts';
import { objectsToAsk, subtreesToAsk } from './questions.ts';
import type { RuleBook } from './rule-book.ts';
import { sceneFor } from './scene-choice.ts';

const SYS_DESCR = '1.3.6.1.2.1.1.1.0';
const SYS_OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const SYS_NAME = '1.3.6.1.2.1.1.5.0';
const SYS_SERVICES = '1.3.6.1.2.1.1.7.0';

/** Columns of ENTITY-MIB::entPhysicalTable (RFC 6933): class, descr, firmware, software, serial, manufacturer, model. */
const ENTITY_COLUMNS = [5, 2, 9, 10, 11, 12, 13].map((column) => `1.3.6.1.2.1.47.1.1.1.1.${column}`);
/** Rows of entities that are read: the chassis stands before its ports and sensors. */
const MAX_ENTITIES = 48;
/** Subtrees asked for with one PDU: with longer ones old agents say tooBig. */
const SUBTREES_PER_REQUEST = 60;

/**
 * Reads from a device what identifies it, and no more: one GET of four objects; for an agent that says little, the list
 * of probes, until one is answered; one GET of what its family keeps its model and serial number in; the chassis of
 * ENTITY-MIB where that is still missing. About a dozen requests at most, one after the other, all of them reads.
 *
 * @param known what was found by other ways, which stays
 * @throws what the source throws at the first question; a later one to which the device fails is left unanswered
 */
export async function readEvidence(
  source: EvidenceSource,
  book: RuleBook,
  known: Evidence = {},
): Promise<Evidence> {
  const system = await source.get([SYS_DESCR, SYS_OBJECT_ID, SYS_NAME, SYS_SERVICES]);
  const first: Evidence = {
    ...known,
    sysDescr: known.sysDescr ?? system.get(SYS_DESCR),
    sysObjectId: known.sysObjectId ?? system.get(SYS_OBJECT_ID),
    sysName: known.sysName ?? system.get(SYS_NAME),
    sysServices: known.sysServices ?? layersOf(system.get(SYS_SERVICES)),
  };
  const held = await askSubtrees(source, subtreesToAsk(first, book));
  const second: Evidence = { ...first, held };
  const values = await orNothing(source.get(objectsToAsk(second, book)));
  const third: Evidence = { ...second, values };
  const { model, serial, firmware } = readDeviceTexts(third, chooseFamily(book, sceneFor(third, book))?.of);
  if (model !== undefined && serial !== undefined && firmware !== undefined) return third;
  const rows = await orNothing(source.rows(ENTITY_COLUMNS, MAX_ENTITIES));
  return { ...third, entities: [...rows.values()].slice(0, MAX_ENTITIES).map(entityOf) };
}

/**
 * Asks for subtrees, some at a time, until one of an enterprise is held; then for all others of that enterprise, which
 * tell its products apart.
 */
async function askSubtrees(
  source: EvidenceSource,
  subtrees: readonly string[],
): Promise<Map<string, HeldObject>> {
  const held = new Map<string, HeldObject>();
  const ask = async (some: readonly string[]) => {
    const found = await orNothing(source.firstBelow(some));
    for (const [subtree, object] of found) held.set(subtree, object);
  };
  for (let at = 0; at < subtrees.length; at += SUBTREES_PER_REQUEST) {
    await ask(subtrees.slice(at, at + SUBTREES_PER_REQUEST));
    const owners = new Set([...held.keys()].map(enterpriseOf).filter((number) => number !== undefined));
    if (owners.size === 0) continue;
    const rest = subtrees.slice(at + SUBTREES_PER_REQUEST);
    const siblings = rest.filter((subtree) => owners.has(enterpriseOf(subtree) ?? -1));
    if (siblings.length > 0) await ask(siblings.slice(0, SUBTREES_PER_REQUEST));
    break;
  }
  return held;
}

function layersOf(text: string | undefined): number | undefined {
  return text === undefined || !/^\d{1,3}$/.test(text) ? undefined : Number(text);
}

/** A device that answered once and then does not is known by what it said. */
async function orNothing<T>(answer: Promise<ReadonlyMap<string, T>>): Promise<ReadonlyMap<string, T>> {
  try {
    return await answer;
  } catch (error) {
    if (!isSnmpError(error)) throw error;
    return new Map();
  }
}

function entityOf(texts: readonly string[]): EntityRow {
  const [physicalClass = '', description = '', firmware = '', software = '', serial = ''] = texts;
  const [, , , , , manufacturer = '', model = ''] = texts;
  return {
    physicalClass: Number(physicalClass) || 0,
    description,
    firmware,
    software,
    serial,
    manufacturer,
    model,
  };
}
