import { profileWebhooks, purposeOf, subjectOf, type ProfileName } from '../../../core';

const URL = 'https://n8n.example.com/hook';
const subjects = (names: ProfileName[], full: boolean): string[] =>
	profileWebhooks(names, { full, diffType: 'FIELDS', stockReport: 'bystore' }, URL).map(subjectOf).sort();

const CATALOG = ['bundle', 'product', 'productfolder', 'service', 'variant'];

describe('The profiles of webhooks', () => {
	it.each<[string, ProfileName, string[]]>([
		['R004', 'base', ['customerorder UPDATE']],
		['R005', 'orderImport', ['customerorder CREATE']],
		[
			'R006, R007',
			'payments',
			['cashin CREATE', 'cashin DELETE', 'cashin UPDATE', 'paymentin CREATE', 'paymentin DELETE', 'paymentin UPDATE'],
		],
		['R008', 'shipments', ['demand CREATE', 'demand UPDATE']],
		['R002, R009', 'catalog', CATALOG.flatMap((entity) => [`${entity} CREATE`, `${entity} UPDATE`])],
		['R010', 'counterparties', ['counterparty CREATE', 'counterparty UPDATE']],
		['R009', 'stock', ['enter CREATE', 'enter UPDATE', 'stock bystore']],
	])('%s: %s', (_requirement, name, expected) => {
		expect(subjects([name], false)).toEqual(expected);
	});

	it.each<[ProfileName, string[]]>([
		['base', ['customerorder DELETE']],
		['orderImport', ['customerorder DELETE']],
		['payments', ['paymentin DELETE', 'cashin DELETE']],
		['shipments', ['demand DELETE']],
		['catalog', CATALOG.map((entity) => `${entity} DELETE`)],
		['counterparties', ['counterparty DELETE']],
		['stock', ['enter DELETE']],
	])('W2: %s reports deletions too in full mode', (name, deletions) => {
		const full = subjects([name], true);
		expect(full).toEqual(expect.arrayContaining([...deletions, ...subjects([name], false)]));
		expect(full).toHaveLength(new Set([...deletions, ...subjects([name], false)]).size);
	});

	it('W2: enter belongs to stock, which it refreshes', () => {
		expect(purposeOf({ kind: 'object', entity: 'enter', action: 'CREATE', diffType: null })).toBe('stock');
	});

	it('R059: together have each webhook once', () => {
		expect(subjects(['base', 'orderImport', 'base'], true)).toEqual([
			'customerorder CREATE',
			'customerorder DELETE',
			'customerorder UPDATE',
		]);
	});

	it('name changed fields as it is wanted, and for updates only', () => {
		const diffTypes = (diffType: 'NONE' | 'FIELDS') =>
			profileWebhooks(['shipments'], { full: true, diffType, stockReport: 'all' }, URL).map(
				(webhook) => webhook.kind === 'object' && webhook.diffType,
			);
		expect(diffTypes('FIELDS')).toEqual([null, 'FIELDS', null]);
		expect(diffTypes('NONE')).toEqual([null, 'NONE', null]);
	});

	it.each([
		['customerorder', 'orders'],
		['cashout', 'payments'],
		['salesreturn', 'shipments'],
		['product', 'catalog'],
		['employee', 'other'],
	])('R072: %s is for %s', (entity, purpose) => {
		expect(purposeOf({ kind: 'object', entity, action: 'CREATE', diffType: null })).toBe(purpose);
	});
});
