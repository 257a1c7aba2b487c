/** The outcome of one test file in one run. Names are full names, for a person to read. */
export interface FileOutcome {
  /** Path from the root of the repository. */
  file: string;
  passed: number;
  failures: readonly Failure[];
  skipped: readonly string[];
}

export interface Failure {
  name: string;
  message: string;
}

/** The outcome of all files of one project, and the errors outside of tests that belong to no file. */
export interface RunOutcome {
  files: readonly FileOutcome[];
  unattributed: readonly Failure[];
}

/** An error that no test caught, and the file that ran then, where the runner knows it. */
export interface StrayError {
  file?: string;
  message: string;
}

/** Adds each stray error to the failures of the file that it came from. */
export function attributeErrors(
  files: readonly FileOutcome[],
  errors: readonly StrayError[],
  project: string,
): RunOutcome {
  const known = new Set(files.map(({ file }) => file));
  const outside = (name: string, { message }: StrayError): Failure => ({
    name: `${name}: outside of tests`,
    message,
  });
  return {
    files: files.map((one) => {
      const own = errors.filter(({ file }) => file === one.file).map((error) => outside(one.file, error));
      return own.length === 0 ? one : { ...one, failures: [...one.failures, ...own] };
    }),
    unattributed: errors
      .filter(({ file }) => file === undefined || !known.has(file))
      .map((error) => outside(project, error)),
  };
}

export function failedFiles({ files }: RunOutcome): string[] {
  return files.filter(({ failures }) => failures.length > 0).map(({ file }) => file);
}
