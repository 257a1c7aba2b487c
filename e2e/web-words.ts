import type { Component, Summary } from '@stratora/contract';

const FEATURES = new URL('../web/src/features/', import.meta.url);

async function load<T>(file: string): Promise<T> {
  return (await import(new URL(file, FEATURES).pathname)) as T;
}

/** The words of the home page, which are the web UI's own. */
export const { headlineOf } = await load<{
  headlineOf: (summary: Summary) => { tone: string; text: string };
}>('home/headline.ts');

/** The words of the page of collectors and agents. */
export const { summarizeCollection } = await load<{
  summarizeCollection: (
    components: readonly Component[],
    nowMs: number,
  ) => { tone: string; text: string; link: { to: string } | undefined };
}>('collection/collection-summary.ts');
