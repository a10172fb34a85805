import { wellFormed } from './wellFormed';

/** The text without control characters, which no field of either platform holds; tabs and line breaks stay. Halves of character pairs are replaced. */
export const printable = (text: string): string => wellFormed(text).replace(/\p{Cc}/gu, (sign) => ('\t\n\r'.includes(sign) ? sign : ''));
