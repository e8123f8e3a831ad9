/** Marks that reorder text around them: embeddings, overrides and isolates. Languages written from right to left need none. */
const reordering = /[\u202A-\u202E\u2066-\u2069]/g;

/** A text with the marks in it spelt out that would make it read as something else than it says. */
export const showControls = (text: string): string =>
  text.replace(reordering, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`);
