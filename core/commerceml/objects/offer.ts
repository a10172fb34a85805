import { Fields } from '../codec/field';
import { cmlGood, cmlOffer, type CmlGood, type CmlOffer } from '../model';
import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';
import { READ_FIELDS } from './item';
import { PRICES } from './price';
import { LISTED_STOCK, RESTS, STOCK } from './rests';

const GOOD = new Fields<CmlGood>(READ_FIELDS);
const OFFER = new Fields<CmlOffer>([...READ_FIELDS, PRICES, ...STOCK, RESTS, LISTED_STOCK]);

/** An element `Товар`. What of it is not understood goes to the findings of `reading`. */
export function readGood(element: XmlElement, reading: Reading): CmlGood {
	const good = cmlGood({ id: '' });
	readItem(GOOD, element, good, reading);
	return good;
}

/** An element `Предложение`, whole or light (only an id with prices or stock): what it does not say is null. */
export function readOffer(element: XmlElement, reading: Reading): CmlOffer {
	const offer = cmlOffer({ id: '' });
	readItem(OFFER, element, offer, reading);
	return offer;
}

function readItem<Item extends CmlGood>(fields: Fields<Item>, element: XmlElement, item: Item, reading: Reading): void {
	reading.object = element.textOf('Ид');
	fields.read(element, item, reading);
	if (item.id === '') reading.note('COMMERCEML_ID_MISSING', element.name);
	reading.object = null;
}
