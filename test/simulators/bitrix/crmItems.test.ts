import { freshCrm } from './crmClient';
import type { Json } from './restClient';

const bench = freshCrm();

const DEAL = 2;
const CONTACT = 3;
const COMPANY = 4;
const INVOICE = 31;

type Fields = Record<string, unknown>;

const add = async (entityTypeId: number, fields: Fields = {}, more: Fields = {}): Promise<Json> =>
	(await bench.crm.call('crm.item.add', { entityTypeId, fields, ...more })).item as Json;

const get = async (entityTypeId: number, id: unknown, more: Fields = {}): Promise<Json> =>
	(await bench.crm.call('crm.item.get', { entityTypeId, id, ...more })).item as Json;

const list = async (entityTypeId: number, params: Fields = {}): Promise<Json[]> =>
	(await bench.crm.call('crm.item.list', { entityTypeId, ...params })).items as unknown as Json[];

const update = async (entityTypeId: number, id: unknown, fields: Fields): Promise<Json> =>
	(await bench.crm.call('crm.item.update', { entityTypeId, id, fields })).item as Json;

describe('an item', () => {
	it('has names as in JavaScript and typed values, and is the same object as in the older form', async () => {
		const { crm } = bench;
		const company = await add(COMPANY, { title: 'ООО «Ромашка»' });
		const [a, b] = [await add(CONTACT, { name: 'А' }), await add(CONTACT, { name: 'Б' })];
		const deal = await add(DEAL, {
			title: 'Заказ',
			opportunity: 99.5,
			companyId: company.id,
			contactIds: [b.id, a.id],
			stageId: 'EXECUTING',
			observers: [2, 4],
			originatorId: 'MOYSKLAD',
			originId: 'x',
			nonsense: 1,
		});
		expect(deal).toMatchObject({
			id: expect.any(Number),
			title: 'Заказ',
			opportunity: 99.5,
			isManualOpportunity: 'N',
			companyId: company.id,
			contactId: b.id,
			contactIds: [b.id, a.id],
			categoryId: 0,
			stageId: 'EXECUTING',
			stageSemanticId: 'P',
			isNew: 'N',
			closed: 'N',
			opened: 'Y',
			assignedById: 1,
			observers: [2, 4],
			entityTypeId: DEAL,
			createdTime: expect.stringContaining('+03:00'),
			begindate: expect.stringContaining('T00:00:00+03:00'),
		});
		expect(await crm.get('deal', Number(deal.id))).toMatchObject({ TITLE: 'Заказ', OPPORTUNITY: '99.50', ORIGIN_ID: 'x' });
		expect(await crm.list('deal', { filter: { ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: 'x' } })).toHaveLength(1);
	});

	it('is saved and announced only when something differs', async () => {
		const { crm, bitrix } = bench;
		const { id, updatedTime } = await add(DEAL, { title: 'А', opportunity: 5 });
		bitrix.clock.advance(5000);
		expect(await update(DEAL, id, { title: 'А', opportunity: '5.00', contactIds: [] })).toMatchObject({ updatedTime });
		expect(await crm.announced('deal')).toEqual([`add ${String(id)}`]);
		const changed = await update(DEAL, id, { title: 'Б' });
		expect(changed.updatedTime).not.toBe(updatedTime);
		expect(await crm.announced('deal')).toEqual([`add ${String(id)}`, `update ${String(id)}`]);
	});

	it('moves to another pipeline, to the first stage of it unless another is named', async () => {
		const { id } = await add(DEAL);
		expect(await update(DEAL, id, { categoryId: 5 })).toMatchObject({
			categoryId: 5,
			stageId: 'C5:NEW',
			previousStageId: 'NEW',
		});
		expect(await update(DEAL, id, { categoryId: 1, stageId: 'C1:WON' })).toMatchObject({ stageId: 'C1:WON', closed: 'Y' });
	});

	it.each([
		['a stage of another pipeline', DEAL, { stageId: 'C5:NEW' }],
		['a currency that is not there', DEAL, { currencyId: 'XXX' }],
		['a company that is not there', DEAL, { companyId: 1 }],
		['contacts that are not there', DEAL, { contactIds: [1] }],
		['a pipeline that is not there', DEAL, { categoryId: 77 }],
	])('refuses %s', async (_title, entityTypeId, fields) => {
		expect(await bench.crm.ask('crm.item.add', { entityTypeId, fields })).toMatchObject({
			status: 400,
			error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID',
		});
		expect(await list(entityTypeId)).toEqual([]);
	});

	it('refuses its own id, one value where there are several, and kinds that it does not know', async () => {
		const { crm } = bench;
		const { id } = await add(DEAL);
		const ask = async (method: string, params: Fields): Promise<unknown> => (await crm.ask(method, params)).error;
		expect(await ask('crm.item.update', { entityTypeId: DEAL, id, fields: { id: 5 } })).toBe(0);
		expect(await ask('crm.item.update', { entityTypeId: DEAL, id, fields: { contactIds: 5 } })).toBe(100);
		expect(await ask('crm.item.get', { entityTypeId: DEAL, id: 1 })).toBe('NOT_FOUND');
		expect(await ask('crm.item.list', { entityTypeId: 5 })).toBe('ENTITY_TYPE_NOT_SUPPORTED');
		expect(await ask('crm.item.list', { entityTypeId: 14 })).toBe('ENTITY_TYPE_NOT_SUPPORTED');
		expect(await ask('crm.item.list', { entityTypeId: 155 })).toBe('NOT_FOUND');
		expect(await ask('crm.item.add', { entityTypeId: DEAL })).toBe(100);
	});

	it('is deleted without a word', async () => {
		const { crm } = bench;
		const { id } = await add(INVOICE);
		expect(await crm.call('crm.item.delete', { entityTypeId: INVOICE, id })).toEqual([]);
		expect(await crm.ask('crm.item.get', { entityTypeId: INVOICE, id })).toMatchObject({ status: 400, error: 'NOT_FOUND' });
		expect(await crm.announced('item:31')).toEqual([`add ${String(id)}`, `delete ${String(id)}`]);
	});
});

