/** A sentence in a cell: small, so that twice as much of it fits into the row. */
export function TwoLines({ text }: { readonly text: string }) {
  return (
    <span className="line-clamp-2 text-12 leading-4 whitespace-normal" title={text === '' ? undefined : text}>
      {text}
    </span>
  );
}
