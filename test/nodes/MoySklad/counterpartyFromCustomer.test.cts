import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench } from './entityBench.cts';

type Outcome = Json & { status: string; key: string; moySkladId: string; changes: Array<{ field: string; from: unknown; to: unknown }>; warnings: Array<{ code: string }>; link?: Json; error?: Json; candidates?: Json[] };

const EVERYBODY = 'entity/counterparty?filter=archived=true;archived=false';

let bench: EntityBench;
/** Others refer to it, so that it stays. */
let foreign: Set<unknown>;

beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 1, variantShare: 0 } });
});
afterAll(async () => await bench.close());
beforeEach(async () => {
	bench.reset();
	for (const { id } of await bench.rows(EVERYBODY)) await bench.edit('DELETE', `entity/counterparty/${String(id)}`).catch(() => undefined);
	foreign = new Set((await bench.rows(EVERYBODY)).map(({ id }) => id));
});

const run = async (items: IDataObject[], parameters: INodeParameters = {}) => {
	const outcome = await bench.run({ resource: 'counterparty', operation: 'createOrUpdateFromCustomer', siteKey: 'shop', ...parameters }, items);
	if (outcome.error) throw outcome.error;
	return outcome;
};
/** The results in the order of the items. */
const write = async (items: IDataObject[], parameters: INodeParameters = {}): Promise<Outcome[]> => {
	const { outputs } = await run(items, parameters);
	const itemOf = ({ pairedItem }: { pairedItem?: unknown }): number => (pairedItem as { item: number }).item;
	return outputs.flat().sort((one, other) => itemOf(one) - itemOf(other)).map(({ json }) => json as unknown as Outcome);
};
const one = async (item: IDataObject, parameters: INodeParameters = {}): Promise<Outcome> => (await write([item], parameters))[0] as Outcome;
const add = async (fields: IDataObject): Promise<string> => String((await bench.edit('POST', 'entity/counterparty', fields)).id);
const present = async (id: string): Promise<Json> => await bench.edit('GET', `entity/counterparty/${id}?expand=contactpersons,accounts&limit=100`);
const all = async (): Promise<Json[]> => (await bench.rows(EVERYBODY)).filter(({ id }) => !foreign.has(id));
const peopleOf = async (id: string): Promise<Json[]> => await bench.rows(`entity/counterparty/${id}/contactpersons`);
const accountsOf = async (id: string): Promise<Json[]> => await bench.rows(`entity/counterparty/${id}/accounts`);
const codes = ({ warnings }: Outcome): string[] => warnings.map(({ code }) => code);
const change = (target: string, policy: string, more: IDataObject = { value: 'field', field: target }): IDataObject => ({ target: chosen(target) as unknown as IDataObject, policy, ...more });
const mapping = (...changes: IDataObject[]): INodeParameters => ({ mapping: { change: changes } as unknown as INodeParameters });

const anna = { name: 'Анна Волкова', phone: '8 (916) 123-45-67', email: 'Anna@Mail.ru' };
const romashka = { kind: 'legal', name: 'ООО «Ромашка»', inn: '7701234567', kpp: '770101001', phone: '+7 495 111-22-33', email: 'info@rom.ru' };