describe('phones and the like', () => {
	it('can only be added, and come only when everything is asked for', async () => {
		const { id, fm } = await add(CONTACT, {
			name: 'А',
			fm: [
				{ typeId: 'PHONE', valueType: 'MOBILE', value: '+7 916 1' },
				{ typeId: 'EMAIL', valueType: 'WORK', value: 'a@example.com' },
				{ typeId: 'NONSENSE', value: 'x' },
			],
		});
		const [phone] = fm as unknown as Json[];
		expect(phone).toEqual({ id: expect.any(Number), typeId: 'PHONE', valueType: 'MOBILE', value: '+7 916 1' });
		await update(CONTACT, id, { fm: [{ id: phone?.id, typeId: 'PHONE', valueType: 'WORK', value: '+7 916 2' }] });
		const all = await get(CONTACT, id);
		expect(all).toMatchObject({ phone: '+7 916 1', phoneMobile: '+7 916 1', phoneWork: '+7 916 2', email: 'a@example.com' });
		expect(all.fm).toHaveLength(3);
		const [listed] = await list(CONTACT, { select: ['*'] });
		expect(listed?.fm).toHaveLength(3);
		expect(await list(CONTACT, { select: ['id', 'name', 'fm', 'nonsense'] })).toEqual([{ id, name: 'А' }]);
		expect((await bench.crm.ask('crm.item.list', { entityTypeId: CONTACT, filter: { fm: 'x' } })).error).toBe(100);
	});
});

describe('a list', () => {
	it('has pages, a fast mode, and refuses what it does not know', async () => {
		const { crm, rest } = bench;
		for (let number = 0; number < 55; number++) await add(DEAL, { title: `№ ${number}` });
		const page = await rest('crm.item.list', { entityTypeId: DEAL, select: ['id'] });
		expect(page).toMatchObject({ total: 55, next: 50 });
		expect((await rest('crm.item.list', { entityTypeId: DEAL, select: ['id'], start: 50 })).next).toBeUndefined();
		const rows = page.result.items as unknown as Json[];
		const last = rows.at(-1)?.id;
		const fast = await rest('crm.item.list', {
			entityTypeId: DEAL,
			filter: { '>id': last },
			order: { id: 'ASC' },
			start: -1,
		});
		expect(fast.total).toBeUndefined();
		expect(fast.result.items).toHaveLength(5);
		for (const params of [{ filter: { '=nonsense': 1 } }, { order: { nonsense: 'ASC' } }, { order: { id: 'up' } }])
			expect(await crm.ask('crm.item.list', { entityTypeId: DEAL, ...params })).toMatchObject({
				status: 400,
				error: 'INVALID_ARG_VALUE',
			});
	});

	it('joins conditions with OR where it is told', async () => {
		for (const [title, opportunity] of [
			['А', 1],
			['Б', 2],
			['В', 3],
		] as const)
			await add(DEAL, { title, opportunity });
		const found = async (filter: Fields): Promise<unknown> =>
			(await list(DEAL, { filter, select: ['title'], order: { title: 'ASC' } })).map(({ title }) => title);
		expect(await found({ logic: 'OR', 0: { title: 'А' }, 1: { '>opportunity': 2 } })).toEqual(['А', 'В']);
		expect(await found({ 0: { logic: 'OR', 0: { title: 'А' }, 1: { title: 'Б' } }, '>=opportunity': 2 })).toEqual(['Б']);
		expect(await found({ '@title': ['А', 'В'], '!=title': 'В' })).toEqual(['А']);
	});

	it('finds deals by their contacts', async () => {
		const contact = await add(CONTACT, { name: 'А' });
		const deal = await add(DEAL, { contactIds: [contact.id] });
		await add(DEAL);
		expect(await list(DEAL, { filter: { contactIds: contact.id }, select: ['id'] })).toEqual([{ id: deal.id }]);
	});
});

