/** One npm workspace. */
export interface Workspace {
  folder: string;
  name: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  path: string;
  text: string;
}

/** Tells whether a file is a test or made for tests alone; such files are above all rooms. */
export function isTest(path: string): boolean {
  return /\.test(-support)?\.(tsx?|mjs)$/.test(path);
}
