import { freshCrm } from './crmClient';
import { type Json } from './restClient';

const bench = freshCrm();

describe('books', () => {
	it('of stages tell what each means', async () => {
		const { crm, rest } = bench;
		const stages = await rest('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE' }, order: { SORT: 'ASC' } });
		expect(stages.total).toBe(8);
		expect(stages.result).toMatchObject({
			0: { STATUS_ID: 'NEW', SEMANTICS: null, SYSTEM: 'Y', SORT: '10', EXTRA: { SEMANTICS: 'process', COLOR: '#39A8EF' } },
			5: { STATUS_ID: 'WON', SEMANTICS: 'S', EXTRA: { SEMANTICS: 'success' } },
			6: { STATUS_ID: 'LOSE', EXTRA: { SEMANTICS: 'failure' } },
			7: { STATUS_ID: 'APOLOGY', EXTRA: { SEMANTICS: 'apology' } },
		});
		const ids = async (book: string): Promise<unknown> =>
			((await crm.call('crm.status.list', { filter: { ENTITY_ID: book } })) as unknown as Json[]).map(
				({ STATUS_ID }) => STATUS_ID,
			);
		expect(await ids('DEAL_STAGE_5')).toEqual(['C5:NEW', 'C5:UC_AGREED', 'C5:EXECUTING', 'C5:WON', 'C5:LOSE']);
		expect(await ids('SMART_INVOICE_STAGE_2')).toEqual(['DT31_2:N', 'DT31_2:S', 'DT31_2:P', 'DT31_2:D']);
		const [source] = (await crm.call('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' } })) as unknown as Json[];
		expect(source).toMatchObject({ STATUS_ID: 'CALL', NAME: 'Звонок' });
		expect(source).not.toHaveProperty('EXTRA');
	});

	it('of pipelines are kept by kind', async () => {
		const { crm, rest } = bench;
		const { result, total } = await rest('crm.category.list', { entityTypeId: 2 });
		expect(total).toBe(3);
		expect(result.categories).toEqual([
			{ id: 0, name: 'Общая', sort: 200, entityTypeId: 2, isDefault: 'Y' },
			{ id: 1, name: 'Розница', sort: 210, entityTypeId: 2, isDefault: 'N' },
			{ id: 5, name: 'Опт «крупный»', sort: 250, entityTypeId: 2, isDefault: 'N' },
		]);
		expect((await crm.call('crm.category.list', { entityTypeId: 31 })).categories).toMatchObject([
			{ id: 2, isDefault: 'Y' },
		]);
		expect(await crm.ask('crm.category.list', { entityTypeId: 77 })).toMatchObject({ status: 400, error: 'NOT_FOUND' });
		expect(await crm.ask('crm.category.list', { entityTypeId: 1 })).toMatchObject({ error: 'ENTITY_TYPE_NOT_SUPPORTED' });
	});

	it('of currencies never count', async () => {
		const { result, total } = await bench.rest('crm.currency.list');
		expect(total).toBe(0);
		expect(result).toMatchObject({
			0: { CURRENCY: 'RUB', BASE: 'Y', AMOUNT: '1.0000' },
			1: { CURRENCY: 'USD', AMOUNT: '90.0000' },
		});
	});
});