describe('a smart invoice', () => {
	it('belongs to a deal, and is found by its external code', async () => {
		const deal = await add(DEAL);
		const invoice = await add(INVOICE, { title: 'Счёт 1', xmlId: 'ms-1', parentId2: deal.id, accountNumber: '7' });
		expect(invoice).toMatchObject({
			stageId: 'DT31_2:N',
			categoryId: 2,
			parentId2: deal.id,
			xmlId: 'ms-1',
			entityTypeId: INVOICE,
		});
		expect(invoice).not.toHaveProperty('originId');
		expect(await list(INVOICE, { filter: { '=xmlId': 'ms-1' }, select: ['id'] })).toEqual([{ id: invoice.id }]);
		expect(await update(INVOICE, invoice.id, { stageId: 'DT31_2:P' })).toMatchObject({ stageId: 'DT31_2:P' });
	});

	it('has lines of goods, all of them replaced at once or none', async () => {
		const { crm, bitrix } = bench;
		const { element } = await crm.call('catalog.product.add', {
			fields: { iblockId: bitrix.catalogs.main.products, name: 'Стол' },
		});
		const { id } = await add(INVOICE);
		const set = async (productRows: Fields[]): Promise<Json> =>
			await crm.call('crm.item.productrow.set', { ownerType: 'SI', ownerId: id, productRows });
		expect(
			await set([
				{ productId: element?.id, price: 100.5, quantity: 2, taxRate: 20, taxIncluded: 'Y', sort: 20 },
				{ productName: 'Доставка', price: 300, sort: 10, xmlId: 'ignored' },
			]),
		).toMatchObject({
			productRows: [
				{
					productName: 'Доставка',
					ownerId: id,
					ownerType: 'SI',
					productId: 0,
					price: 300,
					taxRate: null,
					taxName: 'Без НДС',
					xmlId: '',
				},
				{ productName: 'Стол', price: 100.5, priceExclusive: 83.75, quantity: 2, taxName: 'НДС 20%', measureCode: 796 },
			],
		});
		expect(await get(INVOICE, id)).toMatchObject({ opportunity: 501, taxValue: 33.5 });
		const rows = (await crm.call('crm.item.productrow.list', { filter: { '=ownerType': 'SI', '=ownerId': id } }))
			.productRows as unknown as Json[];
		const [delivery] = rows;
		await set([{ id: delivery?.id, productName: 'Доставка', price: 400 }]);
		expect(await get(INVOICE, id)).toMatchObject({ opportunity: 400 });
		const refused = { ownerType: 'SI', ownerId: id, productRows: [{ productName: 'x', price: 1 }, { productId: 7 }] };
		expect(await crm.ask('crm.item.productrow.set', refused)).toMatchObject({ status: 400, error: 'INVALID_ARG_VALUE' });
		expect(
			(await crm.call('crm.item.productrow.list', { filter: { '=ownerType': 'SI', '=ownerId': id } })).productRows,
		).toMatchObject([{ id: delivery?.id, price: 400 }]);
	});

	it.each([
		[{ filter: { '=ownerId': 1 } }, 'REQUIRED_ARG_MISSING'],
		[{ filter: { '=ownerType': 'C', '=ownerId': 1 } }, 'ENTITY_TYPE_NOT_SUPPORTED'],
		[{ filter: { '=ownerType': 'D', '=ownerId': 1 } }, 'OWNER_NOT_FOUND'],
	])('lines are listed for one object: %j', async (params, error) => {
		expect(await bench.crm.ask('crm.item.productrow.list', params)).toMatchObject({ status: 400, error });
	});
});

it('fields tell what they are, and what they are called in the older form', async () => {
	const { fields } = await bench.crm.call('crm.item.fields', { entityTypeId: DEAL });
	expect(fields).toMatchObject({
		stageId: { type: 'crm_status', statusType: 'DEAL_STAGE', upperName: 'STAGE_ID', isReadOnly: false },
		opportunity: { type: 'double' },
		comments: { type: 'text' },
		isManualOpportunity: { type: 'boolean' },
		contactIds: { isMultiple: true },
		updatedTime: { isReadOnly: true, upperName: 'UPDATED_TIME' },
	});
	expect((await bench.crm.call('crm.item.fields', { entityTypeId: INVOICE })).fields).toHaveProperty('xmlId');
	expect((await bench.crm.call('crm.item.fields', { entityTypeId: CONTACT })).fields).toHaveProperty('fm');
});
