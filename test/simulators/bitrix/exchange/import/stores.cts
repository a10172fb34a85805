import type { StoreRow } from '../../catalog/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, textOf, type XmlNode } from '../xml/node.cts';
import { MetadataError } from './metadataError.cts';

/** Finds the file's stores by external code and renames them, or makes them. */
export function importStores(site: ExchangeSite, books: readonly XmlNode[]): void {
	for (const list of books.flatMap((book) => childrenOf(book, 'Склады'))) {
		const stores = childrenOf(list, 'Склад');
		if (stores.length === 0) throw new MetadataError('Список складов пуст.');
		for (const store of stores) importStore(site, store);
	}
}

function importStore({ portal, settings }: ExchangeSite, node: XmlNode): void {
	const { stores } = portal.store;
	const xmlId = textOf(node, 'Ид') ?? '';
	const known = stores.all().find((store) => store.xmlId === xmlId);
	const given = readStore(node);
	if (!known && settings.singleStore && stores.size > 0)
		throw new MetadataError('Редакция продукта допускает только один склад.');
	const now = portal.now();
	if (known) stores.update(known.id, { ...given, dateModify: now });
	else stores.add({ ...BLANK, ...given, xmlId, dateCreate: now, dateModify: now });
}

/** Only what the file says. */
function readStore(node: XmlNode): Partial<StoreRow> {
	const address = child(node, 'Адрес');
	const shown = textOf(address, 'Представление') ?? '';
	if (address && shown === '') throw new MetadataError('Не указан адрес склада.');
	const description = textOf(node, 'Комментарий');
	const phone = childrenOf(child(node, 'Контакты'), 'Контакт').find((contact) =>
		textOf(contact, 'Тип')?.startsWith('Телефон'),
	);
	return {
		title: textOf(node, 'Наименование') ?? '',
		...(address && { address: shown }),
		...(description !== undefined && { description }),
		...(phone && { phone: textOf(phone, 'Значение') ?? '' }),
	};
}

const BLANK: Omit<StoreRow, 'id' | 'dateCreate' | 'dateModify'> = {
	title: '',
	active: 'Y',
	address: '',
	description: null,
	gpsN: null,
	gpsS: null,
	imageId: null,
	userId: 1,
	modifiedBy: 1,
	phone: null,
	schedule: null,
	xmlId: null,
	sort: 100,
	email: null,
	issuingCenter: 'N',
	code: null,
};
