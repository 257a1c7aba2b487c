import { createHash } from 'node:crypto';
import type { EngineChoice } from '@stratora/contract';
import {
  type TelegrafConfig,
  UnrenderableValueError,
  type WriteOptions,
  writeConfig,
  writeInputBlock,
} from '@stratora/telegraf';
import type { LeftOutNode } from '../../platform/db/index.ts';
import { needsEmbeddedEngine, type RenderTarget, targetInputs } from './target-inputs.ts';

/** The component that a config is for. */
export interface RenderComponent {
  id: string;
  type: 'collector' | 'agent';
  hostname: string;
  engineChoice: EngineChoice;
}

export interface RenderedText {
  /** The telegraf.conf, without any output: the component adds its own. */
  text: Buffer;
  /** SHA-256 of the text, in hex; the ETag of its delivery. */
  hash: string;
  /** Nodes with a value that cannot be written. */
  leftOut: LeftOutNode[];
  nodeCount: number;
}

const INTERVAL_MS = 10_000;
const PACE_OF_TELEGRAF =
  'it is a fragile device with a pace, which Telegraf cannot keep to; the embedded engine does';

function head(component: RenderComponent): TelegrafConfig {
  const collects = component.type === 'collector';
  return {
    agent: {
      intervalMs: INTERVAL_MS,
      roundInterval: true,
      // Many targets spread over a few seconds; a host's own counters are read at once.
      collectionJitterMs: collects ? 3000 : 0,
      flushIntervalMs: 1000,
      metricBatchSize: 5000,
      metricBufferLimit: 100_000,
      hostname: component.hostname,
      omitHostname: collects,
    },
    globalTags: collects ? { collector_id: component.id } : {},
    inputs: [],
    outputs: [],
  };
}

/**
 * The comment that names the engine which somebody chose for the component: part of the text, so that a change of the
 * engine is checked, tried and rolled back like any other.
 */
function engineLine({ engineChoice }: RenderComponent): string[] {
  return engineChoice === 'auto' ? [] : [`# stratora: engine = "${engineChoice}"`];
}

/** Characters that are made into bytes and hashed at a time, roughly. */
const PIECE = 256 * 1024;

/**
 * Renders the telegraf.conf of a component: a pure function, so that the same rows give the same bytes and the same
 * hash. A node with a value that cannot be written is left out and named, and the others go on.
 *
 * @param targets in the order of their ids
 * @yields after each piece, so that other work can have its turn
 */
export function* renderConfigTextSteps(
  component: RenderComponent,
  targets: Iterable<RenderTarget>,
): Generator<undefined, RenderedText> {
  // Telegraf refuses the whole text over what it takes for a reference to a secret store.
  const options = { refuseSecretReferences: component.engineChoice === 'telegraf' };
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  const leftOut: LeftOutNode[] = [];
  let piece = [...engineLine(component), writeConfig(head(component))].join('\n');
  let nodeCount = 0;
  const flush = () => {
    const bytes = Buffer.from(piece);
    hash.update(bytes);
    pieces.push(bytes);
    piece = '';
  };
  for (const target of targets) {
    const rendered =
      component.engineChoice === 'telegraf' && needsEmbeddedEngine(target)
        ? { blocks: [], fault: PACE_OF_TELEGRAF }
        : renderTarget(target, options);
    if (rendered.fault === undefined) {
      for (const block of rendered.blocks) piece += `\n${block}`;
      nodeCount += 1;
    } else {
      const { id, name } = target.node;
      leftOut.push({ node_id: id, name, reason: rendered.fault });
    }
    if (piece.length < PIECE) continue;
    flush();
    yield undefined;
  }
  flush();
  return { text: Buffer.concat(pieces), hash: hash.digest('hex'), leftOut, nodeCount };
}

/** Renders without a pause; targets in any order. */
export function renderConfigText(component: RenderComponent, targets: readonly RenderTarget[]): RenderedText {
  const inOrder = targets.toSorted((a, b) => (a.node.id < b.node.id ? -1 : 1));
  const steps = renderConfigTextSteps(component, inOrder);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function renderTarget(target: RenderTarget, options: WriteOptions): { blocks: string[]; fault?: string } {
  try {
    return { blocks: targetInputs(target).map((block) => writeInputBlock(block, 0, options)) };
  } catch (error) {
    if (error instanceof UnrenderableValueError) return { blocks: [], fault: error.message };
    throw error;
  }
}
