import type { INodeParameters } from 'n8n-workflow';
import type { Order } from '../../../core';
import { Proxy } from '../orders/proxy.cts';
import { chosen, Shop, type Result } from '../orders/shop.cts';
import { ivan, romashka } from '../orders/store.cts';

type Row = Record<string, unknown>;

describe('Create or Update From Bitrix Order: counterparties', () => {
	let shop: Shop;
	let before: Set<unknown>;

	beforeEach(async () => {
		shop = await Shop.open();
		before = new Set(shop.rows('counterparty').map(({ id }) => id));
	});
	afterEach(async () => await shop.close());

	const order = async (properties: Record<string, string>, customer: typeof ivan | typeof romashka = ivan, userId = 1001): Promise<Order> =>
		(await shop.orders([shop.store.place({ customer: { ...customer, userId, properties } })]))[0] as Order;
	const write = async (one: Order, parameters: INodeParameters = {}): Promise<Result> => (await shop.write([one], parameters))[0] as Result;
	const agentOf = (id: string): Row => shop.rows('counterparty').find((row) => row.id === (shop.customerOrder(id).agent as Row).id) as Row;
	const made = (): Row[] => shop.rows('counterparty').filter(({ id }) => !before.has(id));
	const add = async (fields: Row): Promise<string> => {
		const { id } = await shop.edit('POST', 'entity/counterparty', fields);
		before.add(id);
		return String(id);
	};
	const codes = ({ warnings }: Result): string[] => warnings.map(({ code }) => code).filter((code) => code !== 'ORDER_GOODS_CREATED');

	describe('R145: a new customer becomes', () => {
		it('an individual', async () => {
			const one = await order(ivan.properties);
			expect(codes(await write(one))).toEqual([]);
			expect(agentOf(one.id)).toMatchObject({
				companyType: 'individual',
				name: 'Иван Петров',
				phone: '+79161112233',
				email: 'ivan@example.com',
			});
		});

		it('a company with its requisites and contact person', async () => {
			const one = await order(romashka.properties, romashka);
			await write(one);
			expect(agentOf(one.id)).toMatchObject({
				companyType: 'legal',
				name: 'ООО «Ромашка»',
				legalTitle: 'ООО «Ромашка»',
				inn: '7701234567',
				kpp: '770101001',
				legalAddress: 'Москва, ул. Ленина, 1',
				email: 'anna@firm.example.com',
			});
			expect(agentOf(one.id).contactpersons).toEqual([expect.objectContaining({ name: 'Анна Иванова', email: 'anna@firm.example.com' })]);
		});

		it('an entrepreneur', async () => {
			const one = await order({ ...romashka.properties, COMPANY: 'ИП Ёлкин С. С.', INN: '770123456789', KPP: '' }, romashka);
			await write(one);
			expect(agentOf(one.id)).toMatchObject({ companyType: 'entrepreneur', name: 'ИП Ёлкин С. С.', inn: '770123456789' });
		});
	});

	it('R169: comes once, whatever he orders, also when no rule is left to find him', async () => {
		const orders = [await order(ivan.properties), await order({ ...ivan.properties, FIO: 'Петров Иван' })];
		await write(orders[0] as Order);
		expect(codes(await write(orders[1] as Order, { matchRules: {} }))).toEqual([]);
		expect(made()).toHaveLength(1);
	});

	it('several new orders of one customer in one run make one counterparty', async () => {
		const orders = [
			await order(ivan.properties),
			await order({ FIO: 'И. Петров', PHONE: '+7 916 111 22 33' }),
			await order({ FIO: 'Иван', EMAIL: 'IVAN@example.com' }),
		];
		await shop.write(orders);
		expect(made()).toHaveLength(1);
		expect(new Set(orders.map(({ id }) => agentOf(id).id)).size).toBe(1);
	});

	it('guests that share an account of the store stay apart', async () => {
		const [first, second] = [
			await order({ FIO: 'Иван', PHONE: '+7 916 111-22-33' }, ivan, 1),
			await order({ FIO: 'Анна', PHONE: '+7 916 444-55-66' }, ivan, 1),
		];
		await shop.write([first, second]);
		expect([agentOf(first.id).name, agentOf(second.id).name]).toEqual(['Иван', 'Анна']);
	});

	describe('R165: one that MoySklad has is found', () => {
		it.each([
			['as digits', '+79161112233'],
			['as people write it', '+7 (916) 111-22-33'],
			['with an eight', '8-916-111-22-33'],
			['among several', '8 495 000-11-22, 89161112233'],
		])('by phone, written %s', async (_name, phone) => {
			const id = await add({ name: 'Старый клиент', companyType: 'individual', phone });
			const one = await order({ FIO: 'Иван', PHONE: '8 (916) 111-22-33' });
			expect(codes(await write(one))).toEqual([]);
			expect(agentOf(one.id).id).toBe(id);
		});

		it('by the phone of a contact person', async () => {
			const id = await add({
				name: 'ООО «Лада»',
				companyType: 'legal',
				inn: '7709999999',
				contactpersons: [{ name: 'Анна', phone: '+7 495 111-22-33' }],
			});
			const one = await order({ ...romashka.properties, INN: '7709999999', KPP: '' }, romashka);
			await write(one, { matchRules: { rule: [{ by: 'phone' }] } });
			expect(agentOf(one.id).id).toBe(id);
		});

		it('by e-mail, whatever its case', async () => {
			const id = await add({ name: 'Старый клиент', companyType: 'individual', email: 'Ivan@Example.com' });
			const one = await order({ FIO: 'Иван', EMAIL: 'Ivan@Example.com' });
			await write(one);
			expect(agentOf(one.id).id).toBe(id);
		});

		it('by INN and KPP', async () => {
			const other = await add({ name: 'Филиал', companyType: 'legal', inn: '7701234567', kpp: '230101001' });
			const id = await add({ name: 'Ромашка', companyType: 'legal', inn: '7701234567', kpp: '770101001' });
			const one = await order(romashka.properties, romashka);
			await write(one);
			expect(agentOf(one.id).id).toBe(id);
			expect(agentOf(one.id).id).not.toBe(other);
		});

		it('in the order of the rules', async () => {
			const byPhone = await add({ name: 'По телефону', companyType: 'individual', phone: '+79161112233' });
			const byEmail = await add({ name: 'По почте', companyType: 'individual', email: 'ivan@example.com' });
			const [first, second] = [await order(ivan.properties), await order(ivan.properties, ivan, 1005)];
			await write(first, { matchRules: { rule: [{ by: 'phone' }, { by: 'email' }] } });
			await write(second, { matchRules: { rule: [{ by: 'email' }, { by: 'phone' }] } });
			expect([agentOf(first.id).id, agentOf(second.id).id]).toEqual([byPhone, byEmail]);
			expect(made()).toEqual([]);
		});

		it('a company is not the person with the same phone', async () => {
			await add({ name: 'ООО «Лада»', companyType: 'legal', inn: '7709999999', phone: '+79161112233' });
			const one = await order(ivan.properties);
			await write(one);
			expect(agentOf(one.id).name).toBe('Иван Петров');
		});
	});

	describe('O4: several fit', () => {
		let ids: string[];

		beforeEach(async () => {
			ids = [await add({ name: 'Первый', companyType: 'individual', phone: '+79161112233' })];
			shop.moySklad.clock.advance(60_000);
			ids.push(await add({ name: 'Второй', companyType: 'individual', phone: '+79161112233' }));
		});

		const write4 = async (parameters: INodeParameters): Promise<{ result: Result; one: Order }> => {
			const one = await order(ivan.properties);
			return { one, result: await write(one, parameters) };
		};

		it('O4: Fallback Counterparty, with a review warning that names them', async () => {
			const fallback = shop.idOf('counterparty');
			const { result, one } = await write4({ fallbackCounterparty: chosen(fallback) });
			expect(agentOf(one.id).id).toBe(fallback);
			expect(result.warnings).toContainEqual(
				expect.objectContaining({
					code: 'COUNTERPARTY_AMBIGUOUS',
					message: expect.stringMatching(new RegExp(`2 counterparties.*phone.*${ids[0]}.*${ids[1]}`)) as string,
				}),
			);
		});

		it('the fallback has to be chosen', async () => {
			const { result } = await write4({});
			expect(result).toMatchObject({ status: 'failed', error: { code: 'COUNTERPARTY_NO_FALLBACK' } });
			expect(shop.rows('customerorder')).toEqual([]);
		});

		it('Newest', async () => {
			const { result, one } = await write4({ severalCounterparties: 'newest' });
			expect(agentOf(one.id).id).toBe(ids[1]);
			expect(codes(result)).toEqual(['COUNTERPARTY_AMBIGUOUS']);
		});

		it('Create', async () => {
			const { result, one } = await write4({ severalCounterparties: 'create' });
			expect(made()).toEqual([agentOf(one.id)]);
			expect(codes(result)).toEqual(['COUNTERPARTY_AMBIGUOUS']);
		});

		it('Stop', async () => {
			const { result } = await write4({ severalCounterparties: 'stop' });
			expect(result).toMatchObject({ status: 'conflict', error: { code: 'COUNTERPARTY_AMBIGUOUS' } });
			expect(shop.rows('customerorder')).toEqual([]);
		});
	});

	describe('none fits', () => {
		it('Fallback Counterparty or Stop, when new ones are not wanted', async () => {
			const fallback = shop.idOf('counterparty');
			const one = await order(ivan.properties);
			expect(await write(one, { noCounterparty: 'stop' })).toMatchObject({ status: 'failed', error: { code: 'COUNTERPARTY_NOT_FOUND' } });
			expect(await write(one, { noCounterparty: 'fallback', fallbackCounterparty: chosen(fallback) })).toMatchObject({ status: 'created' });
			expect(agentOf(one.id).id).toBe(fallback);
			expect(made()).toEqual([]);
		});

		it('a customer of whom nothing is known is nobody new', async () => {
			const [first, second] = [await order({}), await order({})];
			expect(await write(first)).toMatchObject({ status: 'failed', error: { code: 'COUNTERPARTY_NAMELESS' } });
			expect(codes(await write(second, { fallbackCounterparty: chosen(shop.idOf('counterparty')) }))).toEqual(['COUNTERPARTY_NAMELESS']);
			expect(made()).toEqual([]);
		});

		it('a wrong e-mail does not stop the order', async () => {
			const one = await order({ FIO: 'Иван', EMAIL: 'нет почты' });
			expect(codes(await write(one))).toEqual(['COUNTERPARTY_EMAIL_INVALID']);
			expect(agentOf(one.id)).not.toMatchObject({ email: expect.anything() as unknown });
		});
	});

	describe('O4: fields of one that was found', () => {
		const known = { name: 'Иван Иваныч', companyType: 'individual', phone: '8 916 111-22-33' };

		it('are left as they are', async () => {
			const id = await add(known);
			const row = JSON.stringify(shop.rows('counterparty').find((one) => one.id === id));
			await write(await order(ivan.properties));
			expect(JSON.stringify(shop.rows('counterparty').find((one) => one.id === id))).toBe(row);
		});

		it('that are empty can be filled; filled ones are never changed', async () => {
			const id = await add(known);
			await write(await order(ivan.properties), { options: { fillEmpty: true } });
			expect(shop.rows('counterparty').find((one) => one.id === id)).toMatchObject({ ...known, email: 'ivan@example.com' });
		});
	});

	it('a refusal of one new counterparty concerns its orders only', async () => {
		const [bad, good] = [await order(ivan.properties), await order({ FIO: 'Анна', PHONE: '+7 903 111-22-33' })];
		const proxy = await Proxy.open(shop.moySklad.url, { request: (body) => body.replaceAll('"name":"Иван Петров"', '"name":""') });
		const results = await shop.write([bad, good], {}, shop.moySklad.baseUrl.replace(shop.moySklad.url, proxy.url));
		await proxy.close();
		expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(['MOYSKLAD_REJECTED', 'created']);
	});
});
