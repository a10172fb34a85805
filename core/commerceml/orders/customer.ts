import type { Customer, OrderProperty } from '../../model/order';
import { eachIn } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';
import { passedOver, readPair, readParts } from './parts';

/** The buyer of an order, and what else the document says of him. */
export interface ReadCustomer {
	customer: Customer;
	/** Where he lives or receives his goods, in one line; null when it is not said. */
	address: string | null;
	/** What has no place in the model of a customer, such as codes of statistics. */
	properties: OrderProperty[];
}

/** Address of a company that is a fact of law, and those where goods may go. */
const LEGAL_ADDRESS = 'ЮридическийАдрес';
const ADDRESSES = ['Адрес', 'АдресРегистрации', LEGAL_ADDRESS];

const PHONE = /телефон|phone/i;
const EMAIL = /почта|e-?mail/i;

class CustomerReader {
	private readonly texts = new Map<string, string>();
	private readonly addresses = new Map<string, string>();
	private readonly others: Array<{ name: string; value: string }> = [];
	private phone = '';
	private email = '';
	private contactPerson = '';

	constructor(private readonly reading: Reading) {}

	read(element: XmlElement): ReadCustomer {
		const { reading } = this;
		const known = new Set(['Роль', 'Контакты', 'Представители', 'РасчетныеСчета', ...ADDRESSES]);
		const leaves = element.children.filter(({ name, children }) => !known.has(name) && children.length === 0);
		readParts(
			element,
			reading,
			{
				Роль: passedOver,
				// Of no use to an order, and nothing that should travel.
				РасчетныеСчета: passedOver,
				Контакты: (one) => this.readContacts(one),
				Представители: (one) => this.readRepresentatives(one),
				...Object.fromEntries(ADDRESSES.map((name) => [name, (one: XmlElement) => this.readAddress(one)])),
				...Object.fromEntries(leaves.map(({ name }) => [name, (one: XmlElement) => void this.texts.set(name, reading.text(one).trim())])),
			},
		);
		// A company has an official name, even if nothing stands in it.
		return this.made(element.child('ОфициальноеНаименование') !== undefined);
	}

	private made(isLegal: boolean): ReadCustomer {
		const shown = this.take('Наименование');
		const parts = [this.take('Фамилия'), this.take('Имя'), this.take('Отчество')].filter((part) => part !== null).join(' ');
		const full = this.take('ПолноеНаименование');
		const name = full ?? (parts || shown);
		const id = this.take('Ид');
		const official = this.take('ОфициальноеНаименование');
		const kind = isLegal ? 'legal' : 'person';
		const customer: Customer = {
			kind,
			payerType: { id: kind, name: null, code: null },
			userId: id === null ? null : (/^(\d+)#/.exec(id)?.[1] ?? id),
			name: isLegal ? this.contactPerson || null : name,
			company: isLegal ? (official ?? shown) : null,
			inn: this.take('ИНН'),
			kpp: this.take('КПП'),
			legalAddress: isLegal ? (this.addresses.get(LEGAL_ADDRESS) ?? null) : null,
			phone: this.phone || null,
			email: this.email || null,
		};
		const address = ADDRESSES.map((one) => this.addresses.get(one)).find((one) => one !== undefined) ?? null;
		return { customer: isLegal ? customer : { ...customer, kpp: null }, address, properties: [...this.restOfTexts(), ...this.others].map(asProperty) };
	}

	/** A text, null when it is missing or empty. */
	private take(name: string): string | null {
		const text = this.texts.get(name) ?? '';
		this.texts.delete(name);
		return text === '' ? null : text;
	}

	private restOfTexts(): Array<{ name: string; value: string }> {
		return [...this.texts].filter(([, value]) => value !== '').map(([name, value]) => ({ name, value }));
	}

	private readContacts(element: XmlElement): void {
		eachIn(element, 'Контакт', this.reading, (one) => {
			const { name, value } = readPair(one, this.reading, 'Тип', 'Значение');
			if (value.trim() === '') return;
			if (PHONE.test(name) && this.phone === '') this.phone = value.trim();
			else if (EMAIL.test(name) && this.email === '') this.email = value.trim();
			else this.others.push({ name: name || 'Контакт', value: value.trim() });
		});
	}

	private readRepresentatives(element: XmlElement): void {
		const { reading } = this;
		eachIn(element, 'Представитель', reading, (representative) => {
			eachIn(representative, 'Контрагент', reading, (one) => {
				readParts(one, reading, {
					Отношение: passedOver,
					Ид: passedOver,
					Наименование: (name) => {
						if (this.contactPerson === '') this.contactPerson = reading.text(name).trim();
						else reading.repeated('Представитель');
					},
				});
			});
		});
	}

	private readAddress(element: XmlElement): void {
		const { reading } = this;
		const fields: string[] = [];
		let shown = '';
		readParts(
			element,
			reading,
			{ Представление: (one) => void (shown = reading.text(one).trim()), Комментарий: passedOver },
			{
				АдресноеПоле: (one) => {
					const { value } = readPair(one, reading, 'Тип', 'Значение');
					if (value.trim() !== '') fields.push(value.trim());
				},
			},
		);
		const address = shown || fields.join(', ');
		if (address !== '') this.addresses.set(element.name, address);
	}
}

const asProperty = ({ name, value }: { name: string; value: string }): OrderProperty => ({ id: name, code: name, name, values: [value] });

/** A customer of whom nothing is said. */
export const noCustomer = (): ReadCustomer => ({
	customer: {
		kind: 'person', payerType: { id: 'person', name: null, code: null }, userId: null, name: null, company: null, inn: null, kpp: null, legalAddress: null,
		phone: null, email: null,
	},
	address: null,
	properties: [],
});

/** The buyer in an element `Контрагенты`: the one in that role, or the first one. */
export function readCustomers(element: XmlElement, reading: Reading): ReadCustomer {
	const found: Array<{ role: string; customer: ReadCustomer }> = [];
	eachIn(element, 'Контрагент', reading, (one) => found.push({ role: one.textOf('Роль') ?? '', customer: new CustomerReader(reading).read(one) }));
	const buyer = found.find(({ role }) => role === 'Покупатель') ?? found[0];
	if (found.length > 1 && found.filter(({ role }) => role === 'Покупатель').length !== 1) reading.repeated('Контрагенты/Контрагент');
	return buyer?.customer ?? noCustomer();
}
