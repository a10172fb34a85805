import type { XmlElement } from '../xml/element';
import { readXml, type ByteChunks, type XmlReadOptions } from '../xml/reading';

/** One entry of a list of the site: the id is what its orders carry. */
export interface ShopEntry {
	id: string;
	name: string;
}

/** What orders of a site refer to by id. */
export interface ShopBooks {
	statuses: ShopEntry[];
	paySystems: ShopEntry[];
	deliveries: ShopEntry[];
}

/** Sites write the first letter of the list of statuses in Latin. */
const LISTS: ReadonlyArray<readonly [keyof ShopBooks, RegExp]> = [
	['statuses', /^[CС]татусы$/],
	['paySystems', /^ПлатежныеСистемы$/],
	['deliveries', /^СлужбыДоставки$/],
];

/** The statuses, pay systems and deliveries of a site. Throws what XmlScanner throws. */
export async function readShopInfo(chunks: ByteChunks, options: XmlReadOptions = {}): Promise<ShopBooks> {
	const root = await readXml(chunks, options);
	const entries = LISTS.map(([key, name]) => [key, root.children.filter((list) => name.test(list.name)).flatMap(entriesOf)] as const);
	return { statuses: [], paySystems: [], deliveries: [], ...Object.fromEntries(entries) };
}

const entriesOf = (list: XmlElement): ShopEntry[] =>
	list.all('Элемент').flatMap((one) => {
		const id = one.textOf('Ид')?.trim() ?? '';
		return id === '' ? [] : [{ id, name: one.textOf('Название')?.trim() || id }];
	});
