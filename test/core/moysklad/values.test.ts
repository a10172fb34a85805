import { entityField, SyncError, toFilterValue, toReference, toWire } from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const API = 'https://api.moysklad.ru/api/remap/1.2';

const wire = (entity: string, field: string, value: unknown): unknown => toWire(entity, entityField(entity, field), value);

function codeOf(work: () => unknown): string | undefined {
	try {
		work();
	} catch (error) {
		return error instanceof SyncError ? error.code : undefined;
	}
	return undefined;
}

describe('toWire', () => {
	it.each<[string, string, unknown, unknown]>([
		['product', 'name', 42, '42'],
		['product', 'weight', '1,5', 1.5],
		['product', 'minPrice', 1999.6, { value: 2000 }],
		['product', 'minPrice', { value: 5, currency: 1 }, { value: 5, currency: 1 }],
		['paymentin', 'sum', '100.4', 100],
		['product', 'archived', 'true', true],
		['customerorder', 'moment', '2026-11-21T07:15:00.000Z', '2026-11-21 10:15:00.000'],
		['customerorder', 'moment', '2026-11-21 10:15', '2026-11-21 10:15:00.000'],
		['customerorder', 'moment', { toJSON: () => '2026-11-21T10:15:00.000+03:00' }, '2026-11-21 10:15:00.000'],
		['counterparty', 'companyType', 'legal', 'legal'],
		['product', 'syncId', ID.toUpperCase(), ID],
		['product', 'packs', '[{"quantity":1}]', [{ quantity: 1 }]],
		['product', 'description', null, null],
	])('%s.%s: %j is sent as %j', (entity, field, given, sent) => {
		expect(wire(entity, field, given)).toEqual(sent);
	});

	it.each<[string, string, unknown]>([
		['product', 'name', { a: 1 }],
		['product', 'weight', 'heavy'],
		['product', 'weight', ''],
		['product', 'archived', 'yes'],
		['customerorder', 'moment', 'soon'],
		['counterparty', 'companyType', 'club'],
		['product', 'syncId', 'no-uuid'],
		['product', 'uom', 'pieces'],
		['product', 'packs', '{'],
	])('%s.%s: %j is refused with the name of the field', (entity, field, given) => {
		expect(codeOf(() => wire(entity, field, given))).toBe('MOYSKLAD_VALUE_INVALID');
	});

	it('knows no field that MoySklad does not have', () => {
		expect(codeOf(() => wire('variant', 'productFolder', ID))).toBe('MOYSKLAD_FIELD_UNKNOWN');
	});
});

describe('toReference', () => {
	it.each<[string, unknown, string, string, string]>([
		['an id', ID, 'uom', 'product', `${API}/entity/uom/${ID}`],
		['an id of a state', ID, 'state', 'demand', `${API}/entity/demand/metadata/states/${ID}`],
		['an id of a price type', ID, 'pricetype', 'counterparty', `${API}/context/companysettings/pricetype/${ID}`],
		['an href of another kind and host', `http://localhost/api/remap/1.2/entity/organization/${ID}?expand=x`, 'counterparty', 'demand', `${API}/entity/organization/${ID}`],
		['an object with meta', { meta: { href: `${API}/entity/variant/${ID}`, type: 'variant' } }, 'product', 'demand', `${API}/entity/variant/${ID}`],
		['an object with an id', { id: ID }, 'store', 'demand', `${API}/entity/store/${ID}`],
		['what was chosen from a list', { mode: 'list', value: ID }, 'store', 'demand', `${API}/entity/store/${ID}`],
	])('understands %s', (_, given, target, entity, href) => {
		expect(toReference(given, target, entity)?.meta.href).toBe(href);
	});

	it.each([undefined, null, '', 'text', 5, {}, []])('finds none in %j', (given) => {
		expect(toReference(given, 'store', 'demand')).toBeUndefined();
	});
});

describe('toFilterValue', () => {
	it.each<[string, string, unknown, string]>([
		['product', 'productFolder', ID, `${API}/entity/productfolder/${ID}`],
		['customerorder', 'state', ID, `${API}/entity/customerorder/metadata/states/${ID}`],
		['product', 'updated', '2026-11-21T07:00:00Z', '2026-11-21 10:00:00.000'],
		['product', 'archived', true, 'true'],
		['product', 'externalCode', '', ''],
	])('%s.%s=%j is %s', (entity, field, given, text) => {
		expect(toFilterValue(entity, field, given)).toBe(text);
	});

	it('refuses fields that no filter takes', () => {
		expect(codeOf(() => toFilterValue('product', 'minPrice', 5))).toBe('MOYSKLAD_VALUE_INVALID');
	});
});
