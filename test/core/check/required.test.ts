import { readCrmFields, requiredOrderProperties, requiredRecordFields, type CheckFinding, type OrderPropertyDefinition, type SaleBooks } from '../../../core';

const messages = (findings: CheckFinding[]): string[] => findings.map(({ message }) => message);

const property = (id: string, payerTypeId: string, code: string, more: Partial<OrderPropertyDefinition> = {}): OrderPropertyDefinition => ({ id, payerTypeId, code, name: code, role: null, ...more });

const books: SaleBooks = {
	payerTypes: [{ id: '1', name: 'Person', code: null, kind: 'person' }, { id: '2', name: null, code: null, kind: 'legal' }],
	properties: [
		property('1', '1', 'WHO', { role: 'name' }), property('2', '1', 'PHONE'), property('3', '1', 'LOCATION'), property('4', '1', 'INN'),
		property('5', '2', 'INN'), property('6', '2', 'CITY'),
	],
	statuses: new Map(), paySystems: new Map(), deliveries: new Map(),
};
const required = (...ids: number[]): Array<Record<string, unknown>> => ids.map((id) => ({ id, required: 'Y', active: 'Y', defaultValue: '' }));

describe('Order properties that have to be filled', () => {
	const found = (rows: Array<Record<string, unknown>>, unused: Array<Record<string, unknown>> = []): string[] =>
		requiredOrderProperties(books, rows, unused).map(({ message }) => /“(.*?)”.*“(.*?)”/.exec(message)?.slice(1).join(' of ') ?? message);

	it('are those that a customer order says nothing of', () => expect(found(required(1, 2, 3, 4, 5, 6))).toEqual(['LOCATION of Person', 'INN of Person', 'CITY of 2']));
	it('are none with a default, none that are switched off, and none of payer types that nobody can choose', () => {
		const [location, city, inn] = required(3, 6, 4);
		expect(found([{ ...location, defaultValue: '0000073738' }, { ...inn, active: 'N' }, { ...city }], [{ id: 2, active: 'N' }])).toEqual([]);
	});
	it('are none that the filter of an older version lets through', () => expect(found([{ id: 3, required: 'N' }])).toEqual([]));
});

describe('User fields of records that have to be filled', () => {
	const fields = readCrmFields({
		TITLE: { type: 'string', isRequired: true, title: 'Name' },
		UF_CRM_A: { type: 'string', isRequired: true, isDynamic: true, listLabel: 'Source', settings: { DEFAULT_VALUE: '' } },
		UF_CRM_B: { type: 'boolean', isRequired: true, isDynamic: true, settings: { DEFAULT_VALUE: 0 } },
		UF_CRM_C: { type: 'date', isRequired: true, isDynamic: true, settings: { DEFAULT_VALUE: { TYPE: 'NONE', VALUE: '' } } },
		UF_CRM_D: { type: 'date', isRequired: true, isDynamic: true, settings: { DEFAULT_VALUE: { TYPE: 'NOW', VALUE: '' } } },
		UF_CRM_E: { type: 'string', isRequired: false, isDynamic: true },
		UF_CRM_F: { type: 'file', isRequired: true, isDynamic: true, listLabel: 'Contract' },
	});

	it('are those without a default, even such as cannot be filled', () =>
		expect(messages(requiredRecordFields('deal', fields, []))).toEqual(['Source (UF_CRM_A)', 'UF_CRM_C', 'Contract (UF_CRM_F)'].map((field) => `The field “${field}” of a deal in Bitrix is required and has no default`)));
	it('are none that an additional field of MoySklad fills', () =>
		expect(messages(requiredRecordFields('deal', fields, [{ id: '00000000-0000-4000-8000-00000000a001', name: ' source', type: 'string' }]))).toHaveLength(2));
});
