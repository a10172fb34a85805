import type { Field } from '../codec/field';
import { decimal, eachIn } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { CmlOffer } from '../model';
import type { XmlElement } from '../xml/element';

/** What an offer says of its stock: in all, store by store, or (null) nothing. */
export type Rests = Pick<CmlOffer, 'quantity' | 'stores'>;

const AMOUNT = 'Количество';

function addStore(offer: Rests, id: string, amount: string | null, name: string, reading: Reading): void {
	const stores = (offer.stores ??= []);
	if (id === '') reading.note('COMMERCEML_ID_MISSING', name);
	// An amount that is not said is not zero.
	else if (amount === null) reading.note('COMMERCEML_VALUE_MISSING', name, { element: AMOUNT });
	else stores.push({ storeId: id, amount });
}

/** Stock beside prices: in all, and store by store in attributes. */
export const STOCK: ReadonlyArray<Field<Rests>> = [
	decimal<Rests>(AMOUNT, 'quantity'),
	{
		name: 'Склад',
		write: (writer, { stores }) => {
			for (const { storeId, amount } of stores ?? []) writer.leaf('Склад', '', { ИдСклада: storeId, КоличествоНаСкладе: amount });
		},
		read: (element, offer, reading) => {
			reading.text(element, ['ИдСклада', 'КоличествоНаСкладе']);
			const amount = reading.decimalIn(element.attributes.get('КоличествоНаСкладе') ?? '', element.name);
			addStore(offer, element.attributes.get('ИдСклада') ?? '', amount, element.name, reading);
		},
	},
];

/** Stock of a light update. */
export const RESTS: Field<Rests> = {
	name: 'Остатки',
	write: (writer, { quantity, stores }) => {
		if (quantity === null && stores === null) return;
		writer.begin('Остатки');
		if (quantity !== null) {
			writer.begin('Остаток');
			writer.leaf(AMOUNT, quantity);
			writer.end('Остаток');
		}
		for (const { storeId, amount } of stores ?? []) {
			writer.begin('Остаток');
			writer.begin('Склад');
			writer.leaf('Ид', storeId);
			writer.leaf(AMOUNT, amount);
			writer.end('Склад');
			writer.end('Остаток');
		}
		writer.end('Остатки');
	},
	read: (element, offer, reading) => eachIn(element, 'Остаток', reading, (rest) => readRest(rest, offer, reading)),
};

function readRest(rest: XmlElement, offer: Rests, reading: Reading): void {
	reading.checkAttributes(rest);
	reading.enter(rest.name);
	for (const child of rest.children) {
		if (child.name === 'Склад') readStore(child, 'Ид', offer, reading);
		else if (child.name !== AMOUNT) reading.unknown(child.name);
		else if (offer.quantity === null) offer.quantity = reading.decimal(child);
		else reading.repeated(child.name);
	}
	reading.leave();
}

/** The store's id in a child of that name, and the amount in it. */
function readStore(store: XmlElement, idName: string, offer: Rests, reading: Reading): void {
	reading.checkAttributes(store);
	reading.enter(store.name);
	let id = '';
	let amount: string | null = null;
	for (const child of store.children) {
		if (child.name === AMOUNT) amount = reading.decimal(child);
		else if (child.name === idName) id = reading.text(child);
		else reading.unknown(child.name);
	}
	reading.leave();
	addStore(offer, id, amount, store.name, reading);
}

/** Another form of stock store by store; never written. */
export const LISTED_STOCK: Field<Rests> = {
	name: 'КоличествоНаСкладах',
	write: () => {},
	read: (element, offer, reading) => eachIn(element, 'КоличествоНаСкладе', reading, (entry) => readStore(entry, 'ИдСклада', offer, reading)),
};
