/** What to do about an alert: a page of the web, or the place in the product's own documentation. */
export function RunbookLink({ address }: { readonly address: string }) {
  return /^https?:\/\//i.test(address) ? (
    <a href={address} target="_blank" rel="noreferrer" className="text-link wrap-anywhere">
      {address}
    </a>
  ) : (
    <span className="font-mono text-12 wrap-anywhere">{address}</span>
  );
}
