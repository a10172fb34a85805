import type { MatchRule } from '../../../core';
import { link, partner, uuid } from '../../core/sync/crm/documents.ts';
import { chosen, Crm, type Item } from './crmBench.cts';

/** A firm with everything. */
const firm = (more: object = {}): Item =>
	partner('Ромашка', {
		inn: '7701234567', kpp: '770101001', ogrn: '1027700132195', legalTitle: 'Общество «Ромашка»', phone: '8 (495) 111-22-33', email: 'info@romashka.example.com',
		legalAddressFull: { postalCode: '101000', city: 'Москва', street: 'ул. Ленина', house: '5' }, actualAddress: 'Москва, склад',
		accounts: { rows: [{ id: uuid('account'), accountNumber: '40702810900000000001', bankName: 'Банк', bic: '044525225', correspondentAccount: '30101810400000000225' }] },
		contactpersons: { rows: [{ id: uuid('anna'), name: 'Иванова Анна Петровна', phone: '+7 916 111-22-33', email: 'anna@romashka.example.com', position: 'Бухгалтер' }] },
		...more,
	}) as Item;

const person = (more: object = {}): Item =>
	partner('Иван', { name: 'Петров Иван Сергеевич', companyType: 'individual', phone: '8 916 123-45-67', email: 'ivan@example.com', accounts: { rows: [] }, contactpersons: { rows: [] }, ...more }) as Item;

const codes = (warnings: Array<{ code: string }> | undefined): string[] => (warnings ?? []).map(({ code }) => code);
const matchBy = (...rules: MatchRule[]): object => ({ matchRules: { rule: rules.map((by) => ({ by })) } });

