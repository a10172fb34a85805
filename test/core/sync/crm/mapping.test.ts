import {
	crmSourceValue, DEAL_RULES, applicableRules, DOCUMENT_SOURCES, filledPattern, isToBeTold, lackingUserFields, lifecycleOf, newUserFieldFields, pairUserFields,
	PARTNER_SOURCES, readCrmFields, readCrmLink, readPartner, readSalesDocument, responsibleFor, userFieldFor, userFieldRules, crmLink,
} from '../../../../core';
import { link, order, partner, uuid } from './documents';

const document = readSalesDocument(
	order({
		sum: 100_050, payedSum: 50, store: { ...link('store', 'main'), name: 'Склад' }, owner: link('employee', 'anna'), description: 'Срочно',
		attributes: [{ id: uuid('colour'), name: 'Цвет', type: 'string', value: 'красный' }, { id: uuid('term'), name: 'Срок', type: 'time', value: '2026-11-20 15:00:00.000' }],
	}),
	'customerorder',
);

const value = (field: string, own = {}): unknown => crmSourceValue(field, document, DOCUMENT_SOURCES, own, 'RUB');

describe('fields of MoySklad in a mapping', () => {
	it('of an order', () => {
		expect(value('name')).toBe('00042');
		expect(value('sum')).toEqual({ amount: '1000.5', currency: 'RUB' });
		expect(value('unpaidSum')).toEqual({ amount: '1000', currency: 'RUB' });
		expect(value('store')).toEqual({ id: uuid('main'), name: 'Склад' });
		expect(value('organization')).toBeUndefined();
		expect(value(`attribute:${uuid('colour')}`)).toBe('красный');
		expect(value(`attribute:${uuid('term')}`)).toBe('2026-11-20T12:00:00.000Z');
		expect(value('constructor')).toBeUndefined();
	});

	it('what the settings make goes before', () => expect(value('title', { title: 'Заказ 42' })).toBe('Заказ 42'));

	it('of a counterparty; amounts are in the currency of the account', () => {
		const of = readPartner(partner('Ромашка', { balance: -5000, tags: ['опт', 'vip'], actualAddressFull: { city: 'Москва', house: '5' } }));
		const partnerValue = (field: string): unknown => crmSourceValue(field, of, PARTNER_SOURCES, {}, 'KZT');
		expect(partnerValue('balance')).toEqual({ amount: '-50', currency: 'KZT' });
		expect(partnerValue('tags')).toEqual(['опт', 'vip']);
		expect(partnerValue('actualAddress')).toBe('Москва, 5');
	});

	it.each([DOCUMENT_SOURCES, PARTNER_SOURCES])('are listed by their labels, each once', (...sources) => {
		const labels = sources.map(({ label }) => label);
		expect([...labels].sort((one, other) => one.localeCompare(other))).toEqual(labels);
		expect(new Set(sources.map(({ name }) => name)).size).toBe(sources.length);
	});
});

describe('a title by a pattern', () => {
	const names = new Set(DOCUMENT_SOURCES.map(({ name }) => name));
	const fill = (pattern: string): string => filledPattern(pattern, names, (field) => crmSourceValue(field, document, DOCUMENT_SOURCES, {}, 'RUB'));

	it.each([
		['Заказ {name} от {agent}', 'Заказ 00042 от ООО «Ромашка»'],
		['{store}: {sum}', 'Склад: 1000.50 RUB'],
		['от {moment}', 'от 20.11.2026'],
		[`{attribute:${uuid('colour')}} {name}`, 'красный 00042'],
		['{nobody} {name}', '{nobody} 00042'],
		['{contract}{name}', '00042'],
		['{toString}', '{toString}'],
	])('%s', (pattern, title) => expect(fill(pattern)).toBe(title));
});

describe('the timeline', () => {
	it('is told of what has become of an order, not of anything else', () => {
		expect(lifecycleOf({ ...document, payedSum: 51 })).not.toBe(lifecycleOf(document));
		expect(lifecycleOf({ ...document, shippedSum: 1 })).not.toBe(lifecycleOf(document));
		expect(lifecycleOf({ ...document, state: { id: 'x', name: null } })).not.toBe(lifecycleOf(document));
		expect(lifecycleOf({ ...document, ...{ description: 'x' } })).toBe(lifecycleOf(document));
	});

	it.each([
		['a change that was not told', { told: 'a', now: 'b', isNew: false, moves: false }, true],
		['what was told', { told: 'a', now: 'a', isNew: false, moves: true }, false],
		['a new deal', { told: undefined, now: 'a', isNew: true, moves: true }, false],
		['a stage that moves, where nobody remembers', { told: undefined, now: 'a', isNew: false, moves: true }, true],
		['nothing, where nobody remembers', { told: undefined, now: 'a', isNew: false, moves: false }, false],
	])('%s', (_, sides, told) => expect(isToBeTold(sides)).toBe(told));
});

