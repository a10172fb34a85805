import type { INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/bitrix/restClient.ts';
import { Crm } from './crmBench.cts';

interface Group {
	kind: string;
	type: string;
	score: number;
	members: Json[];
	pairs: Array<{ ids: [string, string]; score: number; reasons: string[] }>;
}

describe('Bitrix CRM Upsert: Duplicates: Find Among Contacts and Companies', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	const add = async (type: 'contact' | 'company', fields: object, inn?: string, kpp?: string): Promise<string> => {
		const id = String(await crm.call(`crm.${type}.add`, { fields }));
		const owner = { ENTITY_TYPE_ID: type === 'contact' ? 3 : 4, ENTITY_ID: id, PRESET_ID: 1, NAME: 'Реквизит' };
		if (inn) await crm.call('crm.requisite.add', { fields: { ...owner, RQ_INN: inn, RQ_KPP: kpp } });
		return id;
	};
	const phone = (value: string): object => ({ PHONE: [{ VALUE: value, VALUE_TYPE: 'WORK' }] });
	const find = async (parameters: INodeParameters = {}): Promise<Json[]> => {
		const { error, outputs } = await crm.run('findDuplicates', [{}], parameters);
		if (error) throw error;
		expect(outputs[1] ?? []).toEqual([]);
		return (outputs[0] ?? []).map(({ json }) => json as Json);
	};
	const groups = (found: Json[]): Group[] => (found as unknown as Group[]).filter(({ kind }) => kind === 'group');
	const idsOf = ({ members }: Group): unknown[] => members.map(({ id }) => id);

	it('R168: contacts and companies that are probably the same, each among their own kind, with scores and reasons; nothing is changed', async () => {
		const contacts = [
			await add('contact', { NAME: 'Семён', LAST_NAME: 'Ёлкин', ...phone('8 916 123-45-67') }),
			await add('contact', { NAME: 'Елкин', LAST_NAME: 'Семен', ...phone('+7 (916) 123-45-67'), ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: '7944ef04-f831-11e5-7a69-971500188b19' }),
		];
		await add('contact', { NAME: 'Ольга', LAST_NAME: 'Рыбина', ...phone('8 903 555-00-00') });
		const companies = [
			await add('company', { TITLE: 'ООО «Ромашка»', ...phone('8 916 123-45-67') }, '7701234567', '770101001'),
			await add('company', { TITLE: 'Ромашка' }, '7701234567'),
		];
		await add('company', { TITLE: 'ООО «Ромашка»' }, '5001112223');
		await add('company', { TITLE: '' });
		crm.resetCounters();
		const found = groups(await find());
		expect(found.map((group) => [group.type, idsOf(group)])).toEqual([['company', companies], ['contact', contacts]]);
		expect(found[0]?.pairs).toMatchObject([{ reasons: ['INN: same', 'name: same'] }]);
		expect(found[1]?.pairs).toMatchObject([{ reasons: ['phone: same', 'name: same'] }]);
		expect(found[0]?.members[0]).toMatchObject({ name: 'ООО «Ромашка»', inn: '7701234567', kpp: '770101001', moySkladId: null, url: expect.stringContaining(`/crm/company/details/${companies[0]}/`) as string });
		expect(found[1]?.members[1]).toMatchObject({ phones: ['+7 (916) 123-45-67'], moySkladId: '7944ef04-f831-11e5-7a69-971500188b19' });
		expect(crm.writes()).toEqual({});
	});

	it('another branch or another INN is never a duplicate, whatever else they share', async () => {
		await add('company', { TITLE: 'Ромашка', ...phone('84951112233') }, '7701234567', '770101001');
		await add('company', { TITLE: 'Ромашка', ...phone('84951112233') }, '7701234567', '780202002');
		await add('company', { TITLE: 'Ромашка', ...phone('84951112233') }, '7801234567');
		expect(groups(await find())).toEqual([]);
	});

	it('one kind only, by chosen fields only; a phone that many have is told, and compares nobody', async () => {
		for (const name of ['Анна', 'Ольга', 'Пётр']) await add('contact', { NAME: name, ...phone('8 800 555-35-35') });
		await add('company', { TITLE: 'Волна', ...phone('84951112233') });
		await add('company', { TITLE: 'Волна', ...phone('84951112233') });
		expect(await find({ lookAmong: 'contact', options: { most: 2 } })).toMatchObject([{ type: 'contact', kind: 'shared', field: 'phone', key: '8005553535', count: 3, warnings: [{ code: 'COUNTERPARTY_KEY_SHARED' }] }]);
		expect(groups(await find({ lookAmong: 'company' }))).toHaveLength(1);
		expect(groups(await find({ lookAmong: 'company', matchRules: { rule: [{ by: 'innKpp' }] } }))).toEqual([]);
	});

	it('3,000 contacts are read with a few calls, and every pair is found', async () => {
		const first = await add('contact', { NAME: 'Анна', LAST_NAME: 'Волкова', ...phone('8 999 000-00-00') });
		for (let place = 1; place < 3_000; place += 1) await add('contact', { NAME: 'Анна', LAST_NAME: `Волкова${place}` });
		const last = await add('contact', { NAME: 'Анна', LAST_NAME: 'Волкова', ...phone('89990000000') });
		crm.resetCounters();
		expect(groups(await find({ lookAmong: 'contact' })).map(idsOf)).toEqual([[first, last]]);
		expect(crm.calls()).toBeLessThan(12);
	}, 60_000);

	it('an older portal without requisites: compared by what it has, with a hint', async () => {
		crm.bitrix.portal.switches.missingMethods = ['crm\\.requisite'];
		await add('contact', { NAME: 'Анна', LAST_NAME: 'Волкова', ...phone('89161234567') });
		await add('contact', { NAME: 'Анна', LAST_NAME: 'Волкова', ...phone('+79161234567') });
		expect(groups(await find())).toHaveLength(1);
	});
});
