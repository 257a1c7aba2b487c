import { isAddress, NameError, NameLookup } from '@stratora/runtime';

/** Finds the address of the device from which a crawl starts; undefined where its name has none. */
export async function findSeed(
  seed: string,
  names: Pick<NameLookup, 'find'> = new NameLookup(),
): Promise<string | undefined> {
  if (isAddress(seed)) return seed;
  try {
    return (await names.find(seed, 0))[0];
  } catch (error) {
    if (error instanceof NameError) return undefined;
    throw error;
  }
}