describe('Bitrix CRM Upsert: Contacts and Companies: Upsert From Counterparties', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	const phones = async (kind: 'contact' | 'company', id: unknown): Promise<unknown[]> =>
		((await crm.call(`crm.${kind}.get`, { id })).PHONE as unknown as Array<{ VALUE: string }> | undefined ?? []).map(({ VALUE }) => VALUE);

	const list = async (method: string, filter: object = {}): Promise<Array<Record<string, unknown>>> => (await crm.call(method, { filter })) as unknown as Array<Record<string, unknown>>;

	it('R127: a firm becomes a company with requisites, bank account, addresses and people', async () => {
		const [result] = await crm.partners([firm()]);
		expect(result).toMatchObject({ status: 'created', moySkladId: uuid('Ромашка'), link: { type: 'company' } });
		const id = result?.bitrixId;
		expect(await crm.call('crm.company.get', { id })).toMatchObject({ TITLE: 'ООО «Ромашка»', COMPANY_TYPE: 'CUSTOMER', OPENED: 'Y', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('Ромашка') });
		expect(await phones('company', id)).toEqual(['+74951112233']);
		const [requisite, another] = await list('crm.requisite.list', { ENTITY_TYPE_ID: 4, ENTITY_ID: id });
		expect(another).toBeUndefined();
		expect(requisite).toMatchObject({
			PRESET_ID: '1', RQ_INN: '7701234567', RQ_KPP: '770101001', RQ_OGRN: '1027700132195', RQ_COMPANY_NAME: 'ООО «Ромашка»', RQ_COMPANY_FULL_NAME: 'Общество «Ромашка»', XML_ID: uuid('Ромашка'),
		});
		expect(await list('crm.requisite.bankdetail.list', { ENTITY_ID: requisite?.ID })).toMatchObject([{ RQ_ACC_NUM: '40702810900000000001', RQ_BIK: '044525225', RQ_COR_ACC_NUM: '30101810400000000225' }]);
		const addresses = await list('crm.address.list', { ENTITY_TYPE_ID: 8, ENTITY_ID: requisite?.ID });
		expect(addresses).toEqual(expect.arrayContaining([expect.objectContaining({ TYPE_ID: '6', CITY: 'Москва', ADDRESS_1: 'ул. Ленина, 5' }), expect.objectContaining({ TYPE_ID: '1', ADDRESS_1: 'Москва, склад' })]));
		const [anna] = crm.kept('contacts');
		expect(anna).toMatchObject({ name: 'Анна', secondName: 'Петровна', lastName: 'Иванова', post: 'Бухгалтер', originId: uuid('anna') });
		expect(await crm.call('crm.contact.get', { id: anna?.id })).toMatchObject({ COMPANY_ID: id });
	});

	it('R127: a person becomes a contact', async () => {
		const [result] = await crm.partners([person()]);
		expect(await crm.call('crm.contact.get', { id: result?.bitrixId })).toMatchObject({ NAME: 'Иван', SECOND_NAME: 'Сергеевич', LAST_NAME: 'Петров', TYPE_ID: 'CLIENT', ORIGIN_ID: uuid('Иван') });
		expect(await phones('contact', result?.bitrixId)).toEqual(['+79161234567']);
		expect(crm.kept('companies')).toHaveLength(0);
		expect(await list('crm.requisite.list')).toEqual([]);
	});

	it('an entrepreneur becomes a company with his own preset', async () => {
		await crm.partners([partner('ИП', { companyType: 'entrepreneur', inn: '770123456789', ogrnip: '304770000000001', legalLastName: 'Сидоров', legalFirstName: 'Олег', legalTitle: 'ИП Сидоров Олег', accounts: [], contactpersons: [] }) as Item]);
		expect(await list('crm.requisite.list')).toMatchObject([{ PRESET_ID: '2', RQ_INN: '770123456789', RQ_OGRNIP: '304770000000001', RQ_LAST_NAME: 'Сидоров', RQ_FIRST_NAME: 'Олег' }]);
	});

	it('a second run of unchanged counterparties writes nothing', async () => {
		await crm.partners([firm(), person()]);
		crm.resetCounters();
		expect((await crm.partners([firm(), person()])).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
		expect(crm.writes()).toEqual({});
	});

	it('writes only what has changed', async () => {
		await crm.partners([firm()]);
		crm.resetCounters();
		const [result] = await crm.partners([firm({ kpp: '780101001', accounts: { rows: [{ id: uuid('account'), accountNumber: '40702810900000000001' }, { id: uuid('second'), accountNumber: '40702810900000000002' }] } })]);
		expect(result?.status).toBe('updated');
		expect(result?.changes.map(({ field }) => field)).toEqual(['requisite.RQ_KPP', 'bankDetail.0002']);
		expect(crm.writes()).toEqual({ 'crm.requisite.update': 1, 'crm.requisite.bankdetail.add': 1 });
	});

	it('Preview shows it all and writes nothing', async () => {
		crm.resetCounters();
		const [result] = await crm.partners([firm()], { preview: true });
		expect(result).toMatchObject({ status: 'planned', bitrixId: null });
		expect(result?.changes.map(({ field }) => field)).toEqual(expect.arrayContaining(['TITLE', 'PHONE', 'requisite.RQ_INN', 'bankDetail.0001', 'address.legal', 'contacts']));
		expect(crm.writes()).toEqual({});
	});

	it('no personal data is in the results', async () => {
		const results = await crm.partners([person({ description: 'Любит чай' })]);
		const text = JSON.stringify(results);
		for (const secret of ['Петров', 'Сергеевич', '9161234567', 'ivan@example.com', 'Любит чай']) expect(text).not.toContain(secret);
	});

	describe('phones and e-mails', () => {
		it('are added to those that people wrote, in whatever way', async () => {
			const [made] = await crm.partners([person()]);
			const contact = await crm.call('crm.contact.get', { id: made?.bitrixId });
			const [own] = contact.PHONE as unknown as Array<{ ID: string }>;
			await crm.call('crm.contact.update', { id: made?.bitrixId, fields: { PHONE: [{ ID: own?.ID, VALUE: '8-916-123-45-67' }, { VALUE: '+7 999 000-00-00' }] } });
			expect((await crm.partners([person()]))[0]?.status).toBe('unchanged');
			const [result] = await crm.partners([person({ phone: '+79161234567, 8 903 555-66-77' })]);
			expect(result).toMatchObject({ status: 'updated', changes: [{ field: 'PHONE', from: 2, to: 3 }] });
			expect(await phones('contact', made?.bitrixId)).toEqual(['8-916-123-45-67', '+7 999 000-00-00', '+79035556677']);
		});

		it('one that is no address does not stop the counterparty', async () => {
			expect((await crm.partners([person({ email: 'не почта' })]))[0]?.status).toBe('created');
		});
	});

	describe('what is there already', () => {
		const company = async (fields: object, requisite?: object): Promise<number> => {
			const id = Number(await crm.call('crm.company.add', { fields }));
			if (requisite) await crm.call('crm.requisite.add', { fields: { ENTITY_TYPE_ID: 4, ENTITY_ID: id, PRESET_ID: 1, NAME: 'Реквизиты', ...requisite } });
			return id;
		};

		it('is found by INN and KPP, and marked as ours', async () => {
			await company({ TITLE: 'Филиал' }, { RQ_INN: '7701234567', RQ_KPP: '780101001' });
			const id = await company({ TITLE: 'Наша Ромашка' }, { RQ_INN: '7701234567', RQ_KPP: '770101001' });
			const [result] = await crm.partners([firm()]);
			expect(result).toMatchObject({ status: 'updated', bitrixId: String(id) });
			expect(await crm.call('crm.company.get', { id })).toMatchObject({ TITLE: 'Наша Ромашка', ORIGIN_ID: uuid('Ромашка') });
			expect(await list('crm.requisite.list', { ENTITY_ID: id })).toMatchObject([{ RQ_OGRN: '1027700132195' }]);
			expect(crm.kept('companies')).toHaveLength(2);
		});

		it.each([['8 495 111 22 33'], ['+7(495)1112233'], ['74951112233']])('is found by its phone %s', async (phone) => {
			const id = await company({ TITLE: 'Ромашка', PHONE: [{ VALUE: phone, VALUE_TYPE: 'WORK' }] });
			expect((await crm.partners([firm()]))[0]).toMatchObject({ status: 'updated', bitrixId: String(id) });
			expect(await phones('company', id)).toEqual([phone]);
		});

		it('is found by its e-mail', async () => {
			const id = Number(await crm.call('crm.contact.add', { fields: { NAME: 'Ваня', EMAIL: [{ VALUE: 'IVAN@example.com', VALUE_TYPE: 'HOME' }] } }));
			expect((await crm.partners([person()]))[0]).toMatchObject({ status: 'updated', bitrixId: String(id) });
			expect(await crm.call('crm.contact.get', { id })).toMatchObject({ NAME: 'Ваня' });
		});

		it('the rules go in the order of the user, and without a rule nothing is looked for', async () => {
			const byPhone = await company({ TITLE: 'по телефону', PHONE: [{ VALUE: '+74951112233', VALUE_TYPE: 'WORK' }] });
			const byEmail = await company({ TITLE: 'по почте', EMAIL: [{ VALUE: 'info@romashka.example.com', VALUE_TYPE: 'WORK' }] });
			expect((await crm.partners([firm()], { ...matchBy('email', 'phone'), preview: true }))[0]?.bitrixId).toBe(String(byEmail));
			expect((await crm.partners([firm()], { ...matchBy('phone', 'email'), preview: true }))[0]?.bitrixId).toBe(String(byPhone));
			expect((await crm.partners([firm()], { ...matchBy('innKpp'), preview: true }))[0]?.bitrixId).toBeNull();
		});

		it('several that fit are a conflict with candidates, and nothing is written', async () => {
			const ids = [await company({ TITLE: 'a', PHONE: [{ VALUE: '+74951112233', VALUE_TYPE: 'WORK' }] }), await company({ TITLE: 'b', PHONE: [{ VALUE: '84951112233', VALUE_TYPE: 'WORK' }] })];
			crm.resetCounters();
			const run = await crm.run('upsertPartners', [firm(), person()]);
			expect(run.json(1)).toMatchObject([{ status: 'conflict', error: { code: 'CRM_PARTNER_AMBIGUOUS' }, candidates: ids.map((id) => ({ bitrixId: String(id), rule: 'phone', score: 70 })) }]);
			expect(run.json(0)).toMatchObject([{ status: 'created', moySkladId: uuid('Иван') }]);
			expect(crm.kept('companies')).toHaveLength(2);
		});

		it('what belongs to another counterparty is never taken', async () => {
			await crm.partners([partner('Другая', { inn: '7701234567', kpp: '770101001', accounts: [], contactpersons: [] }) as Item]);
			expect((await crm.partners([firm()]))[0]).toMatchObject({ status: 'conflict', error: { code: 'CRM_PARTNER_TAKEN' } });
			const [shared] = await crm.partners([partner('Общий телефон', { phone: '8 495 999-88-77', accounts: [], contactpersons: [] }) as Item]);
			const [other] = await crm.partners([partner('Тоже', { phone: '8 495 999-88-77', accounts: [], contactpersons: [] }) as Item]);
			expect(other).toMatchObject({ status: 'created' });
			expect(other?.bitrixId).not.toBe(shared?.bitrixId);
			expect(codes(other?.warnings)).toContain('CRM_PARTNER_SHARED');
		});

		it('a mark of another system is not taken away', async () => {
			const id = await company({ TITLE: 'Ромашка', ORIGINATOR_ID: 'SHOP', ORIGIN_ID: '17' }, { RQ_INN: '7701234567', RQ_KPP: '770101001' });
			expect((await crm.partners([firm()]))[0]).toMatchObject({ bitrixId: String(id) });
			expect(await crm.call('crm.company.get', { id })).toMatchObject({ ORIGINATOR_ID: 'SHOP', ORIGIN_ID: '17' });
		});

		it('twice with our mark: a conflict', async () => {
			for (const title of ['a', 'b']) await company({ TITLE: title, ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('Ромашка') });
			expect((await crm.partners([firm()]))[0]).toMatchObject({ status: 'conflict', error: { code: 'CRM_DUPLICATE' } });
		});
	});

	describe('people of a company', () => {
		it('that are contacts already are bound, and keep their other companies', async () => {
			const other = await crm.call('crm.company.add', { fields: { TITLE: 'Прежняя' } });
			const anna = await crm.call('crm.contact.add', { fields: { NAME: 'Анна', PHONE: [{ VALUE: '89161112233', VALUE_TYPE: 'WORK' }], COMPANY_ID: other } });
			const [result] = await crm.partners([firm()]);
			expect(crm.kept('contacts')).toHaveLength(1);
			const bound = (await crm.call('crm.contact.company.items.get', { id: anna })) as unknown as Array<{ COMPANY_ID: number }>;
			expect(bound.map(({ COMPANY_ID }) => COMPANY_ID).sort()).toEqual([Number(other), Number(result?.bitrixId)].sort());
			crm.resetCounters();
			expect((await crm.partners([firm()]))[0]?.status).toBe('unchanged');
			expect(crm.writes()).toEqual({});
		});

		it('who cannot be told from others are a warning of the company', async () => {
			for (const name of ['a', 'b']) await crm.call('crm.contact.add', { fields: { NAME: name, PHONE: [{ VALUE: '89161112233', VALUE_TYPE: 'WORK' }] } });
			const [result] = await crm.partners([firm()]);
			expect(result?.status).toBe('created');
			expect(codes(result?.warnings)).toContain('CRM_PARTNER_AMBIGUOUS');
			expect(crm.kept('contacts')).toHaveLength(2);
		});
	});

	describe('conflicts of fields', () => {
		const always = { mapping: { change: [{ target: chosen('TITLE'), value: 'field', field: chosen('name'), policy: 'always' }] } };

		it.each([['sourceWins', 'ООО «Новая»'], ['targetWins', 'Ромашка в CRM']])('%s', async (conflict, title) => {
			const [made] = await crm.partners([firm()], always as never);
			await crm.call('crm.company.update', { id: made?.bitrixId, fields: { TITLE: 'Ромашка в CRM' } });
			await crm.partners([firm({ name: 'ООО «Новая»', link: made?.link })], { ...always, options: { conflict } } as never);
			expect(await crm.call('crm.company.get', { id: made?.bitrixId })).toMatchObject({ TITLE: title });
		});

		it('review: nothing is written', async () => {
			const [made] = await crm.partners([firm()], always as never);
			await crm.call('crm.company.update', { id: made?.bitrixId, fields: { TITLE: 'Ромашка в CRM' } });
			crm.resetCounters();
			const [result] = await crm.partners([firm({ name: 'ООО «Новая»', kpp: '780101001', link: made?.link })], { ...always, options: { conflict: 'review' } } as never);
			expect(result).toMatchObject({ status: 'conflict', error: { code: 'CRM_REVIEW' } });
			expect(result?.changes.every(({ from, to }) => from !== undefined && to !== undefined) && result.changes.length > 0).toBe(true);
			expect(result?.warnings.map(({ code }) => code)).toContain('FIELDS_FOR_REVIEW');
			expect(crm.writes()).toEqual({});
		});

		it('what a person alone has changed stays, what MoySklad alone has changed is written', async () => {
			const [made] = await crm.partners([firm()], always as never);
			await crm.call('crm.company.update', { id: made?.bitrixId, fields: { TITLE: 'Ромашка в CRM' } });
			const [kept] = await crm.partners([firm({ link: made?.link })], always as never);
			expect(kept?.status).toBe('unchanged');
			await crm.call('crm.company.update', { id: made?.bitrixId, fields: { TITLE: 'ООО «Ромашка»' } });
			await crm.partners([firm({ name: 'ООО «Новая»', link: kept?.link })], { ...always, options: { conflict: 'targetWins' } } as never);
			expect(await crm.call('crm.company.get', { id: made?.bitrixId })).toMatchObject({ TITLE: 'ООО «Новая»' });
		});
	});

	it('R149: the balance goes into the chosen field', async () => {
		await crm.call('crm.company.userfield.add', { fields: { FIELD_NAME: 'BALANCE', USER_TYPE_ID: 'money', LABEL: 'Баланс' } });
		const parameters = { balanceField: chosen('UF_CRM_BALANCE') } as never;
		const [made] = await crm.partners([firm({ balance: -123_450 })], parameters);
		expect(await crm.call('crm.company.get', { id: made?.bitrixId })).toMatchObject({ UF_CRM_BALANCE: '-1234.5|RUB' });
		expect((await crm.partners([firm({ balance: -123_450 })], parameters))[0]?.status).toBe('unchanged');
		expect((await crm.partners([firm({ balance: 0 })], parameters))[0]?.status).toBe('updated');
		expect((await crm.partners([firm()], parameters))[0]?.status).toBe('unchanged');
	});

	it('a deleted counterparty leaves its company', async () => {
		await crm.partners([firm()]);
		expect((await crm.partners([{ deleted: true, entity: 'counterparty', id: uuid('Ромашка') }]))[0]?.status).toBe('skipped');
		expect(crm.kept('companies')).toHaveLength(1);
	});

	it('a company that was deleted is not made again, as far as the link knows of it', async () => {
		const [made] = await crm.partners([firm()]);
		await crm.call('crm.company.delete', { id: made?.bitrixId });
		const [again] = await crm.partners([firm({ link: made?.link })], matchBy() as never);
		expect(again?.status).toBe('skipped');
		expect(codes(again?.warnings)).toContain('CRM_GONE');
	});

	it('addresses of people stay, unless they are to follow', async () => {
		await crm.partners([firm()]);
		const [requisite] = await list('crm.requisite.list');
		await crm.call('crm.address.update', { fields: { TYPE_ID: 6, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite?.ID, CITY: 'Тверь' } });
		expect((await crm.partners([firm()]))[0]?.status).toBe('unchanged');
		expect((await crm.partners([firm()], { options: { addresses: 'always' } }))[0]?.status).toBe('updated');
		expect((await list('crm.address.list', { TYPE_ID: 6 })).map(({ CITY }) => CITY)).toEqual(['Москва']);
	});

	it('responsible by the employee of MoySklad', async () => {
		const [made] = await crm.partners([firm({ owner: link('employee', 'olga') })], { responsibles: { row: [{ by: 'owner', owner: chosen(uuid('olga')), user: chosen(3) }] } } as never);
		expect(await crm.call('crm.company.get', { id: made?.bitrixId })).toMatchObject({ ASSIGNED_BY_ID: '3' });
	});
});
