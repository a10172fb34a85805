/** A person's name in the parts that Bitrix has fields for. */
export interface PersonName {
	NAME: string;
	SECOND_NAME?: string;
	LAST_NAME?: string;
}

/** Endings of patronymics; some surnames have them too. */
const PATRONYMIC = /(вич|вна|ична|оглы|кызы)$/i;

/**
 * The parts of a name. MoySklad's own fields count; else only three words are divided of which one alone can be the patronymic,
 * since it tells which word is which: "Иванов Иван Иванович", "Иван Иванович Иванов". Anything else stays whole.
 */
export function personName(name: string, parts: { first: string | null; middle: string | null; last: string | null }): PersonName {
	if (parts.first !== null) return named(parts.first, parts.middle, parts.last);
	const [one = '', two = '', three = '', more] = name.trim().split(/\s+/);
	const [inTheMiddle, atTheEnd] = [PATRONYMIC.test(two), PATRONYMIC.test(three)];
	if (more !== undefined || three === '' || inTheMiddle === atTheEnd) return named(name.trim(), null, null);
	return atTheEnd ? named(two, three, one) : named(one, two, three);
}

const named = (first: string, middle: string | null, last: string | null): PersonName => ({
	NAME: first,
	...(middle !== null && { SECOND_NAME: middle }),
	...(last !== null && { LAST_NAME: last }),
});
