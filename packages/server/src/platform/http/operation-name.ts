/** The facts of an operation from which its name follows. */
export interface OperationFacts {
  method: string;
  /** The path as the document has it, such as `/api/v1/nodes/{id}`. */
  path: string;
  /** Whether it answers a page of a list. */
  answersList: boolean;
  /** Whether there is a path for one member of what this path names. */
  hasMembers: boolean;
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'post',
  PUT: 'replace',
  PATCH: 'update',
  DELETE: 'delete',
};

/** Names an operation after its method and path, as clients call their functions: `listNodes`, `updateNode`. */
export function operationName({ method, path, answersList, hasMembers }: OperationFacts): string {
  const parts = path.replaceAll('/api/v1', '').split('/').slice(1);
  const creates = method === 'POST' && hasMembers;
  const words = parts.flatMap((part, index) => {
    if (isParameter(part)) return [];
    const isOne = isParameter(parts[index + 1]) || (creates && index === parts.length - 1);
    return [isOne ? singular(part) : part];
  });
  const verb = creates ? 'create' : method === 'GET' && answersList ? 'list' : (VERBS[method] ?? method);
  return verb + words.map(pascal).join('');
}

function isParameter(part: string | undefined): boolean {
  return part?.startsWith('{') ?? false;
}

function singular(word: string): string {
  return word.replace(/s$/, '');
}

function pascal(words: string): string {
  return words.replace(/(?:^|[^a-zA-Z0-9])([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
