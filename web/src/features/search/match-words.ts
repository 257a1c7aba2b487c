/** Tells whether the text contains every word of the question; an empty question matches all. */
export function matchesWords(text: string, question: string): boolean {
  const lower = text.toLowerCase();
  return question
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