describe('Create or Update From Customer', () => {
	describe('makes whom MoySklad does not have, once', () => {
		it('a person, and then leaves him alone without another write', async () => {
			const made = await one(anna);
			expect(made).toMatchObject({ status: 'created', moySkladId: expect.any(String) as string, bitrixId: null, link: { flow: 'counterparties', type: 'counterparty' } });
			expect(await present(made.moySkladId)).toMatchObject({ companyType: 'individual', name: 'Анна Волкова', phone: '+79161234567', email: 'Anna@Mail.ru', syncId: made.key });
			bench.reset();
			expect(await one({ ...anna, link: made.link })).toMatchObject({ status: 'unchanged', moySkladId: made.moySkladId, changes: [] });
			expect(await one(anna)).toMatchObject({ status: 'unchanged', moySkladId: made.moySkladId });
			expect(Object.keys(bench.calls).filter((route) => !route.startsWith('GET'))).toEqual([]);
			expect(await all()).toHaveLength(1);
		});

		it('R148: a company with requisites, accounts and contact persons', async () => {
			const company = {
				...romashka,
				ogrn: '1027700132195',
				legalAddress: 'Москва, ул. Ленина, 1',
				accounts: [{ accountNumber: '40702810900000012345', bic: '044525225', bankName: 'Банк' }],
				contactPersons: [{ name: 'Анна Волкова', phone: '8 916 123-45-67', position: 'Директор' }],
				tags: ['Опт'],
			};
			const { moySkladId, status } = await one(company);
			expect(status).toBe('created');
			expect(await present(moySkladId)).toMatchObject({ companyType: 'legal', inn: '7701234567', kpp: '770101001', ogrn: '1027700132195', legalTitle: 'ООО «Ромашка»', legalAddress: 'Москва, ул. Ленина, 1', tags: ['Опт'] });
			expect(await peopleOf(moySkladId)).toMatchObject([{ name: 'Анна Волкова', position: 'Директор' }]);
			expect(await accountsOf(moySkladId)).toMatchObject([{ accountNumber: '40702810900000012345', bic: '044525225' }]);
			expect(await one(company)).toMatchObject({ status: 'unchanged' });
		});

		it('R145: an entrepreneur by the word before his name, by his INN, or by the payer type', async () => {
			const order = (payerType: IDataObject, more: IDataObject): IDataObject => ({
				source: { siteKey: 'shop', host: 'x', flow: 'orders' },
				customer: { kind: 'legal', payerType, userId: '7', name: 'Анна', company: 'Волкова', inn: null, kpp: null, legalAddress: null, phone: null, email: null, ...more },
			});
			const kinds = [];
			for (const [index, item] of [order({ id: '2', name: null, code: null }, { company: 'ИП Волкова' }), order({ id: '2', name: null, code: null }, { inn: '770123456789' }), order({ id: '9', name: null, code: 'IP' }, { phone: '+79161110000' })].entries())
				kinds.push((await present((await one(item, { options: { payerTypes: { row: [{ payerType: 'IP', kind: 'entrepreneur' }] } }, matchRules: {} })).moySkladId)).companyType, index);
			expect(kinds.filter((kind) => typeof kind === 'string')).toEqual(['entrepreneur', 'entrepreneur', 'entrepreneur']);
		});

		it('R127: a contact of Bitrix24 and a company with requisites, under an external code of their own', async () => {
			const contact = { ID: '5', NAME: 'Анна', LAST_NAME: 'Волкова', SECOND_NAME: 'Ильинична', PHONE: [{ VALUE: '89161234567', VALUE_TYPE: 'WORK' }], EMAIL: [{ VALUE: 'anna@mail.ru' }] };
			const company = {
				id: 6, title: 'Ромашка', fm: [{ typeId: 'PHONE', value: '84951112233' }], updatedTime: '2026-11-21T10:00:00+03:00',
				requisites: [{ RQ_INN: '7701234567', RQ_KPP: '770101001', RQ_COMPANY_NAME: 'ООО «Ромашка»', bankDetails: [{ RQ_ACC_NUM: '40702', RQ_BIK: '044' }], addresses: [{ TYPE_ID: '6', CITY: 'Москва', ADDRESS_1: 'ул. Ленина, 1' }] }],
			};
			const [first, second] = (await write([contact, company])) as [Outcome, Outcome];
			expect([first.bitrixId, second.bitrixId]).toEqual(['5', '6']);
			expect(await present(first.moySkladId)).toMatchObject({ companyType: 'individual', name: 'Волкова Анна Ильинична', legalFirstName: 'Анна', externalCode: 'bitrix:shop:contact:5' });
			expect(await present(second.moySkladId)).toMatchObject({ companyType: 'legal', name: 'Ромашка', legalTitle: 'ООО «Ромашка»', inn: '7701234567', legalAddress: 'Москва, ул. Ленина, 1', externalCode: 'bitrix:shop:company:6' });
			expect(await accountsOf(second.moySkladId)).toMatchObject([{ accountNumber: '40702', bic: '044' }]);
		});

		it('fields that are defined in the node', async () => {
			const { moySkladId } = await one({ fio: 'Волкова Анна', tel: '8 916 123 45 67' }, { customerData: 'fields', customerFields: { name: '={{ $json.fio }}', phone: '={{ $json.tel }}', id: '17' } });
			expect(await present(moySkladId)).toMatchObject({ name: 'Волкова Анна', phone: '+79161234567', companyType: 'individual', externalCode: 'bitrix:shop:customer:17' });
		});

		it('several items of one run that are one customer make one counterparty', async () => {
			const results = await write([anna, { ...anna, phone: '+79161234567', email: null }, { name: 'Волкова Анна', email: 'anna@mail.ru' }]);
			expect(new Set(results.map(({ moySkladId }) => moySkladId)).size).toBe(1);
			expect(await all()).toHaveLength(1);
		});
	});

	describe('finds whom MoySklad has', () => {
		it.each([
			['INN and KPP', romashka, { name: 'Вектор', companyType: 'legal', inn: '7701234567', kpp: '770101001' }],
			['e-mail', anna, { name: 'Волкова Анна', companyType: 'individual', email: 'anna@mail.ru' }],
			['phone of a contact person', { ...romashka, inn: null, kpp: null, email: null }, { name: 'Ромашка', companyType: 'legal', contactpersons: [{ name: 'Анна', phone: '8 (495) 111-22-33' }] }],
			['external code', { id: '5', ...anna, name: 'Анна Белова' }, { name: 'Волкова', companyType: 'individual', externalCode: 'bitrix:shop:customer:5' }],
		])('by %s', async (_what, customer, known) => {
			const id = await add(known);
			expect(await one(customer as IDataObject)).toMatchObject({ status: expect.stringMatching(/updated|unchanged/) as string, moySkladId: id });
			expect(await all()).toHaveLength(1);
		});

		it('by an additional field, and keeps the ID there', async () => {
			const attribute = await bench.edit('POST', 'entity/counterparty/metadata/attributes', { name: 'ID in the store', type: 'string' });
			const value = { meta: { ...(attribute.meta as Json), type: 'attributemetadata' }, value: 'bitrix:shop:customer:5' };
			const id = await add({ name: 'Кто-то', companyType: 'individual', attributes: [value] });
			const options = { externalIdField: chosen(String(attribute.id)) };
			expect(await one({ id: '5', name: 'Анна' }, { options })).toMatchObject({ moySkladId: id });
			const other = await one({ id: '6', name: 'Борис' }, { options });
			expect((await present(other.moySkladId)).attributes).toMatchObject([{ value: 'bitrix:shop:customer:6' }]);
		});

		it('an archived one only where no other fits, and says so', async () => {
			const id = await add({ name: 'Анна Волкова', companyType: 'individual', email: 'anna@mail.ru', archived: true });
			const found = await one(anna);
			expect(found).toMatchObject({ moySkladId: id });
			expect(codes(found)).toEqual(['COUNTERPARTY_ARCHIVED']);
		});

		it('the one that this node made for the customer of an order', async () => {
			const order = { source: { siteKey: 'shop', host: 'x', flow: 'orders' }, customer: { kind: 'person', payerType: { id: '1', name: null, code: null }, userId: '7', name: 'Анна Волкова', company: null, inn: null, kpp: null, legalAddress: null, phone: '89161234567', email: null } };
			const made = await one(order);
			await bench.edit('PUT', `entity/counterparty/${made.moySkladId}`, { phone: '', name: 'Постоянный клиент' });
			expect(await one(order, { matchRules: {} })).toMatchObject({ moySkladId: made.moySkladId });
		});

		it('after a merge in MoySklad the one that is left', async () => {
			const made = await one(anna);
			await bench.edit('DELETE', `entity/counterparty/${made.moySkladId}`);
			const id = await add({ name: 'Волкова Анна', companyType: 'individual', phone: '89161234567' });
			const found = await one({ ...anna, link: made.link });
			expect(found).toMatchObject({ moySkladId: id });
			expect(codes(found)).toEqual(['COUNTERPARTY_GONE']);
		});
	});

	describe('O4: what is filled is left, what is empty is filled', () => {
		it('by the preset', async () => {
			const id = await add({ name: 'Анна (опт)', companyType: 'individual', phone: '8 916 123-45-67', tags: ['vip'] });
			const result = await one({ ...anna, name: 'Анна Волкова (опт)', tags: ['store'] });
			expect(result).toMatchObject({ status: 'updated', moySkladId: id });
			expect(result.changes.map(({ field }) => field).sort()).toEqual(['email', 'tags']);
			expect(await present(id)).toMatchObject({ name: 'Анна (опт)', phone: '8 916 123-45-67', email: 'Anna@Mail.ru', tags: ['vip', 'store'] });
		});

		it('contact persons and accounts are added and filled, and keep their ids; foreign ones stay', async () => {
			const id = await add({
				name: 'Ромашка', companyType: 'legal', inn: '7701234567',
				contactpersons: [{ name: 'Пётр Ильич', phone: '+7 999 000-00-00' }, { name: 'Волкова Анна', position: 'Директор' }],
				accounts: [{ accountNumber: '111', isDefault: true }],
			});
			const before = await peopleOf(id);
			const customer = { ...romashka, contactPersons: [{ name: 'Анна Волкова', phone: '8 916 123-45-67', position: 'Бухгалтер' }, { name: 'Ольга', email: 'olga@rom.ru' }], accounts: [{ accountNumber: '111' }, { accountNumber: '222', bic: '044' }] };
			expect(await one(customer)).toMatchObject({ status: 'updated' });
			const after = await peopleOf(id);
			expect(after).toMatchObject([{ id: before[0]?.id, name: 'Пётр Ильич' }, { id: before[1]?.id, name: 'Волкова Анна', position: 'Директор', phone: '8 916 123-45-67' }, { name: 'Ольга', email: 'olga@rom.ru' }]);
			expect(await accountsOf(id)).toMatchObject([{ accountNumber: '111', isDefault: true }, { accountNumber: '222', bic: '044' }]);
			bench.reset();
			expect(await one(customer)).toMatchObject({ status: 'unchanged' });
			expect(Object.keys(bench.calls).filter((route) => !route.startsWith('GET'))).toEqual([]);
		});

		it('a field follows the customer, only at creation, or never, as the mapping says', async () => {
			const changes = mapping(change('description', 'always'), change('actualAddress', 'creating'), change('fax', 'never'), change('code', 'empty', { value: 'expression', expression: '={{ "c-" + $json.name.length }}' }));
			const customer = { ...anna, description: 'Первый', actualAddress: 'Москва', fax: '1' };
			const { moySkladId, link } = await one(customer, changes);
			expect(await present(moySkladId)).toMatchObject({ description: 'Первый', actualAddress: 'Москва', code: 'c-12' });
			expect(await present(moySkladId)).not.toHaveProperty('fax');
			const result = await one({ ...customer, description: 'Второй', actualAddress: 'Тверь', link }, changes);
			expect(result.changes).toEqual([{ field: 'description', from: 'Первый', to: 'Второй' }]);
		});

		it('an empty source never clears', async () => {
			const { moySkladId, link } = await one({ ...anna, description: 'Старый' }, mapping(change('description', 'always')));
			expect(await one({ ...anna, link }, mapping(change('description', 'always')))).toMatchObject({ status: 'unchanged' });
			expect(await present(moySkladId)).toMatchObject({ description: 'Старый' });
		});
	});

	describe('both sides changed a field', () => {
		const following = mapping(change('description', 'always'));
		const made = async (): Promise<Outcome> => await one({ ...anna, description: 'Первый' }, following);
		const edited = async ({ moySkladId }: Outcome, description: string): Promise<void> => void (await bench.edit('PUT', `entity/counterparty/${moySkladId}`, { description }));

		it.each([
			['sourceWins', 'updated', 'Второй'],
			['targetWins', 'unchanged', 'Наш'],
		])('%s', async (conflictPolicy, status, description) => {
			const first = await made();
			await edited(first, 'Наш');
			expect(await one({ ...anna, description: 'Второй', link: first.link }, { ...following, conflictPolicy })).toMatchObject({ status });
			expect(await present(first.moySkladId)).toMatchObject({ description });
		});

		it('newerWins, by the time of the customer and that of MoySklad', async () => {
			const first = await made();
			await edited(first, 'Наш');
			const policy = { ...following, conflictPolicy: 'newerWins' };
			expect(await one({ ...anna, description: 'Второй', link: first.link, updatedAt: '2001-01-01T00:00:00Z' }, policy)).toMatchObject({ status: 'unchanged' });
			expect(await one({ ...anna, description: 'Второй', link: first.link, updatedAt: '2099-01-01T00:00:00Z' }, policy)).toMatchObject({ status: 'updated' });
			await edited(first, 'Опять наш');
			expect(await one({ ...anna, description: 'Третий', link: first.link }, policy)).toMatchObject({ status: 'conflict', error: { code: 'COUNTERPARTY_FIELDS_CHANGED' } });
		});

		it('review: nothing is written, and the decision is obeyed and remembered', async () => {
			const policy = { ...following, conflictPolicy: 'review' };
			const first = await made();
			await edited(first, 'Наш');
			const customer = { ...anna, description: 'Второй', link: first.link };
			const run3 = (await run([customer], policy)).json(2)[0] as unknown as Outcome;
			expect(run3).toMatchObject({ status: 'conflict', moySkladId: first.moySkladId, changes: [{ field: 'description', from: 'Наш', to: 'Второй' }] });
			const decided = await one({ ...customer, decision: { key: first.key, take: first.moySkladId, fields: 'target' } }, policy);
			expect(decided).toMatchObject({ status: 'unchanged' });
			expect(await one({ ...customer, link: decided.link }, policy)).toMatchObject({ status: 'unchanged' });
			expect(await one({ ...customer, decision: { key: first.key, take: first.moySkladId, fields: 'source' } }, policy)).toMatchObject({ status: 'updated' });
			expect(await present(first.moySkladId)).toMatchObject({ description: 'Второй' });
		});

		it('what was written of another counterparty is no memory of the one that a person decided on', async () => {
			const policy = { ...following, conflictPolicy: 'review' };
			const first = await made();
			const id = await add({ name: 'Пётр Волков', companyType: 'individual', description: 'Наш' });
			const customer = { ...anna, description: 'Первый', link: first.link };
			const asked = (await run([{ ...customer, decision: { key: first.key, take: id } }], policy)).json(2)[0] as unknown as Outcome;
			expect(asked).toMatchObject({ status: 'conflict', moySkladId: id, changes: [{ field: 'description', from: 'Наш', to: 'Первый' }] });
			const decided = await one({ ...customer, decision: { key: first.key, take: id, fields: 'source' } }, policy);
			expect(decided).toMatchObject({ status: 'updated', moySkladId: id, link: { moySkladId: id } });
			expect(await present(id)).toMatchObject({ description: 'Первый' });
		});

		it('a change on one side alone is no conflict', async () => {
			const policy = { ...following, conflictPolicy: 'review' };
			const first = await made();
			await edited(first, 'Наш');
			expect(await one({ ...anna, description: 'Первый', link: first.link }, policy)).toMatchObject({ status: 'unchanged' });
			expect(await present(first.moySkladId)).toMatchObject({ description: 'Наш' });
		});
	});

	describe('R167: who cannot be told for certain waits for a person', () => {
		it('several fit: on the third output, with scores, reasons and what people need to see', async () => {
			const first = await add({ name: 'Волкова Анна Ильинична', companyType: 'individual', email: 'anna@mail.ru' });
			const second = await add({ name: 'Анна Волкова', companyType: 'individual', email: 'anna@mail.ru', phone: '89161234567' });
			const { outputs } = await run([anna]);
			expect(outputs.map((items) => items.length)).toEqual([0, 0, 1]);
			expect(outputs[2]?.[0]?.json).toMatchObject({
				status: 'conflict',
				error: { code: 'COUNTERPARTY_REVIEW' },
				customer: { name: 'Анна Волкова' },
				candidates: [
					{ id: second, name: 'Анна Волкова', score: expect.any(Number) as number, reasons: ['phone: same', 'e-mail: same', 'name: same'], url: expect.stringContaining(second) as string },
					{ id: first, reasons: ['e-mail: same', 'name: same (80 %)'] },
				],
			});
			expect(await all()).toHaveLength(2);
		});

		it.each([
			['another INN with the same phone', romashka, { name: 'ООО «Ромашка»', companyType: 'legal', inn: '5001112223', phone: '84951112233' }, 'INN: differs'],
			['another name with the same e-mail', anna, { name: 'Пётр Волков', companyType: 'individual', email: 'anna@mail.ru' }, 'name: differs (0 %)'],
			['a company with the phone of a person', anna, { name: 'Ромашка', companyType: 'legal', inn: '5001112223', phone: '89161234567' }, 'kind: differs'],
		])('%s', async (_what, customer, known, reason) => {
			await add(known);
			const result = await one(customer);
			expect(result).toMatchObject({ status: 'conflict', candidates: [{ reasons: expect.arrayContaining([expect.stringContaining(reason.split(' (')[0] ?? '')]) as string[] }] });
			expect(await all()).toHaveLength(1);
		});

		it('similar names propose when they are asked for, and decide nothing', async () => {
			const id = await add({ name: 'Волкова Анна Ильинична', companyType: 'individual' });
			const byName = { matchRules: { rule: [{ by: 'phone' }, { by: 'name' }] } };
			expect(await one({ name: 'Волкова Анна Ильинчна' }, byName)).toMatchObject({ status: 'conflict', candidates: [{ id }] });
			expect(await one({ name: 'Рыбина Ольга' }, byName)).toMatchObject({ status: 'created' });
		});

		it('the decision is obeyed: one of them, a new one, or nobody', async () => {
			const id = await add({ name: 'Пётр Волков', companyType: 'individual', email: 'anna@mail.ru' });
			const review = await one(anna);
			const decided = (take: string): IDataObject => ({ customer: review.customer as IDataObject, decision: { key: review.key, take } });
			expect(await one(decided('skip'))).toMatchObject({ status: 'skipped', warnings: [{ code: 'COUNTERPARTY_LEFT_OUT' }] });
			expect(await one(decided(id))).toMatchObject({ status: 'updated', moySkladId: id });
			const created = await one(decided('create'));
			expect(created).toMatchObject({ status: 'created' });
			expect(await one(decided('create'))).toMatchObject({ status: 'unchanged', moySkladId: created.moySkladId });
			expect(await all()).toHaveLength(2);
		});

		it('a decision for another customer is refused; one for somebody who is gone is asked again', async () => {
			await add({ name: 'Пётр Волков', companyType: 'individual', email: 'anna@mail.ru' });
			const { key } = await one(anna);
			expect(await one({ ...anna, decision: { key: 'x', take: 'create' } })).toMatchObject({ status: 'failed', error: { code: 'COUNTERPARTY_DECISION_INVALID' } });
			const gone = await one({ ...anna, decision: { key, take: '00000000-0000-4000-8000-000000000000' } });
			expect(gone).toMatchObject({ status: 'conflict', error: { code: 'COUNTERPARTY_REVIEW' } });
			expect(codes(gone)).toEqual(['COUNTERPARTY_DECISION_VOID']);
		});

		it('or is made or left out, as the settings say', async () => {
			await add({ name: 'Пётр Волков', companyType: 'individual', email: 'anna@mail.ru' });
			expect(await one(anna, { doubtful: 'skip' })).toMatchObject({ status: 'skipped' });
			expect(await one(anna, { doubtful: 'create' })).toMatchObject({ status: 'created' });
			expect(await one({ name: 'Ольга Рыбина' }, { noCounterparty: 'skip' })).toMatchObject({ status: 'skipped' });
		});

		it('somebody with the phone of another new customer of the same run, who by then has an ID', async () => {
			const [first, second] = (await write([anna, { name: 'Пётр Волков', phone: '89161234567' }])) as [Outcome, Outcome];
			expect(first.status).toBe('created');
			expect(second).toMatchObject({ status: 'conflict', candidates: [{ id: first.moySkladId, name: 'Анна Волкова' }] });
		});
	});

	it('Preview shows all of that and writes nothing', async () => {
		const id = await add({ name: 'Волкова Анна', companyType: 'individual', phone: '89161234567' });
		bench.reset();
		const results = await write([anna, romashka, { ...romashka, name: 'Ромашка', kpp: null }], { preview: true });
		expect(results).toMatchObject([{ status: 'planned', moySkladId: id, changes: [{ field: 'email' }] }, { status: 'planned', moySkladId: null }, { status: expect.stringMatching(/planned|unchanged/) as string }]);
		expect(Object.keys(bench.calls).filter((route) => !route.startsWith('GET'))).toEqual([]);
	});

	it('one bad item spoils no other', async () => {
		const results = await write([{ nothing: true }, { ...anna, birthDate: 'завтра' }, romashka, { name: 'Борис', link: { key: 'x' } }]);
		expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(['COUNTERPARTY_NAMELESS', 'MOYSKLAD_VALUE_INVALID', 'created', 'COUNTERPARTY_LINK_INVALID']);
	});

	it('a site key has to be there', async () => {
		expect(await one(anna, { siteKey: '' })).toMatchObject({ status: 'failed', error: { code: 'COUNTERPARTY_SITE_KEY_MISSING' } });
	});

	it('few calls: a hundred customers who are there by their INN', async () => {
		const customers = Array.from({ length: 100 }, (_, place) => ({ kind: 'legal', name: `ООО «Фирма ${place}»`, inn: String(7_700_000_000 + place) }));
		expect((await write(customers)).every(({ status }) => status === 'created')).toBe(true);
		bench.reset();
		const again = await write(customers.map((customer) => ({ ...customer, id: customer.inn })));
		expect(again.every(({ status }) => status === 'unchanged')).toBe(true);
		expect(bench.callCount).toBeLessThanOrEqual(5);
	});
});
