import { freshCrm } from './crmClient';
import { connect, type Json } from './restClient';

const bench = freshCrm();

type Fields = Record<string, unknown>;

const addRequisite = async (company: number, fields: Fields = {}): Promise<number> =>
	Number(
		await bench.crm.call('crm.requisite.add', {
			fields: { ENTITY_TYPE_ID: 4, ENTITY_ID: company, PRESET_ID: 1, NAME: 'Реквизиты', ...fields },
		}),
	);

const list = async (method: string, params: Fields = {}): Promise<Json[]> =>
	(await bench.crm.call(method, params)) as unknown as Json[];

const refusal = async (method: string, params: Fields): Promise<unknown> => {
	const { status, body } = await bench.crm.ask(method, params);
	return [status, body.error_description];
};

describe('requisites', () => {
	it('go by a template', async () => {
		expect(await list('crm.requisite.preset.list', { select: ['ID', 'NAME'], order: { ID: 'ASC' } })).toEqual([
			{ ID: '1', NAME: 'Организация' },
			{ ID: '2', NAME: 'ИП' },
			{ ID: '3', NAME: 'Физ. лицо' },
		]);
		expect(await bench.crm.ask('crm.requisite.preset.list', { select: ['BAD'] })).toMatchObject({
			status: 400,
			error: '100',
		});
	});

	it('are made, found by INN, changed and deleted', async () => {
		const { crm } = bench;
		const company = await crm.add('company', { TITLE: 'ООО «Ромашка»' });
		const id = await addRequisite(company, {
			RQ_INN: '7701000037',
			RQ_KPP: '770101001',
			RQ_COMPANY_NAME: 'ООО "Ромашка"',
			NONSENSE: 1,
		});
		const requisite = await crm.call('crm.requisite.get', { id });
		expect(requisite).toMatchObject({
			ID: String(id),
			ENTITY_TYPE_ID: '4',
			ENTITY_ID: String(company),
			PRESET_ID: '1',
			RQ_INN: '7701000037',
			RQ_OGRN: null,
			DATE_MODIFY: '',
			MODIFY_BY_ID: null,
			ACTIVE: 'Y',
			SORT: '500',
		});
		expect(requisite).not.toHaveProperty('NONSENSE');
		const byInn = { filter: { RQ_INN: '7701000037', ENTITY_TYPE_ID: 4 }, select: ['ID', 'ENTITY_ID', 'RQ_KPP'] };
		expect(await list('crm.requisite.list', byInn)).toEqual([
			{ ID: String(id), ENTITY_ID: String(company), RQ_KPP: '770101001' },
		]);
		expect(await crm.call('crm.requisite.update', { id, fields: { RQ_KPP: '7701010019', ENTITY_ID: 7 } })).toBe(true);
		expect(await crm.call('crm.requisite.get', { id })).toMatchObject({
			RQ_KPP: '770101001',
			ENTITY_ID: String(company),
			DATE_MODIFY: expect.stringContaining('+03:00'),
		});
		expect(await crm.call('crm.requisite.delete', { id })).toBe(true);
		expect(await refusal('crm.requisite.get', { id })).toEqual([400, `The Requisite with ID '${id}' is not found`]);
		expect(await crm.announced('requisite')).toEqual([`add ${id}`, `update ${id}`, `delete ${id}`]);
	});

	it.each([
		[{ ENTITY_TYPE_ID: 2 }, 'ENTITY_TYPE_ID is not defined or invalid.'],
		[{ ENTITY_ID: 0 }, 'ENTITY_ID is not defined or invalid.'],
		[{ PRESET_ID: 99 }, 'PRESET_ID is not defined or invalid.'],
		[{ ENTITY_ID: 999 }, 'Entity not found.'],
	])('with %j are refused', async (fields, description) => {
		const company = await bench.crm.add('company');
		const all = { ENTITY_TYPE_ID: 4, ENTITY_ID: company, PRESET_ID: 1, NAME: 'x', ...fields };
		expect(await refusal('crm.requisite.add', { fields: all })).toEqual([400, description]);
	});

	it('have bank accounts and addresses, and go with their company', async () => {
		const { crm, bitrix } = bench;
		const company = await crm.add('company');
		const requisite = await addRequisite(company);
		const account = { ENTITY_ID: requisite, NAME: 'Основной', RQ_BIK: '044525225', RQ_ACC_NUM: '40702810938000060473' };
		const bank = Number(await crm.call('crm.requisite.bankdetail.add', { fields: account }));
		expect(await list('crm.requisite.bankdetail.list', { filter: { ENTITY_ID: requisite } })).toMatchObject([
			{ ID: String(bank), ENTITY_TYPE_ID: '8', COUNTRY_ID: '1', RQ_BIK: '044525225' },
		]);
		await crm.call('crm.requisite.bankdetail.update', { id: bank, fields: { RQ_BIK: '1' } });
		expect(await crm.call('crm.requisite.bankdetail.get', { id: bank })).toMatchObject({ RQ_BIK: '1' });
		const address = { TYPE_ID: 6, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite, ADDRESS_1: 'ул. Ленина, 5', CITY: 'Тверь' };
		expect(await crm.call('crm.address.add', { fields: address })).toBe(true);
		expect(await refusal('crm.address.add', { fields: address })).toEqual([400, 'TypeAddress exists.']);
		await crm.call('crm.address.update', { fields: { ...address, CITY: 'Москва', ADDRESS_1: undefined } });
		expect(await list('crm.address.list', { filter: { ENTITY_TYPE_ID: 8, ENTITY_ID: requisite } })).toMatchObject([
			{
				TYPE_ID: '6',
				ENTITY_ID: String(requisite),
				ADDRESS_1: 'ул. Ленина, 5',
				CITY: 'Москва',
				ANCHOR_TYPE_ID: '4',
				ANCHOR_ID: String(company),
			},
		]);
		await crm.call('crm.company.delete', { id: company });
		const { requisites, bankDetails, addresses } = bitrix.portal.store;
		expect(requisites.size + bankDetails.size + addresses.size).toBe(0);
		expect(await crm.announced('requisite')).toEqual([`add ${requisite}`, `delete ${requisite}`]);
	});

	it('a deal goes by those of its company only', async () => {
		const { crm } = bench;
		const [company, other] = [await crm.add('company'), await crm.add('company')];
		const [own, foreign] = [await addRequisite(company), await addRequisite(other)];
		const deal = await crm.add('deal', { COMPANY_ID: company });
		const link = {
			ENTITY_TYPE_ID: 2,
			ENTITY_ID: deal,
			REQUISITE_ID: own,
			BANK_DETAIL_ID: 0,
			MC_REQUISITE_ID: 0,
			MC_BANK_DETAIL_ID: 0,
		};
		expect(await refusal('crm.requisite.link.get', { entityTypeId: 2, entityId: deal })).toEqual([400, 'Not found']);
		expect(await crm.call('crm.requisite.link.register', { fields: link })).toBe(true);
		expect(await crm.call('crm.requisite.link.get', { entityTypeId: 2, entityId: deal })).toEqual({
			ENTITY_TYPE_ID: 2,
			ENTITY_ID: deal,
			REQUISITE_ID: String(own),
			BANK_DETAIL_ID: '0',
			MC_REQUISITE_ID: '0',
			MC_BANK_DETAIL_ID: '0',
		});
		expect(await refusal('crm.requisite.link.register', { fields: { ...link, REQUISITE_ID: foreign } })).toEqual([
			400,
			`The Requisite with ID '${foreign}' is not assigned to Company with ID '${company}'`,
		]);
		expect(await list('crm.requisite.link.list', { filter: { '@ENTITY_TYPE_ID': [2, 31] } })).toHaveLength(1);
		await crm.call('crm.requisite.delete', { id: own });
		expect(await list('crm.requisite.link.list')).toMatchObject([{ REQUISITE_ID: '0' }]);
	});

	it('may be read by some and changed by others', async () => {
		const { bitrix } = bench;
		expect(await connect(bitrix, bitrix.webhooks.guest)('crm.requisite.list')).toMatchObject({ status: 400, error: 0 });
		expect(await connect(bitrix, bitrix.webhooks.manager)('crm.requisite.delete', { id: 1 })).toMatchObject({
			status: 400,
			error: '',
		});
	});
});

