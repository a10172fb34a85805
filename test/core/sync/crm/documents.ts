/** Documents and counterparties of MoySklad as its API gives them. */

const API = 'https://api.moysklad.ru/api/remap/1.2';

/** A UUID that is always the same for the same word. */
export function uuid(word: string): string {
	let hash = 0x811c9dc5;
	const part = (salt: string): string => {
		for (const letter of `${salt}${word}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
		return (hash >>> 0).toString(16).padStart(8, '0');
	};
	const hex = ['a', 'b', 'c', 'd'].map(part).join('');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

export const link = (type: string, word: string, more: object = {}): { meta: { href: string; type: string } } => ({
	meta: { href: `${API}/entity/${type}/${uuid(word)}`, type }, ...more,
});

type Json = { id: string } & Record<string, unknown>;

interface PositionFields {
	quantity: number;
	price: number;
	discount?: number;
	vat?: number;
	vatEnabled?: boolean;
}

/** A position of a product whose external code is the word. */
export const position = (word: string, fields: PositionFields): { assortment: object } & PositionFields & { id: string } => ({
	id: uuid(`position ${word}`), discount: 0, vat: 0, vatEnabled: false, ...fields,
	assortment: { ...link('product', word), id: uuid(word), externalCode: word, name: `Товар ${word}`, uom: { name: 'шт', code: '796' } },
});

/** A legal counterparty; `more` says what is special about it. */
export const partner = (word: string, more: object = {}): Json => ({
	...link('counterparty', word), id: uuid(word), externalCode: `ext ${word}`, name: `ООО «${word}»`, companyType: 'legal',
	updated: '2026-11-20 12:00:00.000', created: '2026-11-01 12:00:00.000', archived: false, ...more,
});

/** A customer order without positions. */
export const order = (more: object = {}): Json => {
	const { word = 'order' } = more as { word?: string };
	return {
		...link('customerorder', word, {}), id: uuid(word), externalCode: `ext ${word}`, name: '00042', moment: '2026-11-20 15:00:00.000',
		updated: '2026-11-20 15:30:00.000', created: '2026-11-20 15:00:00.000', applicable: true, sum: 0, payedSum: 0, shippedSum: 0,
		vatEnabled: true, vatIncluded: true, rate: { currency: { ...link('currency', 'RUB'), isoCode: 'RUB' } }, agent: partner('Ромашка'),
		organization: link('organization', 'own'), positions: { meta: { href: '', type: 'customerorderposition' }, rows: [] }, ...more,
	};
};
