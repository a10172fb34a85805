/** Which object of a portal a customer order was made from, as its external code says. */
export type BornFrom = { deal: number } | { storeOrder: string } | undefined;

/**
 * Reads the external code that orders get when they are made from a deal (`bitrix:<site key>:deal:<id>`) or from an order of the
 * portal's store (`bitrix:<site key>:<id>`). Undefined for what was born in MoySklad or belongs to another portal.
 */
export function bornFrom(externalCode: string | null, siteKey: string): BornFrom {
	const prefix = `bitrix:${siteKey}:`;
	if (externalCode === null || !externalCode.startsWith(prefix)) return undefined;
	const [, isDeal, id = ''] = /^(deal:)?(\d{1,15})$/.exec(externalCode.slice(prefix.length)) ?? [];
	if (id === '') return undefined;
	return isDeal ? { deal: Number(id) } : { storeOrder: id };
}
