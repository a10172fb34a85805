/** No address is longer (RFC 5321), and MoySklad takes no longer text in its field. */
const LONGEST = 254;

/** Longer texts are no lists of somebody's addresses; reading them would take a time that grows with the square of their length. */
const LONGEST_LIST = 4096;

const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>."]{2,}$/;

/** An address that MoySklad takes; undefined for anything else, since one wrong field would stop the whole counterparty. */
export function validEmail(text: string | null | undefined): string | undefined {
	const address = text?.trim() ?? '';
	return address.length <= LONGEST && ADDRESS.test(address) ? address : undefined;
}

/**
 * Each address in a text such as "Ivan <Ivan@Mail.ru>; anna @ mail.ru" in the form in which it is compared. What stands before
 * the @ is left alone but for its case: dots and "+tags" mean something to some providers and nothing to others.
 */
export function emailKeys(text: string | null | undefined): string[] {
	const parts = (text ?? '').slice(0, LONGEST_LIST).replace(/\s*@\s*/g, '@').split(/[\s,;<>"()]+|mailto:/i);
	return [...new Set(parts.flatMap((part) => validEmail(part.replace(/[.:]+$/, ''))?.toLowerCase() ?? []))];
}
