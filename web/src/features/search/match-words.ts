/** Whether every word of the question begins or is inside a word of the text; an empty question matches all. */
export function matchesWords(text: string, question: string): boolean {
  const lower = text.toLowerCase();
  return question
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
