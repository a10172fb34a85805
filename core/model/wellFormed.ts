/** The text with a replacement character for each half of a character pair that stands alone: no address and no database takes those. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');
