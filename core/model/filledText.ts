/** What is given as a text without spaces around it; null for nothing, and for nothing but spaces. */
export const filledText = (value: string | number | boolean | null | undefined): string | null => String(value ?? '').trim() || null;
