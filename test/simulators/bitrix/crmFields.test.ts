import { freshCrm } from './crmClient';
import { connect, type Json } from './restClient';

const bench = freshCrm();

type Fields = Record<string, unknown>;

const addField = async (fields: Fields, kind = 'deal'): Promise<number> =>
	Number(await bench.crm.call(`crm.${kind}.userfield.add`, { fields }));

describe('user fields', () => {
	it('are added once, with their prefix, and described', async () => {
		const { crm } = bench;
		const id = await addField({ USER_TYPE_ID: 'string', FIELD_NAME: 'MS_ID', LABEL: 'МойСклад', XML_ID: 'ms' });
		expect(
			await crm.ask('crm.deal.userfield.add', { fields: { USER_TYPE_ID: 'string', FIELD_NAME: 'UF_CRM_MS_ID' } }),
		).toMatchObject({
			status: 400,
			error: 'ERROR_CORE',
		});
		expect(await crm.call('crm.deal.userfield.list', { filter: { FIELD_NAME: 'UF_CRM_MS_ID', LANG: 'ru' } })).toMatchObject([
			{
				ID: String(id),
				ENTITY_ID: 'CRM_DEAL',
				USER_TYPE_ID: 'string',
				MULTIPLE: 'N',
				SORT: '100',
				LIST_COLUMN_LABEL: 'МойСклад',
			},
		]);
		const [plain] = (await crm.call('crm.deal.userfield.list')) as unknown as Json[];
		expect(plain).not.toHaveProperty('LIST_COLUMN_LABEL');
		expect(await crm.call('crm.contact.userfield.list')).toEqual([]);
		expect((await crm.call('crm.deal.fields')).UF_CRM_MS_ID).toMatchObject({
			type: 'string',
			isDynamic: true,
			isRequired: false,
			listLabel: 'МойСклад',
		});
		expect(await crm.call('crm.deal.userfield.delete', { id })).toBe(true);
		expect(await crm.call('crm.deal.userfield.list')).toEqual([]);
	});

	it.each([
		[{ USER_TYPE_ID: 'string' }, "The 'FIELD_NAME' field is not found."],
		[{ FIELD_NAME: 'A' }, "The 'USER_TYPE_ID' field is not found."],
		[{ USER_TYPE_ID: 'nonsense', FIELD_NAME: 'A' }, expect.stringContaining('тип')],
		[{ USER_TYPE_ID: 'string', FIELD_NAME: 'малые' }, expect.stringContaining('A-Z')],
		[{ USER_TYPE_ID: 'string', FIELD_NAME: 'A'.repeat(44) }, expect.stringContaining('50')],
	])('with %j are refused', async (fields, description) => {
		const { status, body } = await bench.crm.ask('crm.deal.userfield.add', { fields });
		expect([status, body.error_description]).toEqual([400, description]);
	});

	it('keep values of their kind, and are shown and found in both forms', async () => {
		const { crm } = bench;
		for (const [FIELD_NAME, USER_TYPE_ID, MULTIPLE] of [
			['TEXT', 'string', 'N'],
			['1747309879', 'integer', 'N'],
			['DEBT', 'double', 'N'],
			['SYNCED', 'datetime', 'N'],
			['ACTIVE', 'boolean', 'N'],
			['TAGS', 'string', 'Y'],
			['SUM', 'money', 'N'],
		] as const)
			await addField({ FIELD_NAME, USER_TYPE_ID, MULTIPLE });
		await addField({
			FIELD_NAME: 'KIND',
			USER_TYPE_ID: 'enumeration',
			LIST: [{ VALUE: 'опт' }, { VALUE: '' }, { VALUE: 'розница' }],
		});
		const [, , , , , , , kind] = (await crm.call('crm.deal.userfield.list', { order: { ID: 'ASC' } })) as unknown as Json[];
		const [, retail] = kind?.LIST as unknown as Json[];
		expect(kind?.LIST).toHaveLength(2);
		const id = await crm.add('deal', {
			UF_CRM_TEXT: 'Ё',
			UF_CRM_1747309879: '12',
			UF_CRM_DEBT: '1000.5',
			UF_CRM_SYNCED: '2026-11-21T10:00:00+03:00',
			UF_CRM_ACTIVE: 'Y',
			UF_CRM_TAGS: ['а', '', 'б'],
			UF_CRM_SUM: '5|RUB',
			UF_CRM_KIND: retail?.ID,
			UF_CRM_NONSENSE: 1,
		});
		expect(await crm.get('deal', id)).toMatchObject({
			UF_CRM_TEXT: 'Ё',
			UF_CRM_1747309879: '12',
			UF_CRM_DEBT: '1000.5',
			UF_CRM_SYNCED: '2026-11-21T10:00:00+03:00',
			UF_CRM_ACTIVE: '1',
			UF_CRM_TAGS: ['а', 'б'],
			UF_CRM_SUM: '5|RUB',
			UF_CRM_KIND: retail?.ID,
		});
		const item = async (more: Fields = {}): Promise<Json> =>
			(await crm.call('crm.item.get', { entityTypeId: 2, id, ...more })).item as Json;
		expect(await item()).toMatchObject({ ufCrmText: 'Ё', ufCrm_1747309879: 12, ufCrmActive: 'Y', ufCrmTags: ['а', 'б'] });
		expect(await item({ useOriginalUfNames: 'Y' })).toMatchObject({ UF_CRM_TEXT: 'Ё', UF_CRM_DEBT: 1000.5 });
		expect(await item({ useOriginalUfNames: 'Y' })).not.toHaveProperty('ufCrmText');
		await crm.call('crm.item.update', { entityTypeId: 2, id, fields: { ufCrmText: 'Й', UF_CRM_TEXT: 'falsch' } });
		expect(await item()).toMatchObject({ ufCrmText: 'Й' });
		expect(await crm.list('deal', { filter: { '=UF_CRM_TEXT': 'Й', UF_CRM_ACTIVE: 1 }, select: ['UF_CRM_TEXT'] })).toEqual([
			{ UF_CRM_TEXT: 'Й' },
		]);
		const filter = { '>UF_CRM_DEBT': 1000, '=UF_CRM_TAGS': 'б' };
		const found = await crm.call('crm.item.list', { entityTypeId: 2, filter, useOriginalUfNames: 'Y', select: ['id'] });
		expect(found.items).toEqual([{ id }]);
		expect((await crm.list('deal', { select: ['*'] }))[0]).not.toHaveProperty('UF_CRM_TEXT');
		expect((await crm.list('deal', { select: ['UF_*'] }))[0]).toHaveProperty('UF_CRM_TEXT');
	});

	it('of smart invoices are added by their own method, which needs both scopes', async () => {
		const { crm, bitrix } = bench;
		const field = {
			entityId: 'CRM_SMART_INVOICE',
			fieldName: 'UF_CRM_SMART_INVOICE_MS_1',
			userTypeId: 'enumeration',
			editFormLabel: { ru: 'МойСклад' },
			enum: [{ value: 'да', sort: 10 }],
		};
		expect(await crm.call('userfieldconfig.add', { moduleId: 'crm', field })).toMatchObject({
			field: {
				id: expect.any(String),
				sort: '100',
				editFormLabel: { ru: 'МойСклад' },
				enum: [{ value: 'да', sort: '10', def: 'N' }],
			},
		});
		const { item } = await crm.call('crm.item.add', { entityTypeId: 31, fields: {} });
		expect(item).toHaveProperty('ufCrm_SMART_INVOICE_MS_1');
		const listed = await crm.call('userfieldconfig.list', { moduleId: 'crm', filter: { entityId: 'CRM_SMART_INVOICE' } });
		expect(listed.fields).toMatchObject([{ fieldName: 'UF_CRM_SMART_INVOICE_MS_1' }]);
		const asks = async (params: Fields): Promise<unknown> =>
			(await crm.ask('userfieldconfig.add', params)).body.error_description;
		expect(await asks({ moduleId: 'crm', field: { ...field, fieldName: 'UF_CRM_X' } })).toBe(
			'You cannot create custom fields',
		);
		expect(await asks({ moduleId: 'tasks', field })).toBe('No settings for UserFieldAccess');
		expect(await connect(bitrix, bitrix.webhooks.crmOnly)('userfieldconfig.list', { moduleId: 'crm' })).toMatchObject({
			status: 403,
			error: 'insufficient_scope',
		});
	});

	it('are the affair of administrators', async () => {
		const { bitrix } = bench;
		const editor = connect(bitrix, bitrix.webhooks.editor);
		expect((await editor('crm.deal.add', { fields: {} })).status).toBe(200);
		expect(await editor('crm.deal.userfield.add', { fields: { FIELD_NAME: 'A', USER_TYPE_ID: 'string' } })).toMatchObject({
			status: 400,
			error: '',
		});
	});
});
