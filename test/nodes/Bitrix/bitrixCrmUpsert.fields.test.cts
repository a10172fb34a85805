import type { INodeParameters } from 'n8n-workflow';
import { order, partner, position, uuid } from '../../core/sync/crm/documents.ts';
import { chosen, Crm, type Item } from './crmBench.cts';

const attribute = (word: string, name: string, type: string, value: unknown): object => ({
	meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/customerorder/metadata/attributes/${uuid(word)}`, type: 'attributemetadata' }, id: uuid(word), name, type, value,
});

const simple = (more: object = {}): Item => order({ sum: 5050, positions: { rows: [position('cup', { quantity: 1, price: 5050 })] }, ...more }) as Item;

const ours = (word: string): string => `UF_CRM_MS_${uuid(word).slice(0, 8).toUpperCase()}`;

describe('Bitrix CRM Upsert: user fields', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	const userFields = async (of = 'deal'): Promise<string[]> =>
		Object.keys(await crm.call(`crm.${of}.fields`)).filter((name) => name.startsWith('UF_CRM_')).sort();

	describe('made on request (R152)', () => {
		const item = simple({ attributes: [
			attribute('gift', 'Подарок', 'boolean', true), attribute('weight', 'Вес', 'double', 1.5), attribute('note', 'Пометка', 'string', 'Хрупкое'),
			attribute('when', 'Доставить', 'time', '2026-11-25 10:00:00.000'), attribute('scan', 'Скан', 'file', 'scan.pdf'),
		] });

		it('additional fields get user fields of their kind, once', async () => {
			const before = await userFields();
			const [made] = await crm.deals([item], { attributes: 'create' });
			expect(made?.status).toBe('created');
			const added = (await userFields()).filter((name) => !before.includes(name));
			expect(added).toEqual(['gift', 'note', 'weight', 'when'].map(ours).sort());
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ [ours('gift')]: '1', [ours('weight')]: '1.5', [ours('note')]: 'Хрупкое' });
			crm.resetCounters();
			expect((await crm.deals([item], { attributes: 'create' }))[0]?.status).toBe('unchanged');
			expect(crm.writes()).toEqual({});
		});

		it('one that a person made with the same name is used', async () => {
			await crm.call('crm.deal.userfield.add', { fields: { FIELD_NAME: 'OWN', USER_TYPE_ID: 'string', LABEL: 'Пометка', EDIT_FORM_LABEL: 'Пометка', LIST_COLUMN_LABEL: 'Пометка' } });
			const before = await userFields();
			const [made] = await crm.deals([simple({ attributes: [attribute('note', 'Пометка', 'string', 'Хрупкое')] })], { attributes: 'create' });
			expect(await userFields()).toEqual(before);
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ UF_CRM_OWN: 'Хрупкое' });
		});

		it('a name in the mapping is made too, of the kind of what goes in', async () => {
			const mapping: INodeParameters = { change: [{ target: chosen('UF_CRM_PAID'), value: 'field', field: chosen('payedSum'), policy: 'always' }] };
			const [made] = await crm.deals([simple({ payedSum: 1234 })], { attributes: 'create', mapping });
			expect(await crm.deal(made?.bitrixId ?? '')).toMatchObject({ UF_CRM_PAID: '12.34|RUB' });
		});

		it('not in a preview, and not without the request', async () => {
			const before = await userFields();
			await crm.deals([item], { attributes: 'create', preview: true });
			await crm.deals([item], { attributes: 'none' });
			await crm.deals([item]);
			expect(await userFields()).toEqual(before);
		});
	});

	describe('for service (R153)', () => {
		const parameters: INodeParameters = { options: { serviceFields: true } };
		const page = 'https://online.moysklad.ru/app/#customerorder/edit?id=1';
		const item = simple();
		Object.assign(item.meta as object, { uuidHref: page });

		it('say when a deal was last written and where it is in MoySklad; unchanged, it is left alone', async () => {
			const [made] = await crm.deals([item], parameters);
			const deal = await crm.deal(made?.bitrixId ?? '');
			expect(deal.UF_CRM_MS_PAGE).toBe(page);
			expect(Math.abs(Date.parse(String(deal.UF_CRM_MS_SYNCED)) - Date.now())).toBeLessThan(60_000);
			crm.resetCounters();
			expect((await crm.deals([item], parameters))[0]?.status).toBe('unchanged');
			expect(crm.writes()).toEqual({});
		});

		it('the moment goes along with each write, also with one of rows alone', async () => {
			const [made] = await crm.deals([item], parameters);
			await crm.call('crm.deal.update', { id: made?.bitrixId, fields: { UF_CRM_MS_SYNCED: '2020-01-01T00:00:00+03:00' } });
			expect((await crm.deals([item], parameters))[0]?.status).toBe('unchanged');
			const rows = { sum: 10_100, positions: { rows: [position('cup', { quantity: 2, price: 5050 })] } };
			expect((await crm.deals([{ ...item, ...rows } as Item], parameters))[0]).toMatchObject({ status: 'updated', changes: [{ field: 'productRows' }] });
			expect(String((await crm.deal(made?.bitrixId ?? '')).UF_CRM_MS_SYNCED)).not.toMatch(/^2020/);
		});

		it('of contacts and companies too', async () => {
			const items = [partner('Ромашка'), partner('Иван', { companyType: 'individual', name: 'Иван Петров' })] as Item[];
			const [company, contact] = await crm.partners(items, parameters);
			for (const [type, result] of [['company', company], ['contact', contact]] as const)
				expect((await crm.call(`crm.${type}.get`, { id: result?.bitrixId })).UF_CRM_MS_SYNCED).toBeTruthy();
			crm.resetCounters();
			expect((await crm.partners(items, parameters)).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
			expect(crm.writes()).toEqual({});
		});
	});

	it('R149: the field for the balance is made when it is missing', async () => {
		const parameters: INodeParameters = { balanceField: chosen('UF_CRM_MS_BALANCE') };
		const [made] = await crm.partners([partner('Ромашка', { balance: -250_050 }) as Item], parameters);
		expect(await crm.call('crm.company.get', { id: made?.bitrixId })).toMatchObject({ UF_CRM_MS_BALANCE: '-2500.5|RUB' });
		const fields = await userFields('company');
		expect((await crm.partners([partner('Ромашка', { balance: -250_050 }) as Item], parameters))[0]?.status).toBe('unchanged');
		expect(await userFields('company')).toEqual(fields);
	});
});
