/** What the engine said itself of a target, behind a click: the sentence above it is for people, this is for a search. */
export function EngineWords({ detail }: { readonly detail: string | null }) {
  if (detail === null) return undefined;
  return (
    <details className="mt-0.5">
      <summary className="w-fit rounded-sm text-soft hover:text-text max-md:py-2">
        The engine's own words
      </summary>
      <p className="mt-1 font-mono text-12 break-words text-soft">{detail}</p>
    </details>
  );
}
