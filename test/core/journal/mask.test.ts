import * as fc from 'fast-check';
import { CUSTOMER_CODES, emailKeys, isPersonalField, journalRows, masked, maskedText, phoneKeys } from '../../../core';

const none = { fields: [] };
const digits = (count: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(''));
/** What stands around it in a sentence. */
const words = fc.array(fc.constantFrom('Звонить', 'до обеда', 'order', 'price,', 'Склад №', '«', '/', '—'), { maxLength: 4 }).map((all) => all.join(' '));

const written = (key: string): string[] => {
	const [area, first, second, third] = [key.slice(0, 3), key.slice(3, 6), key.slice(6, 8), key.slice(8)];
	return [`+7${key}`, `8${key}`, `7${key}`, `+7 (${area}) ${first}-${second}-${third}`, `8-${area}-${first}-${second}-${third}`, `8 (${area}) ${first} ${second} ${third}`, `+7\u00a0${area}\u00a0${first}\u2011${second}\u2011${third}`, `(${area}) ${first}-${second}-${third}`];
};

describe('R221: masking', () => {
	it('leaves no phone in any text, however it is written', () => {
		fc.assert(
			fc.property(digits(10), words, words, (key, before, after) => {
				for (const phone of written(key)) {
					const text = maskedText(`${before} ${phone} ${after}`);
					expect(phoneKeys(text)).toEqual([]);
					expect(text.replace(/\D/g, '')).not.toContain(key.slice(-7));
				}
			}),
		);
	});

	it('leaves no phone of another country', () => {
		fc.assert(fc.property(fc.constantFrom('375', '380', '998', '49', '1'), digits(9), words, (country, key, before) => expect(maskedText(`${before} +${country} ${key}`).replace(/\D/g, '')).not.toContain(key)));
	});

	it('leaves no e-mail in any text', () => {
		fc.assert(
			fc.property(fc.emailAddress(), words, words, (address, before, after) => {
				for (const form of [address, `<${address}>`, `mailto:${address}`, address.replace('@', ' @ ')]) {
					const text = maskedText(`${before} ${form}, ${after}`);
					expect(text).not.toContain(address);
					expect(emailKeys(text)).toEqual([]);
				}
			}),
		);
	});

	it('leaves no phone and no e-mail in values of any depth, under any name', () => {
		const personal = fc.oneof(digits(10).map((key) => `+7${key}`), digits(10).map((key) => `8 ${key}`), fc.emailAddress());
		const value = fc.letrec((tie) => ({ any: fc.oneof({ maxDepth: 3 }, personal, fc.integer({ min: 0, max: 1_000_000 }), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(personal, tie('any'), { maxKeys: 3 })) })).any;
		fc.assert(
			fc.property(value, fc.constantFrom('description', 'name', 'value', 'positions'), fc.constantFrom('item', 'order', 'counterparty'), (given, field, object) => {
				const text = JSON.stringify(masked(given, field, object, none));
				expect(text).not.toMatch(/@/);
				expect(phoneKeys(text)).toEqual([]);
			}),
		);
	});

	it('keeps ids, dates, amounts and codes of goods, by which one finds what a row is about', () => {
		fc.assert(fc.property(fc.uuid(), (id) => expect(maskedText(`item ${id}#${id}`)).toBe(`item ${id}#${id}`)));
		for (const text of ['2026-11-30 05:10:33.000', '2026-11-30T05:10:33Z', '1 234 567.00 RUB', 'vKp8Q8yzh9eC2wHb12xyz_', '4607001234567', 'ART-001-22', '100 → 120', 'price:BASE']) expect(maskedText(text)).toBe(text);
		expect(masked(1_234_567_00, 'sum', 'order', none)).toBe(1_234_567_00);
	});

	it.each([
		['Иванов Иван Иванович', 'a person’s name with a patronymic'],
		['4508 123456', 'a passport'],
		['112-233-445 95', 'SNILS'],
		['4111 1111 1111 1111', 'a bank card'],
		['500100732259', 'the INN of a person'],
	])('R221: %s is masked in any text: %s', (text) => expect(maskedText(`See ${text}.`)).toBe('See ***.'));

	it('knows personal fields by their names, and what is personal only where the object is a person', () => {
		for (const field of ['phone', 'email', 'address.1', 'firstName', 'legalTitle', 'birthDate', 'property Телефон', 'property ФИО', 'bankDetail.1234', 'actualAddress', 'Паспорт']) expect([field, isPersonalField(field, 'item', none)]).toEqual([field, true]);
		for (const object of ['counterparty', 'contact', 'company', 'customer']) expect([object, isPersonalField('name', object, none)]).toEqual([object, true]);
		for (const field of ['name', 'price:BASE', 'description', 'weight', 'barcodes', 'unit']) expect([field, isPersonalField(field, 'item', none)]).toEqual([field, false]);
		expect(isPersonalField('name', 'customerOrder', none)).toBe(false);
		expect(isPersonalField('description', 'order', none)).toBe(true);
	});

	describe('R221: fields of customers, on their orders, deals and cards', () => {
		const spelled = (name: string): fc.Arbitrary<string> =>
			fc.constantFrom(name, name.toUpperCase(), name.toLowerCase(), name.replace(/[ _]/g, '_'), name.replace(/[ _]/g, '.'), name.replace(/[ _]/g, '-'), name.replace(/[ _]/g, ' '), ` ${name} `);
		const ofCustomers = fc
			.constantFrom(...CUSTOMER_CODES, 'Ф.И.О.', 'ФИО получателя', 'Контактное лицо', 'Имя', 'First Name', 'Last name', 'Full name', 'Contact person', 'Company', 'Company name', 'ZIP', 'Index', 'INN', 'KPP', 'ИНН', 'Название компании', 'Юр. лицо', 'Заказчик', 'Телефон', 'Факс', 'Индекс', 'Город', 'Местоположение', 'Адрес доставки', 'Расчётный счёт')
			.chain(spelled);
		const ofPeople = fc.constantFrom('order', 'deal', 'counterparty', 'invoice', 'document', 'customerOrder');
		const planted = fc.constantFrom('Волкова', 'Anna Smith', 'ООО Ромашка', '125009', '7707083893', 'ул. Мира, 3');

		it('let no planted value through, however they are spelled', () => {
			fc.assert(
				fc.property(ofCustomers, fc.constantFrom('property ', 'attributes.'), ofPeople, planted, fc.boolean(), (name, prefix, object, value, list) =>
					expect([prefix + name, object, JSON.stringify(masked(list ? [value] : value, prefix + name, object, none))]).toEqual([prefix + name, object, '"***"'])),
				{ numRuns: 2000 },
			);
		});

		it('are masked in the rows of the journal', () => {
			fc.assert(
				fc.property(ofCustomers, ofPeople, planted, (name, object, value) => {
					const changes = [{ field: `property ${name}`, from: value, to: `${value}!` }, { field: 'status', from: 'N', to: 'P' }];
					const rows = journalRows([{ status: 'updated', changes }], { now: 0, started: null, flow: 'orders', run: '1', operation: '', object, source: '', target: '', correlationId: '', calls: null, limits: [] }, { depth: 'all', mostRows: 1, mask: none, retention: { days: 1, errorDays: 1 } });
					expect(JSON.stringify(rows)).not.toContain(value);
					expect(rows[0]?.changes).toContain('"from":"N","to":"P"');
				}),
			);
		});

		it.each([
			['deal', 'TITLE'], ['deal', 'title'], ['invoice', 'title'], ['order', 'inn'], ['order', 'company'], ['order', 'zip'], ['counterparty', 'inn'], ['counterparty', 'company'], ['contact', 'NAME'],
		])('of a %s: %s', (object, field) => expect(masked('Заказ для Анны', field, object, none)).toBe('***'));

		it.each([
			['order', 'status'], ['order', 'sum'], ['order', 'name'], ['order', 'delivery'], ['order', 'canceled'], ['order', 'payment 17'], ['order', 'shipment 4 deliveryName'], ['order', 'line Телефон Samsung'], ['order', 'line Company card'],
			['order', 'property Дата доставки'], ['order', 'property DELIVERY_TIME'], ['order', 'organization'], ['deal', 'OPPORTUNITY'], ['deal', 'STAGE_ID'], ['deal', 'COMPANY_ID'], ['deal', 'CONTACT_ID'], ['deal', 'CURRENCY_ID'],
			['item', 'name'], ['item', 'Name'], ['item', 'property COMPANY'], ['item', 'property Zip lock'], ['item', 'price:BASE'], ['stock', 'amount'], ['section', 'name'], ['product', 'attributes.Компания-производитель'], ['counterparty', 'companyType'],
		])('but what is not about a person can be read, of a %s: %s', (object, field) => expect(masked('Чашка 10', field, object, none)).toBe('Чашка 10'));
	});

	it('masks the fields that a user names, and shows that a field was filled', () => {
		expect(masked('Rex', 'property Dog', 'item', { fields: ['Property dog '] })).toBe('***');
		expect(masked('Rex', 'property Dog', 'item', none)).toBe('Rex');
		expect([masked(null, 'phone', 'order', none), masked('', 'phone', 'order', none), masked('1', 'phone', 'order', none)]).toEqual([null, '', '***']);
	});

	it('takes no long time for long texts', () => {
		const begun = Date.now();
		maskedText('a@'.repeat(100_000));
		maskedText('8 '.repeat(100_000));
		maskedText('Аа '.repeat(100_000));
		expect(Date.now() - begun).toBeLessThan(1000);
	});
});