describe('who is responsible', () => {
	const rules = [{ by: 'store' as const, id: uuid('other'), user: 3 }, { by: 'owner' as const, id: uuid('anna').toUpperCase(), user: 5 }, { by: 'store' as const, id: uuid('main'), user: 7 }];

	it('the user of the first row that fits, else the fixed one, else nobody', () => {
		expect(responsibleFor(document, rules, 1)).toBe(5);
		expect(responsibleFor(document, rules.slice(0, 1), 1)).toBe(1);
		expect(responsibleFor(document, [], undefined)).toBeUndefined();
	});
});

describe('user fields for additional fields', () => {
	const colour = { id: uuid('colour'), name: 'Цвет', type: 'string' };
	const own = userFieldFor(colour);
	const fields = (rows: object) => readCrmFields({ TITLE: { type: 'string' }, ...rows });

	it('the one that was made for it is found by its name, any other by its label', () => {
		expect(own.name).toMatch(/^UF_CRM_MS_[0-9A-F]{8}$/);
		expect(pairUserFields([colour], fields({ [own.name]: { type: 'string', listLabel: 'Другое имя' }, UF_CRM_1: { type: 'string', listLabel: 'Цвет' } })).map(([, { name }]) => name)).toEqual([own.name]);
		expect(pairUserFields([colour], fields({ UF_CRM_1: { type: 'string', formLabel: ' цвет' } })).map(([, { name }]) => name)).toEqual(['UF_CRM_1']);
		expect(pairUserFields([colour], fields({ UF_CRM_1: { type: 'string', formLabel: 'Цвет' }, UF_CRM_2: { type: 'string', formLabel: 'Цвет' } }))).toEqual([]);
	});

	it('those that lack are made of the right kind, and only once', () => {
		const term = { id: uuid('term'), name: 'Срок', type: 'time' };
		const file = { id: uuid('file'), name: 'Файл', type: 'file' };
		const lacking = lackingUserFields([colour, term, file], fields({}));
		expect(lacking.map(({ label, type }) => [label, type])).toEqual([['Цвет', 'string'], ['Срок', 'datetime']]);
		expect(newUserFieldFields(own)).toMatchObject({ FIELD_NAME: own.name.slice('UF_CRM_'.length), USER_TYPE_ID: 'string', XML_ID: uuid('colour'), LABEL: 'Цвет', MULTIPLE: 'N' });
		const after = fields(Object.fromEntries(lacking.map(({ name, type, label }) => [name, { type, listLabel: label }])));
		expect(lackingUserFields([colour, term, file], after)).toEqual([]);
		expect(userFieldRules(pairUserFields([colour], after))).toEqual([{ target: own.name, source: { field: `attribute:${uuid('colour')}` }, policy: 'always' }]);
	});

	it('a field of the preset that an old portal lacks is no finding', () => {
		expect(applicableRules(DEAL_RULES, fields({})).map(({ target }) => target)).toEqual(['TITLE']);
	});
});

describe('the link of a record', () => {
	const made = crmLink({ flow: 'deals', type: 'deal', moySkladId: uuid('order'), externalCode: null, bitrixId: 15, written: { TITLE: 'x' } });
	const owner = { key: uuid('order'), flow: 'deals', types: ['deal'] as const };

	it('is read as it was made, also as text', () => {
		expect(readCrmLink(made, owner)).toEqual(made);
		expect(readCrmLink(JSON.stringify(made), owner)).toEqual(made);
		for (const none of [undefined, null, '']) expect(readCrmLink(none, owner)).toBeUndefined();
	});

	it.each([['key', { key: 'other' }], ['flow', { flow: 'other' }], ['type', { type: 'contact' }], ['form', { written: 5 }]])('of another %s is refused', (_, more) => {
		expect(() => readCrmLink({ ...made, ...more }, owner)).toThrow(expect.objectContaining({ code: 'CRM_LINK_INVALID' }) as Error);
	});
});