describe('duplicates', () => {
	const find = async (params: Fields): Promise<unknown> => await bench.crm.call('crm.duplicate.findbycomm', params);

	it('are found by phone in whatever form, and by e-mail in whatever case', async () => {
		const { crm } = bench;
		const contact = await crm.add('contact', {
			NAME: 'А',
			PHONE: [{ VALUE: '+7 (916) 111-22-33' }],
			EMAIL: [{ VALUE: 'Anna@Example.com' }],
		});
		const company = await crm.add('company', { TITLE: 'Б', PHONE: [{ VALUE: '8 916 1112233 доб. 12' }] });
		expect(await find({ type: 'PHONE', values: ['89161112233'] })).toEqual({ CONTACT: [contact], COMPANY: [company] });
		expect(await find({ type: 'PHONE', values: ['89161112233'], entity_type: 'COMPANY' })).toEqual({ COMPANY: [company] });
		expect(await find({ type: 'EMAIL', values: ['x@example.com', 'anna@example.COM'] })).toEqual({ CONTACT: [contact] });
	});

	it('that are none are an empty list', async () => {
		expect(await find({ type: 'PHONE', values: ['1'] })).toEqual([]);
	});

	it('twenty of one kind hide the kinds after it', async () => {
		const { crm } = bench;
		for (let number = 0; number < 20; number++)
			await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '+7 916 000-00-00' }] });
		const company = await crm.add('company', { PHONE: [{ VALUE: '+7 916 000-00-00' }] });
		const lead = await crm.add('lead', { PHONE: [{ VALUE: '+7 916 000-00-00' }] });
		const found = (await find({ type: 'PHONE', values: ['+79160000000'] })) as Record<string, number[]>;
		expect(found.LEAD).toEqual([lead]);
		expect(found.CONTACT).toHaveLength(20);
		expect(found).not.toHaveProperty('COMPANY');
		expect(await find({ type: 'PHONE', values: ['+79160000000'], entity_type: 'COMPANY' })).toEqual({ COMPANY: [company] });
	});

	it('of a twenty-first value are not looked for', async () => {
		const { crm } = bench;
		const contact = await crm.add('contact', { PHONE: [{ VALUE: '999' }] });
		const values = Array.from({ length: 20 }, (_, index) => String(index));
		expect(await find({ type: 'PHONE', values: [...values, '999'] })).toEqual([]);
		expect(await find({ type: 'PHONE', values: [...values.slice(1), '999'] })).toEqual({ CONTACT: [contact] });
	});

	it.each([
		[{ values: ['1'] }, 'Communication type is not defined.'],
		[{ type: 'FAX', values: ['1'] }, "Communication type 'FAX' is not supported in current context."],
		[{ type: 'PHONE' }, 'Communication values is not defined.'],
	])('%j is refused', async (params, description) => {
		expect(await refusal('crm.duplicate.findbycomm', params)).toEqual([400, description]);
	});
});
