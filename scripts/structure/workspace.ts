/** One npm workspace. */
export interface Workspace {
  folder: string;
  name: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

export interface SourceFile {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
}

/** Whether a file is a test or made for tests alone; such files stand above all rooms. */
export function isTest(path: string): boolean {
  return /\.test(-support)?\.(tsx?|mjs)$/.test(path);
}
